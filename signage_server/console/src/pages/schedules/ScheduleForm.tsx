import { Grid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ScheduleOut } from "../../api/generated";
import { playlistsQuery } from "../../api/queries";
import { Back } from "../../ui/Back";
import { AskHow } from "./AskHow";
import { AskWhat } from "./AskWhat";
import { AskWhen } from "./AskWhen";
import { AskWhere } from "./AskWhere";
import type { Draft } from "./draft";
import type { Asked } from "./Question";
import { Question } from "./Question";
import { Said } from "./Said";
import { countsFromStart, type Scope } from "./scopes";
import { useSave } from "./useSave";

interface Props {
  /** The schedule that is changed; null for a new one. */
  schedule: ScheduleOut | null;
  initial: Draft;
  scope?: Scope;
  /** Somebody else changed it, and the form shall begin anew from there. */
  onReload?: (schedule: ScheduleOut) => void;
  onSaved?: () => void;
}

const fixedDays = { day: "day", following: "first", all: null } as const;

/** Four plain questions, and beside them what the answers mean, in the server's own words. */
export function ScheduleForm({ schedule, initial, scope = "all", onReload, onSaved }: Props) {
  const { t } = useTranslation();
  const form: Asked = useForm<Draft>({ initialValues: initial });
  const playlist = useQuery(playlistsQuery).data?.find((playlist) => playlist.id === form.values.playlistId);
  const { role } = form.values;
  const how = role === "rotation" ? "" : t(`role.${role}`);
  const fallbackName = [how, role === "off" ? "" : playlist?.name].filter(Boolean).join(" · ");
  const named: Draft = { ...form.values, name: form.values.name.trim() || fallbackName };
  const save = useSave({ schedule, scope, form, named, onReload, onSaved });
  return (
    <form onSubmit={form.onSubmit(() => save.mutate())} noValidate>
      <Back href="/schedules" label={t("schedules.title")} />
      <Title order={1} mb="lg">
        {schedule ? t("schedules.editTitle") : t("schedules.newTitle")}
      </Title>
      {schedule && scope !== "all" && (
        <Text mt="-md" mb="lg">
          {t(`scope.editing.${scope}`, { name: schedule.name })}
        </Text>
      )}
      <Grid gap={{ base: "lg", md: "xl" }}>
        <Grid.Col span={{ base: 12, md: 7, lg: 8 }}>
          <Stack gap="lg">
            <Question number={1} title={t("ask.how")}>
              <AskHow form={form} />
            </Question>
            {role !== "off" && (
              <Question number={2} title={t("ask.what")}>
                <AskWhat form={form} />
              </Question>
            )}
            <Question number={role === "off" ? 2 : 3} title={t("ask.where")}>
              <AskWhere form={form} />
            </Question>
            <Question number={role === "off" ? 3 : 4} title={t("ask.when")}>
              <AskWhen form={form} fixed={fixedDays[scope]} />
              {schedule && countsFromStart(form.values, schedule, scope) && (
                <Text size="sm" c="dimmed" mt="sm">
                  {t("ends.countsFromStart")}
                </Text>
              )}
            </Question>
            <TextInput
              label={t("schedules.name")}
              description={t("schedules.nameHint")}
              placeholder={fallbackName}
              maxLength={200}
              {...form.getInputProps("name")}
            />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5, lg: 4 }}>
          <Said draft={named} schedule={schedule} scope={scope} saving={save.isPending} error={save.error} />
        </Grid.Col>
      </Grid>
    </form>
  );
}
