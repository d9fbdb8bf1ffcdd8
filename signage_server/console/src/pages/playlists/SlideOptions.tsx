import { ActionIcon, Popover, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type EditedSlide, withSlide } from "./editing";
import type { Editor } from "./useEditor";

/** Which part of a picture stays when a board of another shape cuts it: per mille from left and top. */
const kept = {
  middle: [500, 500],
  top: [500, 0],
  bottom: [500, 1000],
  left: [0, 500],
  right: [1000, 500],
} as const satisfies Record<string, readonly [number, number]>;
type Kept = keyof typeof kept;

/** How a slide fills the board and how it comes in. */
export function SlideOptions({ slide, editor }: { slide: EditedSlide; editor: Editor }) {
  const { t } = useTranslation();
  const change = (facts: Partial<EditedSlide>) => editor.change((list) => withSlide(list, slide.key, facts));
  return (
    <Popover width={340} position="bottom-end" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <ActionIcon aria-label={t("playlists.options", { name: slide.asset_name })}>
          <IconAdjustments size={20} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="md">
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t("fit.label")}
            </Text>
            <SegmentedControl
              fullWidth
              aria-label={t("fit.label")}
              data={(["cover", "contain"] as const).map((value) => ({ value, label: t(`fit.${value}`) }))}
              value={slide.fit}
              onChange={(fit) => change({ fit })}
            />
          </div>
          {slide.fit === "cover" && (
            <Select
              label={t("fit.keep")}
              comboboxProps={{ withinPortal: false }}
              data={(Object.keys(kept) as Kept[]).map((value) => ({ value, label: t(`fit.${value}`) }))}
              allowDeselect={false}
              value={keptOf(slide)}
              onChange={(value) => value && change({ focus: [...kept[value]] })}
            />
          )}
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t("transition.label")}
            </Text>
            <SegmentedControl
              fullWidth
              aria-label={t("transition.label")}
              data={(["fade", "cut"] as const).map((value) => ({ value, label: t(`transition.${value}`) }))}
              value={slide.transition}
              onChange={(transition) => change({ transition })}
            />
          </div>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function keptOf({ focus: [x, y] }: EditedSlide): Kept {
  if (y < 250) return "top";
  if (y > 750) return "bottom";
  if (x < 250) return "left";
  return x > 750 ? "right" : "middle";
}
