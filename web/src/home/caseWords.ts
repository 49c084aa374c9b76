// SPDX-License-Identifier: Apache-2.0
// What is said of a case wherever it is offered.
import { LANGUAGES, language } from "../language";
import type { CaseSummary } from "../protocol";
import { text } from "../text";

/** How much a case asks of a trainee: "first steps". */
export function levelOf(item: CaseSummary): string {
  return text("words.level", { id: item.level.replaceAll(" ", "_"), level: item.level });
}

/** "in French", for what is not in the language of these pages; null for what is. */
export function toldIn(told: string): string | null {
  if (told.split("-")[0] === language.value) return null;
  const names = new Intl.DisplayNames(LANGUAGES[language.value].locale, { type: "language" });
  return text("words.told_in", { language: names.of(told) ?? told });
}
