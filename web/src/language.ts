// SPDX-License-Identifier: Apache-2.0
// The language of the interface. What a case says, and the notes on it, are in the language of the case.
import { keepChoice, readChoice } from "./choices";
import { Observable } from "./watched";

/** Each is named in its own words, for those who read no other. */
export const LANGUAGES = {
  en: {
    name: "English",
    locale: "en-GB",
    first: () => import("./made/messages/en_first"),
    rest: () => import("./made/messages/en_rest"),
    screens: () => import("./made/messages/en_screens"),
  },
  fr: {
    name: "Français",
    locale: "fr-FR",
    first: () => import("./made/messages/fr_first"),
    rest: () => import("./made/messages/fr_rest"),
    screens: () => import("./made/messages/fr_screens"),
  },
};
export type Language = keyof typeof LANGUAGES;

/** As it stands on the page; it changes once the texts are here. */
export const language = new Observable<Language>("en");

const messages: { [L in Language]?: Record<string, (blanks?: object) => string> } = {};

export function message(key: string, blanks?: object): string {
  return messages[language.value]?.[key]?.(blanks) ?? key;
}

type Piece = "first" | "rest" | "screens";

/** `first` is what a conversation begins with, `rest` what else is said in it; `screens` is what only other screens say. */
async function fetchTexts(wanted: Language, piece: Piece): Promise<void> {
  const texts = await LANGUAGES[wanted][piece]();
  messages[wanted] = { ...messages[wanted], ...texts.default };
}

function show(wanted: Language): void {
  if (typeof document !== "undefined") document.documentElement.lang = wanted;
  language.set(wanted);
}

const known = (name: string | null): name is Language => name !== null && name in LANGUAGES;

/** What was chosen, else what the browser asks for first among those that there are. */
export function wantedLanguage(): Language {
  const chosen = readChoice("language");
  if (known(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.toLowerCase().split("-")[0] ?? "").find(known) ?? "en";
}

let coming: Language = "en";

export async function showLanguage(wanted: Language): Promise<void> {
  coming = wanted;
  await Promise.all((["first", "rest", "screens"] as const).map((piece) => fetchTexts(wanted, piece)));
  show(wanted);
}

/** As soon as a conversation can begin in it; whatever else is shown waits for fetchRest() or fetchAll(). */
export async function beginLanguage(wanted: Language): Promise<void> {
  coming = wanted;
  await fetchTexts(wanted, "first");
  show(wanted);
}

export const fetchRest = (): Promise<void> => fetchTexts(coming, "rest");

export const fetchAll = async (): Promise<void> => void (await Promise.all([fetchRest(), fetchTexts(coming, "screens")]));

export async function chooseLanguage(wanted: Language): Promise<void> {
  await showLanguage(wanted);
  keepChoice("language", wanted);
}
