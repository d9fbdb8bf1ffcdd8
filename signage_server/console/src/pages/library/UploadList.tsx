import { ActionIcon, Button, FileButton, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { forgetUpload, retryUpload, type Upload, upload, useUploads } from "../../api/upload";

const accepted = "image/png,image/jpeg,image/webp";

/** A button that opens the file dialog, for several pictures at once. */
export function PickFiles({ children }: { children: (open: () => void) => ReactNode }) {
  return (
    <FileButton multiple accept={accepted} onChange={(files) => upload(files)}>
      {(props) => children(props.onClick)}
    </FileButton>
  );
}

/** What is on its way, file by file; what failed stays until it was read. */
export function UploadList() {
  const uploads = useUploads();
  if (uploads.length === 0) return null;
  return (
    <Paper withBorder p="md" mb="lg" aria-live="polite">
      <Stack gap="md">
        {uploads.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </Stack>
    </Paper>
  );
}

function Row({ one }: { one: Upload }) {
  const { t } = useTranslation();
  const percent = Math.round(one.sent * 100);
  const failed = one.state === "failed";
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <Text truncate>{one.name}</Text>
        <Text size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {t(`upload.${one.state}`, { percent })}
        </Text>
      </Group>
      {!failed && (
        <Progress
          value={percent}
          aria-label={one.name}
          size="sm"
          color={one.state === "done" ? "teal" : "navy"}
        />
      )}
      {failed && (
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" c="var(--bad)" flex={1}>
            {one.problem?.detail}
          </Text>
          <Button variant="default" onClick={() => retryUpload(one.id)}>
            {t("do.retry")}
          </Button>
          <ActionIcon aria-label={t("do.close")} onClick={() => forgetUpload(one.id)}>
            <IconX size={20} />
          </ActionIcon>
        </Group>
      )}
    </div>
  );
}
