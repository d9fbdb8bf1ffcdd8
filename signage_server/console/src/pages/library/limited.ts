import { useTranslation } from "react-i18next";
import type { NoticeForm } from "./ComposerFields";
import { excess, limits } from "./notice";

/** From this part of its limit on, a field says how much room is left. */
const nearlyFull = 0.8;

export type Limited = ReturnType<typeof useLimited>;

/** Fields that let one type on past their limit, and say by how much: nothing is cut off without a word. */
export function useLimited({
  form,
  refusals,
}: {
  form: NoticeForm;
  refusals: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const beyond = excess(form.values);
  const room = limits(form.values);
  return (path: string, hint?: string) => {
    const { error, ...props } = form.getInputProps(path);
    const [text = "", most = 1] = room[path] ?? [];
    const used = [...text].length;
    const count = used > most * nearlyFull ? t("compose.signs", { used, most }) : null;
    return {
      ...props,
      description: [hint, count].filter(Boolean).join(" ") || undefined,
      error: beyond[path] ? t("compose.tooLong", { count: beyond[path] }) : (error ?? refusals[path]),
    };
  };
}
