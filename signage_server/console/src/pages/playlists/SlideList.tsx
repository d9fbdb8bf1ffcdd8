import { Accessibility, type DragDropManagerInput, StyleInjector } from "@dnd-kit/dom";
import { move } from "@dnd-kit/helpers";
import { DragDropProvider } from "@dnd-kit/react";
import { Stack } from "@mantine/core";
import { IconPhotoPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PlaylistOut } from "../../api/generated";
import { nonce } from "../../nonce";
import { Nothing } from "../../ui/Nothing";
import { SlideRow } from "./SlideRow";
import type { Editor } from "./useEditor";

/** The slides in their order: by mouse or finger, by keyboard on the handle, or by the arrow buttons. */
export function SlideList({ playlist, editor }: { playlist: PlaylistOut; editor: Editor }) {
  const { t } = useTranslation();
  const spoken = useSpoken();
  const { slides } = editor.list;
  if (slides.length === 0) {
    return (
      <Nothing icon={IconPhotoPlus} title={t("playlists.noSlides")} text={t("playlists.noSlidesHint")} />
    );
  }
  return (
    <DragDropProvider
      plugins={spoken}
      onDragEnd={(event) => {
        if (event.canceled) return;
        const order = move(
          slides.map((slide) => slide.key),
          event,
        );
        editor.change((list) => ({ ...list, slides: inOrder(list.slides, order) }));
      }}
    >
      <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: "none" }}>
        {slides.map((slide, index) => (
          <SlideRow key={slide.key} slide={slide} index={index} playlist={playlist} editor={editor} />
        ))}
      </Stack>
    </DragDropProvider>
  );
}

function inOrder<T extends { key: string }>(slides: readonly T[], order: readonly (string | number)[]): T[] {
  return order.flatMap((key) => slides.find((slide) => slide.key === key) ?? []);
}

/** dnd-kit speaks English by itself; here it speaks the reader's language. */
function useSpoken(): DragDropManagerInput["plugins"] {
  const { t, i18n } = useTranslation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts change with the language only
  return useMemo(
    () => (defaults) => [
      StyleInjector.configure({ nonce }),
      ...defaults.filter((plugin) => plugin !== Accessibility && plugin !== StyleInjector),
      Accessibility.configure({
        screenReaderInstructions: { draggable: t("playlists.dragHow") },
        announcements: {
          dragstart: () => t("playlists.dragStart"),
          dragover: () => undefined,
          dragend: ({ canceled }: { canceled: boolean }) =>
            canceled ? t("playlists.dragCancel") : t("playlists.dragEnd"),
        },
      }),
    ],
    [i18n.language],
  );
}
