import { Button, Grid, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useSearch } from "wouter";
import type { ScheduleOut } from "../../api/generated";
import { playlistsQuery } from "../../api/queries";
import { Back } from "../../ui/Back";
import { useWordOnLeaving } from "../../ui/unsaved";
import { AskHow } from "./AskHow";
import { AskWhat } from "./AskWhat";
import { AskWhen } from "./AskWhen";
import { AskWhere } from "./AskWhere";
import type { Draft } from "./draft";
import { drafts } from "./drafts";
import { automaticName } from "./naming";
import { Question } from "./Question";
import { Said } from "./Said";
import { countsFromStart, type Scope } from "./scopes";
import { useKeptForm } from "./useKeptForm";
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

/** The form of the address one is at: as it was left, or from the beginning. */
export function ScheduleForm({ onReload, onSaved, ...props }: Props) {
  const [path, go] = useLocation();
  const search = useSearch();
  const address = search ? `${path}?${search}` : path;
  const [round, setRound] = useState(0);
  const forget = () => drafts.keep(address, null);
  const begin = () => {
    forget();
    setRound(round + 1);
  };
  const reload = (schedule: ScheduleOut) => {
    begin();
    onReload?.(schedule);
  };
  const done = () => {
    forget();
    if (onSaved) onSaved();
    else go("/schedules");
  };
  return (
    <Questions
      key={`${address} ${round}`}
      {...props}
      address={address}
      onBegin={begin}
      onReload={reload}
      onSaved={done}
    />
  );
}

interface QuestionsProps extends Required<Pick<Props, "onReload" | "onSaved">> {
  schedule: ScheduleOut | null;
  initial: Draft;
  scope?: Scope;
  address: string;
  /** Forget the answers and ask anew. */
  onBegin: () => void;
}

/** Four plain questions, and beside them what the answers mean, in the server's own words. */
function Questions({ scope = "all", address, onBegin, onReload, onSaved, ...fresh }: QuestionsProps) {
  const { t } = useTranslation();
  const { form, schedule, isRestored } = useKeptForm(address, fresh);
  const playlist = useQuery(playlistsQuery).data?.find((playlist) => playlist.id === form.values.playlistId);
  const { role } = form.values;
  const fallbackName = automaticName(t, form.values, playlist?.name);
  const named: Draft = { ...form.values, name: form.values.name.trim() || fallbackName };
  const save = useSave({ schedule, scope, form, named, onReload, onSaved });
  useWordOnLeaving({
    isUnsaved: () => drafts.isUnsaved(address),
    message: schedule ? t("schedules.leftUnsaved", { name: schedule.name }) : t("schedules.leftNew"),
    way: { href: address, label: t("do.backToSave") },
  });
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
      {isRestored && (
        <Group mt="-md" mb="lg" gap="sm">
          <Text c="var(--unsure)">{t("schedules.restored")}</Text>
          <Button variant="default" onClick={onBegin}>
            {t("schedules.anew")}
          </Button>
        </Group>
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
              description={
                role === "off" ? t("schedules.nameHintOff", { name: fallbackName }) : t("schedules.nameHint")
              }
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
