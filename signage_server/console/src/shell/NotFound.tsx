import { Button } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Nothing } from "../ui/Nothing";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Nothing icon={IconMapQuestion} title={t("app.notFound")} text={t("app.notFoundHint")}>
      <Button component={Link} href="/">
        {t("app.home")}
      </Button>
    </Nothing>
  );
}
