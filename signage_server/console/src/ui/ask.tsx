import { Anchor, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { Link } from "wouter";
import { asProblem, type ProblemError } from "../api/problems";

/** Ask before something is gone; the dangerous button is never the one that has the focus. */
export function askToDelete(title: string, text: string, onConfirm: () => void): void {
  modals.openConfirmModal({
    title,
    children: <Text>{text}</Text>,
    labels: { confirm: i18next.t("do.delete"), cancel: i18next.t("do.keep") },
    confirmProps: { color: "red.9" },
    cancelProps: { "data-autofocus": true },
    onConfirm,
  });
}

export function say(message: string): void {
  notifications.show({ message, color: "teal", withBorder: true });
}

/** Something that waits elsewhere, and the way there. */
export function sayWithWay(message: string, way: { href: string; label: string }): void {
  const id = notifications.show({
    message: (
      <>
        {message}{" "}
        <Anchor component={Link} href={way.href} inherit onClick={() => notifications.hide(id)}>
          {way.label}
        </Anchor>
      </>
    ),
    color: "yellow",
    withBorder: true,
    autoClose: 10_000,
  });
}

/** A failed action says why; where somebody else was faster it offers to read the page again. */
export function sayProblem(error: unknown, reload?: () => void): void {
  const problem = asProblem(error);
  if (problem.status === 401) return;
  if (problem.isStale && reload) askToReload(reload);
  else showProblem(problem);
}

function showProblem(problem: ProblemError): void {
  notifications.show({
    message: problem.detail,
    color: problem.isOffline ? "yellow" : "red",
    withBorder: true,
    autoClose: 10_000,
  });
}

function askToReload(reload: () => void): void {
  modals.openConfirmModal({
    title: i18next.t("trouble.stale"),
    children: <Text>{i18next.t("trouble.staleHint")}</Text>,
    labels: { confirm: i18next.t("trouble.staleReload"), cancel: i18next.t("trouble.staleStay") },
    onConfirm: reload,
  });
}
