import { Button, Group, MultiSelect, Radio, Select, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useMutation, useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { screens as api } from "../../api/endpoints";
import type { CommandsOut, ScreenOut } from "../../api/generated";
import { playlistsQuery, screensQuery } from "../../api/queries";
import { say } from "../../ui/ask";
import { Trouble } from "../../ui/Trouble";

/** What is to be shown, or where, as far as the page already knows it. */
export interface Wish {
  playlistId?: string;
  slideId?: string;
  /** What it is called. */
  name?: string;
  screen?: ScreenOut;
}

export function openShowNow(wish: Wish): void {
  const title = wish.name
    ? i18next.t("showNow.title", { name: wish.name })
    : i18next.t("showNow.titleOn", { name: wish.screen?.name });
  modals.open({ title, children: <ShowNow wish={wish} /> });
}

/** Show a slide or a playlist at once, over the plan; afterwards every board goes back to it by itself. */
function ShowNow({ wish }: { wish: Wish }) {
  const { t } = useTranslation();
  const [playlistId, setPlaylistId] = useState<string | null>(wish.playlistId ?? null);
  const [slideId, setSlideId] = useState<string | null>(wish.slideId ?? null);
  const [everywhere, setEverywhere] = useState(!wish.screen);
  const [screenIds, setScreenIds] = useState<string[]>(wish.screen ? [wish.screen.id] : []);
  const target = everywhere ? null : screenIds;
  const show = useMutation({
    mutationFn: () => api.showNow({ playlist_id: playlistId, slide_id: slideId, screen_ids: target }),
    onSuccess: finish,
  });
  const stop = useMutation({ mutationFn: () => api.showNow({ screen_ids: target }), onSuccess: finish });
  return (
    <Stack>
      {!wish.playlistId && (
        <WhatToShow
          playlistId={playlistId}
          slideId={slideId}
          onPlaylist={setPlaylistId}
          onSlide={setSlideId}
        />
      )}
      {!wish.screen && (
        <WhereToShow
          everywhere={everywhere}
          screenIds={screenIds}
          onEverywhere={setEverywhere}
          onScreens={setScreenIds}
        />
      )}
      <Text size="sm" c="dimmed">
        {t("showNow.hint")}
      </Text>
      <Trouble error={show.error ?? stop.error} />
      <Group justify="space-between">
        <Button
          variant="subtle"
          onClick={() => stop.mutate()}
          loading={stop.isPending}
          disabled={target?.length === 0}
        >
          {t("showNow.stop")}
        </Button>
        <Button
          onClick={() => show.mutate()}
          loading={show.isPending}
          disabled={!playlistId || target?.length === 0}
        >
          {t("showNow.do")}
        </Button>
      </Group>
    </Stack>
  );
}

function finish({ sent, offline }: CommandsOut): void {
  const told = i18next.t("showNow.sent", { count: sent.length });
  say(offline.length > 0 ? `${told} ${i18next.t("showNow.offline", { count: offline.length })}` : told);
  modals.closeAll();
}

interface WhatProps {
  playlistId: string | null;
  slideId: string | null;
  onPlaylist: (id: string | null) => void;
  onSlide: (id: string | null) => void;
}

function WhatToShow({ playlistId, slideId, onPlaylist, onSlide }: WhatProps) {
  const { t } = useTranslation();
  const playlists = useQuery(playlistsQuery).data ?? [];
  const slides = playlists.find((playlist) => playlist.id === playlistId)?.slides ?? [];
  return (
    <>
      <Select
        label={t("ask.playlist")}
        placeholder={t("ask.playlistPlaceholder")}
        searchable
        data={playlists.map((playlist) => ({ value: playlist.id, label: playlist.name }))}
        value={playlistId}
        onChange={(id) => {
          onPlaylist(id);
          onSlide(null);
        }}
      />
      <Select
        label={t("showNow.slide")}
        placeholder={t("showNow.wholePlaylist")}
        clearable
        searchable
        disabled={!playlistId}
        data={slides.map((slide, index) => ({ value: slide.id, label: `${index + 1}. ${slide.asset_name}` }))}
        value={slideId}
        onChange={onSlide}
      />
    </>
  );
}

interface WhereProps {
  everywhere: boolean;
  screenIds: string[];
  onEverywhere: (everywhere: boolean) => void;
  onScreens: (ids: string[]) => void;
}

function WhereToShow({ everywhere, screenIds, onEverywhere, onScreens }: WhereProps) {
  const { t } = useTranslation();
  const screens = useQuery(screensQuery).data ?? [];
  return (
    <>
      <Radio.Group
        label={t("ask.where")}
        value={everywhere ? "all" : "some"}
        onChange={(value) => onEverywhere(value === "all")}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={t("where.all")} />
          <Radio value="some" label={t("where.screens")} />
        </Stack>
      </Radio.Group>
      {!everywhere && (
        <MultiSelect
          aria-label={t("where.choose")}
          placeholder={screenIds.length === 0 ? t("where.choosePlaceholder") : undefined}
          searchable
          data={screens.map((screen) => ({ value: screen.id, label: screen.name }))}
          value={screenIds}
          onChange={onScreens}
        />
      )}
    </>
  );
}
