import { Anchor, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WeekScreen } from "../../api/generated";

const most = 6;

/** Which screens have this week; where there are many, the first few and how many more. */
export function ScreenNames({ screens, isOnly }: { screens: readonly WeekScreen[]; isOnly: boolean }) {
  const { t } = useTranslation();
  const [isWhole, showWhole] = useState(false);
  const shown = isWhole ? screens : screens.slice(0, most);
  const left = screens.length - shown.length;
  const title = isOnly && screens.length > 1 ? "week.allScreens" : "week.theseScreens";
  return (
    <>
      <Title order={2}>{screens.length === 1 ? screens[0]?.name : t(title, { count: screens.length })}</Title>
      {screens.length > 1 && (
        <Text size="sm">
          {namesOf(shown)}
          {left > 0 && (
            <>
              <span className="only-print">{`, ${namesOf(screens.slice(most))}`}</span>
              <span className="no-print">
                {", "}
                <Anchor component="button" type="button" fz="inherit" onClick={() => showWhole(true)}>
                  {t("week.moreScreens", { count: left })}
                </Anchor>
              </span>
            </>
          )}
        </Text>
      )}
    </>
  );
}

const namesOf = (screens: readonly WeekScreen[]) => screens.map(({ name }) => name).join(", ");
