import { Alert, Box, Center, Image, Loader, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { assets } from "../../api/endpoints";
import { asProblem } from "../../api/problems";
import { type Draft, drawable, nameOf, noticeOf } from "./notice";

const shapes = {
  landscape: { profile: "1920x1080", ratio: 16 / 9 },
  portrait: { profile: "1080x1920", ratio: 9 / 16 },
} as const;

/** The very picture that a board would show, typeset by the server while one types. */
export function ComposerPreview({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const [shape, setShape] = useState<keyof typeof shapes>("landscape");
  const { profile, ratio } = shapes[shape];
  const body = { name: nameOf(draft), notice: noticeOf(draft) };
  const picture = useQuery({
    queryKey: ["notice-preview", profile, body.notice],
    queryFn: ({ signal }) => assets.preview(body, profile, signal),
    enabled: drawable(draft),
    placeholderData: (previous, query) =>
      query?.queryKey[1] === profile ? keepPreviousData(previous) : undefined,
    gcTime: 60_000,
    retry: false,
  });
  const url = useObjectUrl(drawable(draft) ? picture.data : undefined);
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t("compose.shape")}
        data={(["landscape", "portrait"] as const).map((value) => ({ value, label: t(`shape.${value}`) }))}
        value={shape}
        onChange={setShape}
      />
      <Center bg="var(--wall)" bdrs="md" p="lg" h={{ base: 300, md: 420 }} pos="relative">
        <Box bg="var(--bezel)" p={5} bdrs={6} w={`min(100%, calc(${ratio} * 380px))`}>
          <Center bg="dark.9" style={{ aspectRatio: ratio }}>
            {url ? <Image src={url} alt={t("compose.picture")} radius={0} /> : <Missing draft={draft} />}
          </Center>
        </Box>
        {picture.isFetching && <Loader size="sm" pos="absolute" top={12} right={12} />}
      </Center>
      {picture.error && drawable(draft) && (
        <Alert color="yellow" role="status">
          {firstSentence(picture.error)}
        </Alert>
      )}
    </Stack>
  );
}

// The sentence about the field says more than “the body has an error in 1 field”.
function firstSentence(error: Error): string {
  const problem = asProblem(error);
  return Object.values(problem.fields)[0] ?? problem.detail;
}

function Missing({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  if (drawable(draft)) return <Loader />;
  return (
    <Stack align="center" gap="xs" p="md" c="gray.4">
      <IconPencil stroke={1.3} aria-hidden />
      <Text size="sm" ta="center">
        {t(`compose.missing.${draft.template}`)}
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
