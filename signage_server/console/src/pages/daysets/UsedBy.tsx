import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { DaySetOut } from "../../api/generated";

/** Which schedules follow the set. */
export function UsedBy({ set }: { set: DaySetOut }) {
  const { t } = useTranslation();
  if (set.used_by.length === 0) return <Text c="dimmed">{t("sets.unused")}</Text>;
  return (
    <Text>
      {t("sets.usedIn")}{" "}
      {set.used_by.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ", "}
          <Anchor component={Link} href={`/schedules/${id}`} inherit underline="always">
            {name}
          </Anchor>
        </span>
      ))}
    </Text>
  );
}
