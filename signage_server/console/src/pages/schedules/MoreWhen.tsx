import { Button, Select } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverQuery } from "../../api/queries";
import type { Asked } from "./Question";
import { zoneChoices } from "./zones";

/** What few need: the clock of one place for all boards. */
export function MoreWhen({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(form.values.zone !== null);
  if (open) return <Zone form={form} />;
  return (
    <Button
      variant="subtle"
      leftSection={<IconClock size={18} />}
      onClick={() => setOpen(true)}
      style={{ alignSelf: "flex-start" }}
    >
      {t("do.moreOptions")}
    </Button>
  );
}

function Zone({ form }: { form: Asked }) {
  const { t } = useTranslation();
  const office = useQuery(serverQuery).data?.timezone;
  const { zone } = form.values;
  const choices = useMemo(() => zoneChoices([office, zone]), [office, zone]);
  return (
    <Select
      label={t("zone.label")}
      description={t("zone.hint")}
      placeholder={t("zone.ofScreens")}
      searchable
      clearable
      limit={100}
      data={choices}
      nothingFoundMessage={t("zone.none")}
      maw={420}
      {...form.getInputProps("zone")}
    />
  );
}
