import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { session } from "../../api/endpoints";
import { asProblem } from "../../api/problems";
import { say } from "../../ui/ask";
import { Trouble } from "../../ui/Trouble";
import { passwordLeast } from "../entry/password";

/** Another password for whoever is signed in; every other browser is signed out. */
export function PasswordForm() {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { old: "", new: "", again: "" },
    validate: {
      old: (old) => (old ? null : t("do.needed")),
      new: (password) => (password.length >= passwordLeast ? null : t("setup.passwordShort")),
      again: (again, values) => (again === values.new ? null : t("setup.passwordDiffers")),
    },
  });
  const change = useMutation({
    mutationFn: () => session.changePassword({ old: form.values.old, new: form.values.new }),
    onSuccess: () => {
      form.reset();
      say(t("settings.passwordChanged"));
    },
    onError: (error) => form.setErrors({ ...asProblem(error).fields }),
  });
  const eye = { "aria-label": t("signIn.showPassword") };
  return (
    <form onSubmit={form.onSubmit(() => change.mutate())} noValidate>
      <Stack maw={440}>
        <PasswordInput
          label={t("settings.passwordOld")}
          autoComplete="current-password"
          visibilityToggleButtonProps={eye}
          {...form.getInputProps("old")}
        />
        <PasswordInput
          label={t("settings.passwordNew")}
          description={t("setup.passwordHint")}
          autoComplete="new-password"
          visibilityToggleButtonProps={eye}
          {...form.getInputProps("new")}
        />
        <PasswordInput
          label={t("settings.passwordAgain")}
          autoComplete="new-password"
          visibilityToggleButtonProps={eye}
          {...form.getInputProps("again")}
        />
        <Trouble error={change.error} />
        <Group>
          <Button type="submit" variant="default" loading={change.isPending}>
            {t("settings.password")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
