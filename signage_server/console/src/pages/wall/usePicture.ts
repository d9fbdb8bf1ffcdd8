import { useQuery } from "@tanstack/react-query";
import type { ScreenOut } from "../../api/generated";
import { assetsQuery } from "../../api/queries";
import { nearestRendition } from "./picture";

/** Address of what the board says it shows, in the board's own shape where there is such a picture. */
export function usePicture({ profile, showing }: ScreenOut): string | null {
  const asset = useQuery(assetsQuery).data?.find((asset) => asset.id === showing?.asset_id);
  return (asset && nearestRendition(asset, profile)) ?? showing?.thumbnail_url ?? null;
}
