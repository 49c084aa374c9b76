// SPDX-License-Identifier: Apache-2.0
// The language of the interface. What a case says, and the notes on it, are in the language of the case.
import { keep } from "./keep";
import { Observable } from "./watched";

/** Each is named in its own words, for those who read no other. */
export const LANGUAGES = {
  en: { name: "English", locale: "en-GB", messages: () => import("./made/messages/en") },
  fr: { name: "Français", locale: "fr-FR", messages: () => import("./made/messages/fr") },
};
export type Language = keyof typeof LANGUAGES;

/** As it stands on the page; it changes once the texts are here. */
export const language = new Observable<Language>("en");

let messages: Record<string, (blanks?: object) => string> = {};

export function message(key: string, blanks?: object): string {
  return messages[key]?.(blanks) ?? key;
}

const known = (name: string | null): name is Language => name !== null && name in LANGUAGES;

/** What was chosen, else what the browser asks for first among those that there are. */
export function wantedLanguage(): Language {
  const chosen = keep.choice("language");
  if (known(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.toLowerCase().split("-")[0] ?? "").find(known) ?? "en";
}

export async function showLanguage(wanted: Language): Promise<void> {
  messages = (await LANGUAGES[wanted].messages()).default;
  if (typeof document !== "undefined") document.documentElement.lang = wanted;
  language.set(wanted);
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  await showLanguage(wanted);
  keep.setChoice("language", wanted);
}
