import { Box, Center, Image } from "@mantine/core";
import { IconMoon, IconPhoto, IconPlugConnectedX } from "@tabler/icons-react";
import type { ScreenOut } from "../../api/generated";
import { ratioOf, screenState } from "./state";
import { usePicture } from "./usePicture";

const heightPx = 196;

/** A board on the wall in its real shape, with the picture that it says it shows. */
export function ScreenFrame({ screen }: { screen: ScreenOut }) {
  const ratio = ratioOf(screen.profile);
  return (
    <Center bg="var(--wall)" h={heightPx + 44} px="md">
      <Box
        bg="var(--bezel)"
        p={5}
        bdrs={7}
        w={`min(100%, ${Math.round(heightPx * ratio)}px)`}
        style={{ boxShadow: "0 6px 18px rgb(24 34 45 / 0.25)" }}
      >
        <Center bg="dark.9" bdrs={3} style={{ aspectRatio: ratio, overflow: "hidden" }} c="gray.5">
          <Inside screen={screen} />
        </Center>
      </Box>
    </Center>
  );
}

function Inside({ screen }: { screen: ScreenOut }) {
  const state = screenState(screen);
  const url = usePicture(screen);
  if (state === "dark") return <IconMoon size={32} stroke={1.3} aria-hidden />;
  if (url) {
    const faded = state === "lost" || state === "never";
    return (
      <Image
        src={url}
        alt={screen.showing?.asset_name ?? ""}
        fit="cover"
        h="100%"
        w="100%"
        radius={0}
        opacity={faded ? 0.45 : 1}
      />
    );
  }
  const Icon = state === "lost" ? IconPlugConnectedX : IconPhoto;
  return <Icon size={32} stroke={1.3} aria-hidden />;
}
