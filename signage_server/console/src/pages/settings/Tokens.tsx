import { ActionIcon, Alert, Button, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { IconKey, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tokens } from "../../api/endpoints";
import type { TokenMade, TokenOut } from "../../api/generated";
import { tokensQuery } from "../../api/queries";
import { dateText } from "../../i18n/dates";
import { askToDelete, sayProblem } from "../../ui/ask";
import { CopyField } from "../../ui/CopyField";
import { Trouble } from "../../ui/Trouble";

/** Keys for other programs. A token is shown once; afterwards only its name is known. */
export function Tokens() {
  const list = useQuery(tokensQuery);
  const [made, setMade] = useState<TokenMade | null>(null);
  return (
    <Stack>
      <Trouble error={list.error} onRetry={() => void list.refetch()} />
      {list.data && list.data.length > 0 && <TokenTable tokens={list.data} />}
      {made && <ShownOnce made={made} />}
      <MakeToken onMade={setMade} />
    </Stack>
  );
}

function ShownOnce({ made }: { made: TokenMade }) {
  const { t } = useTranslation();
  return (
    <Alert color="teal" icon={<IconKey />} title={t("settings.tokenMade", { name: made.name })}>
      <CopyField label={t("settings.tokenOnce")} value={made.token} />
    </Alert>
  );
}

function MakeToken({ onMade }: { onMade: (made: TokenMade) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () => tokens.make(name.trim()),
    onSuccess: (made) => {
      onMade(made);
      setName("");
      void queries.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
    onError: (error) => sayProblem(error),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <Group align="flex-end">
        <TextInput
          label={t("settings.tokenName")}
          placeholder={t("settings.tokenNameHint")}
          flex="1 1 220px"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!name.trim()} loading={make.isPending}>
          {t("settings.tokenMake")}
        </Button>
      </Group>
    </form>
  );
}

function TokenTable({ tokens: list }: { tokens: readonly TokenOut[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: tokens.remove,
    onSettled: () => void queries.invalidateQueries({ queryKey: tokensQuery.queryKey }),
    onError: (error) => sayProblem(error),
  });
  const ask = (token: TokenOut) =>
    askToDelete(t("settings.tokenDeleteAsk", { name: token.name }), t("settings.tokenDeleteHint"), () =>
      remove.mutate(token.id),
    );
  return (
    <Table verticalSpacing="xs">
      <Table.Tbody>
        {list.map((token) => (
          <Table.Tr key={token.id}>
            <Table.Td>
              <Text fw={500}>{token.name}</Text>
              <Text size="sm" c="dimmed">
                {token.used_at
                  ? t("settings.tokenUsed", { day: dateText(token.used_at) })
                  : t("settings.tokenUnused")}
              </Text>
            </Table.Td>
            <Table.Td w={60}>
              <ActionIcon
                aria-label={t("settings.tokenDelete", { name: token.name })}
                onClick={() => ask(token)}
              >
                <IconTrash size={20} />
              </ActionIcon>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
