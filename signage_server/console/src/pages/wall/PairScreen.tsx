import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { modals } from "@mantine/modals";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { screens } from "../../api/endpoints";
import { asProblem } from "../../api/problems";
import { screensQuery, serverQuery, waitingQuery } from "../../api/queries";
import { say } from "../../ui/ask";
import { CopyField } from "../../ui/CopyField";
import { Trouble } from "../../ui/Trouble";

interface Props {
  /** The code, where it is already known from the wall or from the board's QR code. */
  code: string;
  suggestedName: string;
}

/** Take a board in: its code, a name, where it hangs. Then it plays at once. */
export function PairScreen({ code, suggestedName }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const server = useQuery(serverQuery);
  const form = useForm({
    initialValues: { code: code.toUpperCase(), name: suggestedName, place: "" },
    validate: {
      code: (value) => (value.replace(/[\s-]/g, "").length === 8 ? null : t("pair.codeShort")),
      name: (value) => (value.trim() ? null : t("pair.nameMissing")),
    },
  });
  const pair = useMutation({
    mutationFn: screens.claim,
    onSuccess: (screen) => {
      say(t("pair.done", { name: screen.name }));
      for (const { queryKey } of [screensQuery, waitingQuery]) void queries.invalidateQueries({ queryKey });
      modals.closeAll();
    },
    onError: (error) => form.setErrors({ ...asProblem(error).fields }),
  });
  return (
    <form onSubmit={form.onSubmit((values) => pair.mutate(values))} noValidate>
      <Stack>
        {!code && server.data && (
          <CopyField
            label={t("pair.address")}
            description={t("pair.addressHint")}
            value={server.data.player_url}
          />
        )}
        <TextInput
          label={t("pair.code")}
          description={t("pair.codeHint")}
          placeholder="XXXX-XXXX"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          styles={{ input: { letterSpacing: "0.12em", fontWeight: 600 } }}
          data-autofocus={code ? undefined : true}
          {...form.getInputProps("code")}
          onChange={(event) => form.setFieldValue("code", event.currentTarget.value.toUpperCase())}
        />
        <TextInput
          label={t("screen.name")}
          placeholder={t("pair.namePlaceholder")}
          maxLength={200}
          data-autofocus={code ? true : undefined}
          {...form.getInputProps("name")}
        />
        <TextInput
          label={t("screen.place")}
          placeholder={t("pair.placeHint")}
          maxLength={200}
          {...form.getInputProps("place")}
        />
        <Trouble error={pair.error} />
        <Button type="submit" loading={pair.isPending} fullWidth>
          {t("pair.do")}
        </Button>
        <Text size="sm" c="dimmed">
          {t("pair.after")}
        </Text>
      </Stack>
    </form>
  );
}
