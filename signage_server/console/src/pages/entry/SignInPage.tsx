import { useTranslation } from "react-i18next";
import { EntryFrame } from "./EntryFrame";
import { SignInForm } from "./SignInForm";

export function SignInPage() {
  const { t } = useTranslation();
  return (
    <EntryFrame title={t("signIn.title")}>
      <SignInForm />
    </EntryFrame>
  );
}
