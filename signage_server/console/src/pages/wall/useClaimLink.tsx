import { modals } from "@mantine/modals";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { PairScreen } from "./PairScreen";

/** The QR code on a board leads to /claim#CODE: pairing opens with the code already there. */
export function useClaimLink(): void {
  const { t } = useTranslation();
  const [location, go] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per arrival at the address
  useEffect(() => {
    if (location !== "/claim") return;
    const code = decodeURIComponent(window.location.hash.slice(1));
    go("/", { replace: true });
    modals.open({ title: t("pair.title"), children: <PairScreen code={code} suggestedName="" /> });
  }, [location]);
}
