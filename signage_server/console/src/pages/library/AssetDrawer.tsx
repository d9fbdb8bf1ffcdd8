import { Alert, Anchor, Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { IconAlertTriangle, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { assets } from "../../api/endpoints";
import type { AssetOut } from "../../api/generated";
import { assetsQuery } from "../../api/queries";
import { askToDelete, say, sayProblem } from "../../ui/ask";
import { Thumb } from "../../ui/Thumb";
import { AssetFacts, usePlaylistsWith } from "./AssetFacts";
import { AssetForm } from "./AssetForm";

interface Props {
  asset: AssetOut | null;
  onClose: () => void;
  onEdit: (asset: AssetOut) => void;
}

export function AssetDrawer({ asset, onClose, onEdit }: Props) {
  return (
    <Drawer opened={asset !== null} onClose={onClose} position="right" size={480} title={asset?.name}>
      {asset && <Inside key={asset.id} asset={asset} onClose={onClose} onEdit={() => onEdit(asset)} />}
    </Drawer>
  );
}

function Inside({ asset, onClose, onEdit }: { asset: AssetOut; onClose: () => void; onEdit: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: assetsQuery.queryKey });
  const remove = useMutation({
    mutationFn: () => assets.remove(asset),
    onSuccess: () => {
      say(t("library.deleted", { name: asset.name }));
      refresh();
      onClose();
    },
    // 409 names the playlists that show it: that sentence is the answer.
    onError: (error) => sayProblem(error, refresh),
  });
  const ask = () =>
    askToDelete(t("library.deleteAsk", { name: asset.name }), t("library.deleteHint"), () => remove.mutate());
  const sayUsed = () =>
    modals.open({ title: t("library.inUse", { name: asset.name }), children: <InUse asset={asset} /> });
  const largest = asset.renditions.find((rendition) => rendition.profile.startsWith("1920x1080"));
  const shape = asset.kind === "image" && asset.width && asset.height ? asset.width / asset.height : 16 / 9;
  return (
    <Stack gap="lg">
      <Thumb url={largest?.url ?? asset.thumbnail_url} alt={asset.alt} ratio={Math.max(shape, 1)} />
      {asset.failure && (
        <Alert color="red" icon={<IconAlertTriangle />}>
          {asset.failure.detail}
        </Alert>
      )}
      <AssetFacts asset={asset} />
      <AssetForm asset={asset} onSaved={refresh} />
      <Group>
        {asset.kind === "notice" && (
          <Button variant="default" leftSection={<IconPencil size={18} />} onClick={onEdit}>
            {t("library.editNotice")}
          </Button>
        )}
        {/* The built-in notice would come back by itself. */}
        {!asset.built_in && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={18} />}
            loading={remove.isPending}
            onClick={asset.used_in.length > 0 ? sayUsed : ask}
          >
            {t("do.delete")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** A slide that is shown cannot be deleted: where it is shown, and the way there. */
function InUse({ asset }: { asset: AssetOut }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Text>{t("library.inUseHint")}</Text>
      {usePlaylistsWith(asset).map(({ id, name }) => (
        <Anchor key={id} component={Link} href={`/playlists/${id}`} onClick={() => modals.closeAll()} py={6}>
          {name}
        </Anchor>
      ))}
    </Stack>
  );
}
