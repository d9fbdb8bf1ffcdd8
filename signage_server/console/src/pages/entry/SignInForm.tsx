import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { session } from "../../api/endpoints";
import { Trouble } from "../../ui/Trouble";
import { useWelcome } from "./useWelcome";

/** Name and password. A wrong password keeps the name and says so. */
export function SignInForm({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation();
  const welcome = useWelcome();
  const form = useForm({
    initialValues: { name: "", password: "" },
    validate: {
      name: (name) => (name.trim() ? null : t("do.needed")),
      password: (password) => (password ? null : t("do.needed")),
    },
  });
  const signIn = useMutation({
    mutationFn: session.signIn,
    onSuccess: (me) => {
      welcome(me);
      onDone?.();
    },
    onError: () => form.setFieldValue("password", ""),
  });
  return (
    <form onSubmit={form.onSubmit((values) => signIn.mutate(values))} noValidate>
      <Stack>
        <TextInput
          label={t("signIn.name")}
          autoComplete="username"
          autoCapitalize="none"
          data-autofocus
          {...form.getInputProps("name")}
        />
        <PasswordInput
          label={t("signIn.password")}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          {...form.getInputProps("password")}
        />
        <Trouble error={signIn.error} />
        <Button type="submit" loading={signIn.isPending} fullWidth mt="xs">
          {t("signIn.enter")}
        </Button>
        <Text size="sm" c="dimmed">
          {t("signIn.forgotten")}
        </Text>
      </Stack>
    </form>
  );
}
