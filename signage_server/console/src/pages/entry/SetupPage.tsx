import { Button, Center, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { session } from "../../api/endpoints";
import { asProblem } from "../../api/problems";
import { Trouble } from "../../ui/Trouble";
import { EntryFrame } from "./EntryFrame";
import { SetupForm } from "./SetupForm";

/** The one-time link: first set-up or a new password. The secret stands behind #, so no server log ever has it. */
export function SetupPage() {
  const { t } = useTranslation();
  const [secret] = useState(() => window.location.hash.slice(1));
  const link = useQuery({
    queryKey: ["link", secret],
    queryFn: () => session.link(secret),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: secret !== "",
  });
  if (secret === "" || asProblem(link.error).status === 404) return <Dead />;
  if (link.error) {
    return (
      <EntryFrame title={t("setup.title")}>
        <Trouble error={link.error} onRetry={() => void link.refetch()} />
      </EntryFrame>
    );
  }
  if (!link.data) {
    return (
      <Center mih="100dvh">
        <Loader />
      </Center>
    );
  }
  const isReset = link.data.purpose === "reset";
  return (
    <EntryFrame
      title={isReset ? t("setup.resetTitle") : t("setup.title")}
      lead={isReset ? t("setup.resetLead", { name: link.data.name ?? "" }) : t("setup.lead")}
    >
      <SetupForm secret={secret} link={link.data} />
    </EntryFrame>
  );
}

/** Used, too old, or not copied whole: trying again cannot help, and whoever has a password can sign in. */
function Dead() {
  const { t } = useTranslation();
  return (
    <EntryFrame title={t("setup.dead")} lead={t("setup.deadHint")}>
      <Button component="a" href="/" fullWidth>
        {t("setup.deadDo")}
      </Button>
    </EntryFrame>
  );
}
