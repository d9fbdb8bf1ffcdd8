import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertCircle, IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problems";

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** What went wrong, in the server's own sentence, and the way to try again. */
export function Trouble({ error, onRetry }: Props) {
  const { t } = useTranslation();
  if (!error) return null;
  const problem = asProblem(error);
  const Icon = problem.isOffline ? IconCloudOff : IconAlertCircle;
  return (
    <Alert
      color={problem.isOffline ? "yellow" : "red"}
      icon={<Icon aria-hidden />}
      role="alert"
      w="100%"
      maw={720}
    >
      <Stack gap="sm" align="flex-start">
        <Text>{problem.detail}</Text>
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {t("do.retry")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
