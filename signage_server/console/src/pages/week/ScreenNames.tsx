import { Anchor, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WeekScreen } from "../../api/generated";

/** So many names stand there unasked. */
export const most = 6;

interface Props {
  /** The first of them by name. */
  screens: readonly WeekScreen[];
  total: number;
  isOnly: boolean;
}

/** Which screens have this week; where there are many, the first few and how many more. */
export function ScreenNames({ screens, total, isOnly }: Props) {
  const { t } = useTranslation();
  const [isWhole, showWhole] = useState(false);
  const shown = isWhole ? screens : screens.slice(0, most);
  const left = total - shown.length;
  const title = isOnly && total > 1 ? "week.allScreens" : "week.theseScreens";
  return (
    <>
      <Title order={2}>{total === 1 ? screens[0]?.name : t(title, { count: total })}</Title>
      {total > 1 && (
        <Text size="sm">
          {namesOf(shown)}
          {left > 0 && (
            <>
              <span className="only-print">
                {shown.length < screens.length && `, ${namesOf(screens.slice(shown.length))}`}
                {total > screens.length && `, ${t("week.moreScreens", { count: total - screens.length })}`}
              </span>
              <span className="no-print">
                {", "}
                {isWhole || screens.length <= most ? (
                  t("week.moreScreens", { count: left })
                ) : (
                  <Anchor component="button" type="button" fz="inherit" onClick={() => showWhole(true)}>
                    {t("week.moreScreens", { count: left })}
                  </Anchor>
                )}
              </span>
            </>
          )}
        </Text>
      )}
    </>
  );
}

const namesOf = (screens: readonly WeekScreen[]) => screens.map(({ name }) => name).join(", ");
