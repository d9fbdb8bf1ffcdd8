import { Anchor, AppShell, Container } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { MeOut } from "../api/generated";
import { anyUnsaved } from "../ui/unsaved";
import { BottomBar } from "./BottomBar";
import { LostLine } from "./LostLine";
import { Pages } from "./Pages";
import { SideBar } from "./SideBar";

/** The frame of every page: the places at the side on a desk, at the bottom on a phone. */
export function Shell({ me }: { me: MeOut }) {
  const { t } = useTranslation();
  useWindowEvent("beforeunload", (event) => anyUnsaved() && event.preventDefault());
  return (
    <AppShell
      navbar={{ width: 252, breakpoint: "md", collapsed: { mobile: true } }}
      padding={{ base: "md", md: 40 }}
    >
      <Anchor href="#main" className="skip">
        {t("app.skip")}
      </Anchor>
      <SideBar me={me} />
      <AppShell.Main id="main" pb={{ base: 96, md: 40 }}>
        <Container size={1240} px={0}>
          <LostLine />
          <Pages />
        </Container>
      </AppShell.Main>
      <BottomBar />
    </AppShell>
  );
}
