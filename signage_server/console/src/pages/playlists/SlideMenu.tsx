import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconDotsVertical, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PlaylistOut } from "../../api/generated";
import { openShowNow } from "../wall/ShowNow";
import { type EditedSlide, moved, withoutSlide } from "./editing";
import type { Editor } from "./useEditor";

interface Props {
  slide: EditedSlide;
  index: number;
  playlist: PlaylistOut;
  editor: Editor;
}

export function SlideMenu({ slide, index, playlist, editor }: Props) {
  const { t } = useTranslation();
  const step = (steps: number) => editor.change((list) => moved(list, slide.key, steps));
  const { id } = slide;
  return (
    <Menu width={230}>
      <Menu.Target>
        <ActionIcon aria-label={t("playlists.slideMenu", { name: slide.asset_name })}>
          <IconDotsVertical size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          mih={44}
          leftSection={<IconPlayerPlay size={18} />}
          disabled={id === null || slide.asset_state !== "ready"}
          onClick={() => id && openShowNow({ playlistId: playlist.id, slideId: id, name: slide.asset_name })}
        >
          {t("showNow.do")}
        </Menu.Item>
        <Menu.Item
          mih={44}
          leftSection={<IconArrowUp size={18} />}
          disabled={index === 0}
          onClick={() => step(-1)}
        >
          {t("playlists.moveUp")}
        </Menu.Item>
        <Menu.Item
          mih={44}
          leftSection={<IconArrowDown size={18} />}
          disabled={index === editor.list.slides.length - 1}
          onClick={() => step(1)}
        >
          {t("playlists.moveDown")}
        </Menu.Item>
        <Menu.Item
          mih={44}
          color="red"
          leftSection={<IconTrash size={18} />}
          onClick={() => editor.change((list) => withoutSlide(list, slide.key))}
        >
          {t("playlists.remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
