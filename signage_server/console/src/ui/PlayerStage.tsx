import { Box } from "@mantine/core";
import { useEffect, useRef } from "react";

interface Props {
  /** The manifest's text, exactly as a board would get it. */
  manifest: string;
  /** Width over height of the board. */
  ratio: number;
  title: string;
  /** The instant to stand still at; without it the plan plays, by the clock of this computer. */
  atMs?: number;
}

/**
 * The real player without identity, in a frame that may run scripts and nothing else.
 * Its origin is opaque, so messages are known by the window they come from.
 */
export function PlayerStage({ manifest, ratio, title, atMs }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const mediaBase = `${window.location.origin}/media/`;
    const when = atMs === undefined ? { atMs: null } : { atMs, rate: 0 };
    const show = () =>
      frame.current?.contentWindow?.postMessage({ type: "show", manifest, mediaBase, ...when }, "*");
    const hear = (event: MessageEvent) => {
      if (event.source === frame.current?.contentWindow && event.data?.type === "ready") show();
    };
    window.addEventListener("message", hear);
    show();
    return () => window.removeEventListener("message", hear);
  }, [manifest, atMs]);
  return (
    <Box mx="auto" w={`min(100%, calc(68dvh * ${ratio}))`}>
      <Box bg="var(--bezel)" p={6} bdrs="md">
        <iframe
          ref={frame}
          src="/player/preview"
          sandbox="allow-scripts"
          title={title}
          style={{ display: "block", width: "100%", aspectRatio: ratio, border: 0, background: "#000" }}
        />
      </Box>
    </Box>
  );
}
