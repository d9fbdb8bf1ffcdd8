import { useQuery } from "@tanstack/react-query";
import type { ScreenOut } from "../../api/generated";
import { assetsQuery } from "../../api/queries";

/** Address of what the board says it shows: the rendition of its own shape, else the thumbnail. */
export function usePicture({ profile, showing }: ScreenOut): string | null {
  const asset = useQuery(assetsQuery).data?.find((asset) => asset.id === showing?.asset_id);
  const own = asset?.renditions.find((rendition) => rendition.profile === profile);
  return own?.url ?? showing?.thumbnail_url ?? null;
}
