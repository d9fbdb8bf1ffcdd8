import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { assets } from "../../api/endpoints";
import type { AssetOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { say, sayProblem } from "../../ui/ask";

const written = ({ name, alt, expires_at }: AssetOut) => JSON.stringify([name, alt, expires_at]);

export function AssetForm({ asset, onSaved }: { asset: AssetOut; onSaved: () => void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(asset);
  // A new version with the same words (its picture became ready) is no conflict.
  const version = written(opened) === written(asset) ? asset : opened;
  const form = useForm({
    validate: { name: (name) => (name.trim() ? null : t("do.needed")) },
    initialValues: {
      name: asset.name,
      alt: asset.alt,
      expires_at: asset.expires_at ? dayjs(asset.expires_at).format("YYYY-MM-DD HH:mm:ss") : null,
    },
  });
  const save = useMutation({
    mutationFn: () =>
      assets.patch(version, {
        name: form.values.name,
        alt: form.values.alt,
        expires_at: form.values.expires_at ? dayjs(form.values.expires_at).toISOString() : null,
      }),
    onSuccess: (saved) => {
      setOpened(saved);
      form.resetDirty();
      say(t("do.saved"));
      onSaved();
    },
    onError: (error) => {
      form.setErrors({ ...asProblem(error).fields });
      sayProblem(error, () => setOpened(asset));
    },
  });
  return (
    <form onSubmit={form.onSubmit(() => save.mutate())} noValidate>
      <Stack>
        <TextInput label={t("library.name")} maxLength={200} {...form.getInputProps("name")} />
        <Textarea
          label={t("library.alt")}
          description={t("library.altHint")}
          autosize
          minRows={2}
          maxLength={1000}
          {...form.getInputProps("alt")}
        />
        <DateTimePicker
          label={t("library.expires")}
          description={t("library.expiresHint")}
          valueFormat="DD/MM/YYYY HH:mm"
          size="md"
          clearable
          {...form.getInputProps("expires_at")}
        />
        <Group>
          <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
            {t("do.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
