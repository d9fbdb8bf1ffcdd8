import {
  Anchor,
  Box,
  Button,
  Drawer,
  Paper,
  ScrollArea,
  Text,
  TextInput,
  Title,
  UnstyledButton,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { randomKey } from "../../api/client";
import type { AssetOut } from "../../api/generated";
import { assetsQuery } from "../../api/queries";
import { Thumb } from "../../ui/Thumb";
import { matches } from "../library/search";
import { withAsset } from "./editing";
import type { Editor } from "./useEditor";

/** The library beside the playlist; on a phone it comes up from below. */
export function AddSlides({ editor }: { editor: Editor }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Paper withBorder p="md" visibleFrom="md" pos="sticky" top={24}>
        <Title order={2} fz="md" mb="sm">
          {t("playlists.add")}
        </Title>
        <Tray editor={editor} height="calc(100dvh - 330px)" />
      </Paper>
      <Button hiddenFrom="md" fullWidth variant="light" leftSection={<IconPlus size={20} />} onClick={open}>
        {t("playlists.add")}
      </Button>
      <Drawer opened={opened} onClose={close} position="bottom" size="80%" title={t("playlists.add")}>
        <Tray editor={editor} height="60dvh" />
      </Drawer>
    </>
  );
}

function Tray({ editor, height }: { editor: Editor; height: string }) {
  const { t } = useTranslation();
  const assets = useQuery(assetsQuery);
  const [words, setWords] = useState("");
  const found = assets.data?.filter(
    (asset) => asset.state !== "failed" && matches(asset, { words, kind: "all" }),
  );
  const add = (asset: AssetOut) => editor.change((list) => withAsset(list, asset, randomKey()));
  return (
    <>
      <TextInput
        type="search"
        aria-label={t("library.search")}
        placeholder={t("library.search")}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        mb="sm"
      />
      <ScrollArea.Autosize mah={height} offsetScrollbars="present">
        {found?.map((asset) => (
          <TrayRow key={asset.id} asset={asset} onAdd={() => add(asset)} />
        ))}
        {found?.length === 0 && (
          <Text c="dimmed" size="sm">
            {t("playlists.trayEmpty")}{" "}
            <Anchor component={Link} href="/library">
              {t("library.title")}
            </Anchor>
          </Text>
        )}
      </ScrollArea.Autosize>
    </>
  );
}

function TrayRow({ asset, onAdd }: { asset: AssetOut; onAdd: () => void }) {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      onClick={onAdd}
      aria-label={t("playlists.addThis", { name: asset.name })}
      w="100%"
      p={6}
      bdrs="sm"
      className="tray-row"
    >
      <Box w={92} style={{ flexShrink: 0 }}>
        <Thumb url={asset.thumbnail_url} alt="" />
      </Box>
      <Text size="sm" lineClamp={2} flex={1} lh={1.35}>
        {asset.name}
      </Text>
      <IconPlus size={20} aria-hidden color="var(--mantine-primary-color-filled)" />
    </UnstyledButton>
  );
}
