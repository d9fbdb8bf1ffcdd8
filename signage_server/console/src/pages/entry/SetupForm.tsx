import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { session } from "../../api/endpoints";
import type { LinkOut } from "../../api/generated";
import { asProblem } from "../../api/problems";
import { Trouble } from "../../ui/Trouble";
import { passwordLeast } from "./password";
import { useNameUnit } from "./useNameUnit";
import { useWelcome } from "./useWelcome";

export function SetupForm({ secret, link }: { secret: string; link: LinkOut }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const welcome = useWelcome();
  const nameUnit = useNameUnit();
  const isReset = link.purpose === "reset";
  const form = useForm({
    initialValues: { unit: "", name: link.name ?? "", password: "", again: "" },
    validate: {
      name: (name) => (isReset || name.trim().length >= 2 ? null : t("setup.nameShort")),
      password: (password) => (password.length >= passwordLeast ? null : t("setup.passwordShort")),
      again: (again, { password }) => (again === password ? null : t("setup.passwordDiffers")),
    },
  });
  const use = useMutation({
    mutationFn: () =>
      session.redeem({
        secret,
        password: form.values.password,
        ...(isReset ? {} : { name: form.values.name.trim() }),
      }),
    onSuccess: async (me) => {
      welcome(me);
      const unit = form.values.unit.trim();
      if (unit) await nameUnit(unit);
      go("/", { replace: true });
    },
    onError: (error) => form.setErrors({ ...asProblem(error).fields }),
  });
  return (
    <form onSubmit={form.onSubmit(() => use.mutate())} noValidate>
      <Stack>
        {!isReset && (
          <>
            <TextInput
              label={t("setup.unit")}
              description={t("setup.unitHint")}
              placeholder={t("setup.unitPlaceholder")}
              autoComplete="organization"
              maxLength={200}
              data-autofocus
              {...form.getInputProps("unit")}
            />
            <TextInput
              label={t("setup.name")}
              description={t("setup.nameHint")}
              autoComplete="username"
              {...form.getInputProps("name")}
            />
          </>
        )}
        <PasswordInput
          label={t("setup.password")}
          description={t("setup.passwordHint")}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          {...form.getInputProps("password")}
        />
        <PasswordInput
          label={t("setup.again")}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          {...form.getInputProps("again")}
        />
        <Trouble error={use.error} />
        <Button type="submit" loading={use.isPending} fullWidth mt="xs">
          {isReset ? t("setup.resetDo") : t("setup.do")}
        </Button>
      </Stack>
    </form>
  );
}
