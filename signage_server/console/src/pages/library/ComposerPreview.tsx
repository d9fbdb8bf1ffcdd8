import { Alert, Box, Center, Group, Image, Loader, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconPencil } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Draft, excess, missing, wordsIn, wordsMost } from "./notice";
import { type Preview, shapes } from "./usePreview";

/** The very picture that a board would show, typeset by the server while one types. */
export function ComposerPreview({ draft, preview }: { draft: Draft; preview: Preview }) {
  const { t } = useTranslation();
  const { ratio } = shapes[preview.shape];
  const url = useObjectUrl(preview.picture);
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t("compose.shape")}
        data={(["landscape", "portrait"] as const).map((value) => ({ value, label: t(`shape.${value}`) }))}
        value={preview.shape}
        onChange={preview.setShape}
      />
      <Center bg="var(--wall)" bdrs="md" p="lg" h={{ base: 300, md: 420 }} pos="relative">
        <Box bg="var(--bezel)" p={5} bdrs={6} w={`min(100%, calc(${ratio} * 380px))`}>
          <Center bg="dark.9" style={{ aspectRatio: ratio }}>
            {url ? (
              <Image src={url} alt={t("compose.picture")} radius={0} />
            ) : (
              <NoPicture draft={draft} preview={preview} />
            )}
          </Center>
        </Box>
        {preview.isFetching && <Loader size="sm" pos="absolute" top={12} right={12} />}
      </Center>
      <WordCount draft={draft} />
      {preview.refusal && (
        <Alert color="yellow" role="status" icon={<IconAlertTriangle aria-hidden />}>
          {preview.refusal}
        </Alert>
      )}
    </Stack>
  );
}

/** How much of what is read in a glance is used up. */
function WordCount({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const words = wordsIn(draft);
  const most = wordsMost[draft.language];
  const beyond = words - most;
  return (
    <Group justify="flex-end" gap="xs" aria-live="polite">
      {beyond > 0 && (
        <Text size="sm" c="var(--bad)" fw={500}>
          {t("compose.tooLong", { count: beyond })}
        </Text>
      )}
      <Text size="sm" c={beyond > 0 ? "var(--bad)" : "dimmed"}>
        {t("compose.words", { words, most })}
      </Text>
    </Group>
  );
}

function NoPicture({ draft, preview }: { draft: Draft; preview: Preview }) {
  const { t } = useTranslation();
  const gap = missing(draft).length > 0;
  const tooLong = Object.keys(excess(draft)).length > 0;
  if (!gap && !tooLong && !preview.refusal) return <Loader />;
  const Icon = gap ? IconPencil : IconAlertTriangle;
  return (
    <Stack align="center" gap="xs" p="md" c="gray.4">
      <Icon stroke={1.3} aria-hidden />
      <Text size="sm" ta="center">
        {gap ? t(`compose.missing.${draft.template}`) : t("compose.noPicture")}
      </Text>
    </Stack>
  );
}

function useObjectUrl(blob: Blob | File | undefined): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return setUrl(null);
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
