/** Both languages from the first string: the browser decides, the person's own choice overrules it. */

import dayjs from "dayjs";
import "dayjs/locale/vi";
import "dayjs/locale/en-gb";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import en from "./en.json";
import vi from "./vi.json";

export type Language = "vi" | "en";

const remembered = "signage.language";

/** The language to begin with, before the server has said who is there. */
function firstLanguage(): Language {
  const chosen = localStorage.getItem(remembered);
  if (chosen === "vi" || chosen === "en") return chosen;
  const known = navigator.languages.find((tag) => /^(vi|en)\b/i.test(tag));
  return known?.toLowerCase().startsWith("en") ? "en" : "vi";
}

function follow(language: string): void {
  document.documentElement.lang = language;
  dayjs.locale(language === "vi" ? "vi" : "en-gb");
  document.title = i18next.t("app.name");
}

export function startLanguages(): void {
  i18next.on("languageChanged", follow);
  void i18next.use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: "vi",
    resources: { vi: { translation: vi }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "vi";
}

/** Switch the page at once; whoever is signed in also keeps the choice on the server. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(remembered, language);
  if (language !== i18next.language) void i18next.changeLanguage(language);
}
