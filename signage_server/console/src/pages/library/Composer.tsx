import { Box, Button, Grid, Group, Modal, ScrollArea } from "@mantine/core";
import { type FormErrors, useForm } from "@mantine/form";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { assets } from "../../api/endpoints";
import type { AssetOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { assetsQuery, unitsQuery } from "../../api/queries";
import { currentLanguage } from "../../i18n";
import { say, sayProblem } from "../../ui/ask";
import { ComposerFields } from "./ComposerFields";
import { ComposerPreview } from "./ComposerPreview";
import {
  type Draft,
  draftErrors,
  draftOf,
  emptyDraft,
  excess,
  issuerOf,
  missing,
  nameOf,
  noticeOf,
} from "./notice";
import { usePreview } from "./usePreview";

interface Props {
  /** The notice that is changed; null for a new one. */
  asset: AssetOut | null;
  onClose: () => void;
}

/** Compose a notice: words on the left, the picture that boards will show on the right, while one types. */
export function Composer({ asset, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const phone = useMediaQuery("(max-width: 62em)");
  const unit = useQuery(unitsQuery).data?.find((unit) => unit.parent_id === null);
  const form = useForm<Draft>({
    initialValues: asset?.notice
      ? draftOf(asset.name, asset.notice)
      : emptyDraft(currentLanguage(), issuerOf(unit?.name)),
    validate: (draft) => ({
      ...Object.fromEntries(missing(draft).map((field) => [field, t(`compose.needed.${field}`)])),
      ...Object.fromEntries(
        Object.entries(excess(draft)).map(([field, count]) => [field, t("compose.tooLong", { count })]),
      ),
    }),
  });
  const [draft] = useDebouncedValue(form.values, 350);
  const preview = usePreview(draft);
  const save = useMutation({
    mutationFn: () => {
      const body = { name: nameOf(form.values), notice: noticeOf(form.values) };
      return asset ? assets.recompose(asset, body) : assets.compose(body);
    },
    onSuccess: () => {
      say(t("do.saved"));
      void queries.invalidateQueries({ queryKey: assetsQuery.queryKey });
      onClose();
    },
    onError: (error) => {
      form.setErrors(draftErrors(asProblem(error).fields));
      sayProblem(error, () => void queries.invalidateQueries({ queryKey: assetsQuery.queryKey }));
    },
  });
  // On a phone the field may be far above the button.
  const goToFirst = (errors: FormErrors) => form.getInputNode(Object.keys(errors)[0] ?? "")?.focus();
  return (
    <Modal
      opened
      onClose={onClose}
      title={asset ? t("compose.editTitle") : t("compose.title")}
      size={1180}
      fullScreen={phone ?? false}
      closeOnClickOutside={false}
      scrollAreaComponent={ScrollArea.Autosize}
    >
      <form onSubmit={form.onSubmit(() => save.mutate(), goToFirst)} noValidate>
        <Grid gap={{ base: "lg", md: 40 }}>
          <Grid.Col span={{ base: 12, md: 6 }}>
            <ComposerFields form={form} refusals={preview.errors} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 6 }}>
            <Box pos="sticky" top={0}>
              <ComposerPreview draft={draft} preview={preview} />
              <Group justify="flex-end" mt="lg">
                <Button variant="default" onClick={onClose}>
                  {t("do.cancel")}
                </Button>
                <Button type="submit" loading={save.isPending}>
                  {t("compose.save")}
                </Button>
              </Group>
            </Box>
          </Grid.Col>
        </Grid>
      </form>
    </Modal>
  );
}
