import { useTranslation } from "react-i18next";
import type { Stretch } from "../../api/generated";
import { nameOf } from "./words";

/** Which colour is which schedule; and what the other grounds mean, as far as they occur. */
export function Key({
  stretches,
  tones,
}: {
  stretches: readonly Stretch[];
  tones: ReadonlyMap<string, number>;
}) {
  const { t } = useTranslation();
  const tracks = stretches.flatMap(({ kind, tracks }) => (kind === "play" ? tracks : []));
  const named = new Map(
    tracks.flatMap((track) => (track.schedule_id ? [[track.schedule_id, nameOf(track)]] : [])),
  );
  const kinds = (["off", "fallback", "unknown"] as const).filter((kind) =>
    stretches.some((stretch) => stretch.kind === kind),
  );
  return (
    <ul className="week-key" aria-label={t("week.key")}>
      {[...named].map(([id, name]) => (
        <li key={id}>
          <span className={`week-swatch tone-${tones.get(id) ?? 0}`} aria-hidden />
          {name}
        </li>
      ))}
      {kinds.map((kind) => (
        <li key={kind}>
          <span className={`week-swatch kind-${kind}`} aria-hidden />
          {t(`week.kinds.${kind}`)}
        </li>
      ))}
    </ul>
  );
}
