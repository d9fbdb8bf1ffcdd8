import { useSortable } from "@dnd-kit/react/sortable";
import { ActionIcon, Box, Card, Group, NumberInput, Text } from "@mantine/core";
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconGripVertical } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PlaylistOut } from "../../api/generated";
import { Thumb } from "../../ui/Thumb";
import { durationMs, type EditedSlide, moved, withSlide } from "./editing";
import { SlideMenu } from "./SlideMenu";
import { SlideOptions } from "./SlideOptions";
import type { Editor } from "./useEditor";

interface Props {
  slide: EditedSlide;
  index: number;
  playlist: PlaylistOut;
  editor: Editor;
}

export function SlideRow({ slide, index, playlist, editor }: Props) {
  const { t } = useTranslation();
  const { ref, handleRef, isDragging } = useSortable({ id: slide.key, index });
  return (
    <Card
      component="li"
      ref={ref}
      p="xs"
      shadow={isDragging ? "md" : undefined}
      onKeyDown={(event) => {
        const steps = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!steps) return;
        event.preventDefault();
        editor.change((list) => moved(list, slide.key, steps));
      }}
    >
      <Group gap={4} wrap="nowrap" align="center">
        <ActionIcon
          ref={handleRef}
          aria-label={t("playlists.drag", { name: slide.asset_name })}
          style={{ cursor: "grab" }}
          w={32}
        >
          <IconGripVertical size={20} />
        </ActionIcon>
        <Text c="dimmed" w={26} ta="right" pr={4} visibleFrom="sm">
          {index + 1}
        </Text>
        <Box w={{ base: 84, sm: 116 }} style={{ flexShrink: 0 }}>
          <Thumb url={slide.thumbnail_url} alt="" />
        </Box>
        <Group flex={1} gap="xs" justify="space-between" miw={0} pl={8}>
          <Box flex="1 1 140px" miw={0}>
            <Text fw={500} lineClamp={2} lh={1.35}>
              {slide.asset_name}
            </Text>
            <StateLine slide={slide} />
          </Box>
          <Group gap={4} wrap="nowrap">
            <Duration slide={slide} editor={editor} />
            <Box visibleFrom="lg">
              <Arrows slide={slide} index={index} editor={editor} />
            </Box>
            <SlideOptions slide={slide} editor={editor} />
          </Group>
        </Group>
        <SlideMenu slide={slide} index={index} playlist={playlist} editor={editor} />
      </Group>
    </Card>
  );
}

function StateLine({ slide }: { slide: EditedSlide }) {
  const { t } = useTranslation();
  if (slide.asset_state === "ready") return null;
  const failed = slide.asset_state === "failed";
  return (
    <Group gap={4} c={failed ? "var(--bad)" : "dimmed"}>
      {failed && <IconAlertTriangle size={16} aria-hidden />}
      <Text size="sm">{failed ? t("library.failed") : t("library.processing")}</Text>
    </Group>
  );
}

function Duration({ slide, editor }: { slide: EditedSlide; editor: Editor }) {
  const { t } = useTranslation();
  return (
    <NumberInput
      aria-label={t("playlists.duration", { name: slide.asset_name })}
      w={104}
      min={1}
      max={86_400}
      suffix={t("playlists.seconds")}
      decimalScale={1}
      value={slide.duration_ms / 1000}
      onChange={(seconds) =>
        seconds !== "" &&
        editor.change((list) => withSlide(list, slide.key, { duration_ms: durationMs(seconds) }))
      }
    />
  );
}

function Arrows({ slide, index, editor }: { slide: EditedSlide; index: number; editor: Editor }) {
  const { t } = useTranslation();
  const step = (steps: number) => editor.change((list) => moved(list, slide.key, steps));
  return (
    <Group gap={0} wrap="nowrap">
      <ActionIcon
        aria-label={t("playlists.up", { name: slide.asset_name })}
        disabled={index === 0}
        onClick={() => step(-1)}
      >
        <IconArrowUp size={20} />
      </ActionIcon>
      <ActionIcon
        aria-label={t("playlists.down", { name: slide.asset_name })}
        disabled={index === editor.list.slides.length - 1}
        onClick={() => step(1)}
      >
        <IconArrowDown size={20} />
      </ActionIcon>
    </Group>
  );
}
