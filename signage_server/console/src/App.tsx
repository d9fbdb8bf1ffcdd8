import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { DatesProvider } from "@mantine/dates";
import { ModalsProvider } from "@mantine/modals";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Route, Switch } from "wouter";
import { makeQueryClient } from "./api/queries";
import { nonce } from "./nonce";
import { SetupPage } from "./pages/entry/SetupPage";
import { Gate } from "./shell/Gate";
import { theme } from "./theme";

const queries = makeQueryClient();

export function App() {
  const { t, i18n } = useTranslation();
  const worded = useMemo(() => mergeThemeOverrides(theme, namesOf(t)), [t]);
  const locale = i18n.language === "vi" ? "vi" : "en-gb";
  return (
    <QueryClientProvider client={queries}>
      <MantineProvider theme={worded} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <DatesProvider settings={{ locale, firstDayOfWeek: 1, weekendDays: [0, 6] }}>
          <ModalsProvider labels={{ confirm: t("do.confirm"), cancel: t("do.cancel") }}>
            <Notifications position="bottom-center" />
            <Switch>
              <Route path="/setup" component={SetupPage} />
              <Route component={Gate} />
            </Switch>
          </ModalsProvider>
        </DatesProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}

/** Names of the buttons that Mantine draws as a bare cross. */
function namesOf(t: TFunction) {
  const named = (label: string) => ({ defaultProps: { "aria-label": label } });
  return { components: { CloseButton: named(t("do.close")), InputClearButton: named(t("do.clear")) } };
}
