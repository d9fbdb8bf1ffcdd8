import { Alert, Text } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../api/live";

const patienceMs = 4_000;

/** Said calmly, and only when the server has been out of reach for a while: boards play on without it. */
export function LostLine() {
  const { t } = useTranslation();
  const lost = useLost();
  if (!lost) return null;
  return (
    <Alert color="gray" icon={<IconCloudOff />} mb="lg" py="sm" role="status">
      <Text span fw={600}>
        {t("trouble.lineLost")}.
      </Text>{" "}
      {t("trouble.lineLostHint")}
    </Alert>
  );
}

function useLost(): boolean {
  const live = useLive();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLost(!live), live ? 0 : patienceMs);
    return () => clearTimeout(timer);
  }, [live]);
  return lost;
}
