import { Center, Image } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";

interface Props {
  url: string | null;
  alt: string;
  /** Width over height of the box; the picture keeps its own shape inside. */
  ratio?: number;
  width?: number | string;
}

/** A picture of a slide in its real shape, on a calm ground. */
export function Thumb({ url, alt, ratio = 16 / 9, width = "100%" }: Props) {
  return (
    <Center w={width} bg="var(--wall)" bdrs="sm" style={{ aspectRatio: ratio, overflow: "hidden" }}>
      {url ? (
        <Image src={url} alt={alt} fit="contain" h="100%" w="100%" loading="lazy" radius={0} />
      ) : (
        <IconPhoto size={28} stroke={1.3} color="var(--mantine-color-gray-5)" aria-hidden />
      )}
    </Center>
  );
}
