import { useForm } from "@mantine/form";
import { useEffect, useState } from "react";
import type { ScheduleOut } from "../../api/generated";
import type { Draft } from "./draft";
import { drafts } from "./drafts";
import type { Asked } from "./Question";

export interface KeptForm {
  form: Asked;
  /** The version that the answers belong to: somebody else's edit since then is noticed when saving. */
  schedule: ScheduleOut | null;
  /** Whether the form began with answers from before. */
  isRestored: boolean;
}

/** A form that is found again as it was left, at the same address. */
export function useKeptForm(
  address: string,
  fresh: { schedule: ScheduleOut | null; initial: Draft },
): KeptForm {
  const [kept] = useState(() => drafts.get(address));
  const { schedule, initial } = kept ?? fresh;
  const form: Asked = useForm<Draft>({ initialValues: kept?.values ?? fresh.initial });
  const { values } = form;
  const [base] = useState({ schedule, initial });
  useEffect(() => {
    drafts.keep(address, { ...base, values });
    if (!drafts.isUnsaved(address)) drafts.keep(address, null);
  }, [address, base, values]);
  return { form, schedule: base.schedule, isRestored: kept !== null };
}
