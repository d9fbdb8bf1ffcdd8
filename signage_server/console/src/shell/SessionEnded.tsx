import { Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { onProblem } from "../api/client";
import { SignInForm } from "../pages/entry/SignInForm";

/** The session ended while somebody worked: sign in on top of the page, so that what was typed stays. */
export function SessionEnded() {
  const { t } = useTranslation();
  const [ended, setEnded] = useState(false);
  useEffect(
    () =>
      onProblem(
        (problem) => problem.status === 401 && problem.code !== "wrong_name_or_password" && setEnded(true),
      ),
    [],
  );
  return (
    <Modal
      opened={ended}
      onClose={() => undefined}
      withCloseButton={false}
      title={t("signIn.again")}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <SignInForm onDone={() => setEnded(false)} />
    </Modal>
  );
}
