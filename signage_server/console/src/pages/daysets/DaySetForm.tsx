import { Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { daySets } from "../../api/endpoints";
import type { DaySetOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { daySetQuery, daySetsQuery } from "../../api/queries";
import { askToDelete, say, sayProblem } from "../../ui/ask";
import { Back } from "../../ui/Back";
import { Trouble } from "../../ui/Trouble";
import { DaysEditor } from "./DaysEditor";
import type { NamedDay } from "./named";
import { RunsOut } from "./RunsOut";
import { UsedBy } from "./UsedBy";

interface SetDraft {
  name: string;
  days: NamedDay[];
}

interface Props {
  /** The set that is changed; null for a new one. */
  set: DaySetOut | null;
  initial: SetDraft;
  /** What is to be known of the days that it begins with. */
  note?: string;
  onReload?: (set: DaySetOut) => void;
}

export function DaySetForm({ set, initial, note, onReload }: Props) {
  const { t } = useTranslation();
  const form = useForm<SetDraft>({
    initialValues: { name: initial.name, days: [...initial.days] },
    validate: {
      name: (name) => (name.trim() ? null : t("do.needed")),
      days: (days) => (days.length > 0 ? null : t("sets.needed")),
    },
  });
  const { save, remove } = useDaySet(set, form.values, (fields) => form.setErrors(fields), onReload);
  const askDelete = () =>
    set &&
    askToDelete(t("sets.deleteAsk", { name: set.name }), t("sets.deleteHint"), () => remove.mutate(set));
  return (
    <form onSubmit={form.onSubmit(() => save.mutate())} noValidate>
      <Back href="/day-sets" label={t("sets.title")} />
      <Title order={1} mb="lg">
        {set ? t("sets.edit") : t("sets.new")}
      </Title>
      <Stack gap="lg" maw={720}>
        {note && <Text>{note}</Text>}
        {set && <RunsOut set={set} />}
        <TextInput
          label={t("sets.name")}
          placeholder={t("sets.namePlaceholder")}
          maxLength={200}
          {...form.getInputProps("name")}
        />
        <DaysEditor
          days={form.values.days}
          onChange={(days) => form.setFieldValue("days", days)}
          error={form.errors.days}
        />
        {set && <UsedBy set={set} />}
        <Trouble error={save.error ?? remove.error} />
        <Paper withBorder p="sm" className="save-bar" mt={0}>
          <Group justify="space-between">
            <Button type="submit" loading={save.isPending}>
              {t("sets.save")}
            </Button>
            {set && (
              <Button variant="subtle" color="red" onClick={askDelete} loading={remove.isPending}>
                {t("do.delete")}
              </Button>
            )}
          </Group>
          {set && set.used_by.length > 0 && (
            <Text size="sm" c="dimmed" mt={6}>
              {t("sets.live")}
            </Text>
          )}
        </Paper>
      </Stack>
    </form>
  );
}

function useDaySet(
  set: DaySetOut | null,
  draft: SetDraft,
  setErrors: (fields: Record<string, string>) => void,
  onReload?: (set: DaySetOut) => void,
) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const reload = async () => {
    if (set) onReload?.(await queries.fetchQuery({ ...daySetQuery(set.id), staleTime: 0 }));
  };
  const done = (message: string) => {
    say(message);
    void queries.invalidateQueries({ queryKey: daySetsQuery.queryKey });
    go("/day-sets");
  };
  const failed = (error: Error) => {
    const problem = asProblem(error);
    setErrors({ ...problem.fields });
    if (problem.isStale) sayProblem(problem, () => void reload());
  };
  const body = { name: draft.name.trim(), days: draft.days };
  return {
    save: useMutation({
      mutationFn: () => (set ? daySets.put(set, body) : daySets.make(body)),
      onSuccess: () => done(t("sets.saved")),
      onError: failed,
    }),
    remove: useMutation({
      mutationFn: (set: DaySetOut) => daySets.remove(set),
      onSuccess: () => done(t("sets.deleted", { name: draft.name })),
      onError: failed,
    }),
  };
}
