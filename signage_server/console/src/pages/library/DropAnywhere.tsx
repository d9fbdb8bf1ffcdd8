import { Center, Overlay, Paper, Portal, Text } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { IconPhotoDown } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { upload } from "../../api/upload";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** The whole page is the drop zone; a picture from the clipboard is as good as a file. */
export function DropAnywhere() {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  // Enter and leave come in pairs for every element that is crossed.
  const depth = useRef(0);
  const enter = (step: 1 | -1) => (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current += step;
    setOver(depth.current > 0);
  };
  useWindowEvent("dragenter", enter(1));
  useWindowEvent("dragleave", enter(-1));
  useWindowEvent("dragover", (event) => hasFiles(event) && event.preventDefault());
  useWindowEvent("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    upload([...(event.dataTransfer?.files ?? [])]);
  });
  useWindowEvent("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) upload(files);
  });
  if (!over) return null;
  return (
    <Portal>
      <Overlay fixed zIndex={500} backgroundOpacity={0.5} style={{ pointerEvents: "none" }}>
        <Center h="100%" p="lg">
          <Paper p={48} ta="center">
            <IconPhotoDown size={56} stroke={1.3} color="var(--mantine-primary-color-filled)" aria-hidden />
            <Text fz="xl" fw={600} mt="sm">
              {t("library.dropHere")}
            </Text>
          </Paper>
        </Center>
      </Overlay>
    </Portal>
  );
}
