import { ActionIcon, Button, FileButton, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { assetsQuery } from "../../api/queries";
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

/** What is on its way, file by file; what needs a look stays until it was read. */
export function UploadList({ onOpen }: { onOpen: (assetId: string) => void }) {
  const uploads = useUploads();
  if (uploads.length === 0) return null;
  return (
    <Paper withBorder p="md" mb="lg" aria-live="polite">
      <Stack gap="md">
        {uploads.map((one) => (
          <Row key={one.id} one={one} onOpen={onOpen} />
        ))}
      </Stack>
    </Paper>
  );
}

function Row({ one, onOpen }: { one: Upload; onOpen: (assetId: string) => void }) {
  const { t } = useTranslation();
  const stage = useStage(one);
  const percent = Math.round(one.sent * 100);
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <Text truncate>{one.name}</Text>
        <Text size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {t(`upload.${stage.word}`, { percent })}
        </Text>
      </Group>
      {stage.message ? (
        <Message one={one} stage={stage} onOpen={onOpen} />
      ) : (
        <Progress
          value={percent}
          aria-label={one.name}
          size="sm"
          color={stage.word === "done" ? "teal" : "navy"}
        />
      )}
    </div>
  );
}

interface MessageProps {
  one: Upload;
  stage: Stage;
  onOpen: (assetId: string) => void;
}

function Message({ one, stage, onOpen }: MessageProps) {
  const { t } = useTranslation();
  const { asset } = one;
  const open = () => {
    if (asset) onOpen(asset.id);
    forgetUpload(one.id);
  };
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="sm" c={stage.word === "failed" ? "var(--bad)" : undefined} flex={1}>
        {stage.message}
      </Text>
      {asset && (
        <Button variant="default" onClick={open}>
          {t("upload.open")}
        </Button>
      )}
      {one.problem?.mayPass && (
        <Button variant="default" onClick={() => retryUpload(one.id)}>
          {t("do.retry")}
        </Button>
      )}
      <ActionIcon aria-label={t("do.close")} onClick={() => forgetUpload(one.id)}>
        <IconX size={20} />
      </ActionIcon>
    </Group>
  );
}

const readMs = 2_500;

interface Stage {
  word: Upload["state"] | "preparing";
  /** What somebody should read before the row goes. */
  message: string | null;
}

/** How far a file has come, up to its preparation; one that is ready goes from the list by itself. */
function useStage({ id, state, problem, asset }: Upload): Stage {
  const { t } = useTranslation();
  const now = useQuery(assetsQuery).data?.find((one) => one.id === asset?.id) ?? asset;
  const isReady = state === "done" && now?.state === "ready";
  useEffect(() => {
    if (!isReady) return;
    const timer = setTimeout(() => forgetUpload(id), readMs);
    return () => clearTimeout(timer);
  }, [id, isReady]);
  if (state === "failed") return { word: "failed", message: problem?.detail ?? null };
  if (now?.state === "failed") return { word: "failed", message: now.failure?.detail ?? t("library.failed") };
  if (state === "known") return { word: "known", message: t("upload.there", { name: now?.name }) };
  return { word: now && !isReady ? "preparing" : state, message: null };
}
