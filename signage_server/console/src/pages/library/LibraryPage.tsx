import { Button, Group, Select, SimpleGrid, Skeleton, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPencilPlus, IconPhotoPlus, IconSearch, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssetOut } from "../../api/generated";
import { assetsQuery } from "../../api/queries";
import { Nothing } from "../../ui/Nothing";
import { Page } from "../../ui/Page";
import { Trouble } from "../../ui/Trouble";
import { AssetCard } from "./AssetCard";
import { AssetDrawer } from "./AssetDrawer";
import { Composer } from "./Composer";
import { DropAnywhere } from "./DropAnywhere";
import { matches, type Wanted } from "./search";
import { PickFiles, UploadList } from "./UploadList";

/** Everything that can be shown: pictures that were uploaded and notices that were composed here. */
export default function LibraryPage() {
  const { t } = useTranslation();
  const assets = useQuery(assetsQuery);
  const [wanted, setWanted] = useState<Wanted>({ words: "", kind: "all" });
  const [openId, setOpenId] = useState<string | null>(null);
  const [composing, compose] = useDisclosure(false);
  const [editing, setEditing] = useState<AssetOut | null>(null);
  const shown = useMemo(() => assets.data?.filter((asset) => matches(asset, wanted)), [assets.data, wanted]);
  const edit = (asset: AssetOut) => {
    setOpenId(null);
    setEditing(asset);
    compose.open();
  };
  const begin = () => {
    setEditing(null);
    compose.open();
  };
  return (
    <Page
      title={t("library.title")}
      lead={t("library.lead")}
      actions={
        <>
          <Button variant="default" leftSection={<IconPencilPlus size={20} />} onClick={begin}>
            {t("library.compose")}
          </Button>
          <PickFiles>
            {(open) => (
              <Button leftSection={<IconUpload size={20} />} onClick={open}>
                {t("library.upload")}
              </Button>
            )}
          </PickFiles>
        </>
      }
    >
      <DropAnywhere />
      <UploadList onOpen={setOpenId} />
      {assets.error && <Trouble error={assets.error} onRetry={() => void assets.refetch()} />}
      {assets.data && assets.data.length > 0 && <Search wanted={wanted} onChange={setWanted} />}
      {assets.isPending && <CardsComing />}
      {assets.data?.length === 0 && (
        <Nothing icon={IconPhotoPlus} title={t("library.empty")} text={t("library.emptyHint")}>
          <PickFiles>{(open) => <Button onClick={open}>{t("library.upload")}</Button>}</PickFiles>
        </Nothing>
      )}
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 4 }} spacing={{ base: "sm", sm: "lg" }}>
        {shown?.map((asset) => (
          <AssetCard key={asset.id} asset={asset} onOpen={() => setOpenId(asset.id)} />
        ))}
      </SimpleGrid>
      <AssetDrawer
        asset={assets.data?.find((asset) => asset.id === openId) ?? null}
        onClose={() => setOpenId(null)}
        onEdit={edit}
      />
      {composing && <Composer asset={editing} onClose={compose.close} />}
    </Page>
  );
}

function Search({ wanted, onChange }: { wanted: Wanted; onChange: (wanted: Wanted) => void }) {
  const { t } = useTranslation();
  const kinds = (["all", "image", "notice"] as const).map((kind) => ({
    value: kind,
    label: t(`kind.${kind}`),
  }));
  return (
    <Group mb="lg" gap="sm">
      <TextInput
        flex="1 1 240px"
        maw={420}
        type="search"
        aria-label={t("library.search")}
        placeholder={t("library.search")}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={wanted.words}
        onChange={(event) => onChange({ ...wanted, words: event.currentTarget.value })}
      />
      <Select
        w={200}
        aria-label={t("library.kind")}
        data={kinds}
        allowDeselect={false}
        value={wanted.kind}
        onChange={(kind) => kind && onChange({ ...wanted, kind })}
      />
    </Group>
  );
}

function CardsComing() {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 4 }} spacing={{ base: "sm", sm: "lg" }}>
      {[1, 2, 3, 4].map((number) => (
        <Skeleton key={number} h={240} radius="lg" />
      ))}
    </SimpleGrid>
  );
}
