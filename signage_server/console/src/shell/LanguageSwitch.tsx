import { type BoxProps, SegmentedControl } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { session } from "../api/endpoints";
import { editable, meQuery } from "../api/queries";
import { chooseLanguage, currentLanguage, type Language } from "../i18n";

const names: { value: Language; label: string }[] = [
  { value: "vi", label: "Tiếng Việt" },
  { value: "en", label: "English" },
];

/** Vietnamese or English, at once; kept with the person where one is signed in. */
export function LanguageSwitch(props: BoxProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const keep = useMutation({
    mutationFn: session.speak,
    onSuccess: (me) => {
      queries.setQueryData(meQuery.queryKey, me);
      // The server says some things in words (sentences of schedules, failures): fetch them anew.
      for (const name of editable) void queries.invalidateQueries({ queryKey: [name] });
    },
  });
  const choose = (language: Language) => {
    chooseLanguage(language);
    if (queries.getQueryData(meQuery.queryKey)) keep.mutate(language);
  };
  return (
    <SegmentedControl
      {...props}
      aria-label={t("settings.language")}
      data={names}
      value={currentLanguage()}
      onChange={choose}
      size="sm"
      fullWidth
    />
  );
}
