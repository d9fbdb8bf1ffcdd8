import { Button, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { session } from "../../api/endpoints";
import { LanguageSwitch } from "../../shell/LanguageSwitch";
import { sayProblem } from "../../ui/ask";
import { Page } from "../../ui/Page";
import { PasswordForm } from "./PasswordForm";
import { Section } from "./Section";
import { ServerInfo } from "./ServerInfo";
import { Tokens } from "./Tokens";
import { UnitForm } from "./UnitForm";

export default function SettingsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("settings.title")}>
      <Stack gap="lg" maw={820}>
        <Section title={t("settings.language")} text={t("settings.languageHint")}>
          <LanguageSwitch maw={320} />
        </Section>
        <Section title={t("settings.unit")} text={t("settings.unitHint")}>
          <UnitForm />
        </Section>
        <Section title={t("settings.server")}>
          <ServerInfo />
        </Section>
        <Section title={t("settings.tokens")} text={t("settings.tokensHint")}>
          <Tokens />
        </Section>
        <Section title={t("settings.password")} text={t("settings.passwordText")}>
          <PasswordForm />
        </Section>
        <Section title={t("settings.everywhere")} text={t("settings.everywhereHint")}>
          <SignOutEverywhere />
        </Section>
      </Stack>
    </Page>
  );
}

function SignOutEverywhere() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const leave = useMutation({
    mutationFn: session.signOutEverywhere,
    onSuccess: () => {
      queries.clear();
      window.location.assign("/");
    },
    onError: (error) => sayProblem(error),
  });
  return (
    <Button variant="default" onClick={() => leave.mutate()} loading={leave.isPending}>
      {t("settings.everywhereDo")}
    </Button>
  );
}
