import { Alert } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLive } from "../api/live";

const patience = 4_000;

/** Said calmly, and only when the server has been out of reach for a while: boards play on without it. */
export function LostLine() {
  const { t } = useTranslation();
  const live = useLive();
  const [settled] = useDebouncedValue(live, patience);
  if (live || settled) return null;
  return (
    <Alert color="yellow" icon={<IconCloudOff />} title={t("trouble.lineLost")} mb="lg" role="status">
      {t("trouble.lineLostHint")}
    </Alert>
  );
}
