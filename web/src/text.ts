// SPDX-License-Identifier: Apache-2.0
// The texts of the interface, by key, from messages/LANGUAGE; numbers, times and lists as the language writes them.
import type { ComponentChildren } from "preact";
import { LANGUAGES, language, message } from "./language";
import type { Blanks } from "./made/messages/blanks";

export type Key = keyof Blanks;

export function text<K extends Key>(key: K, ...blanks: Blanks[K]): string {
  return message(key, ...(blanks as [object?]));
}

type Filling = Record<string, string | number>;

/** What the server worded in English, in the language of the interface where its translation is known by `id`. */
export function served(id: string, worded: string, blanks?: Filling): string {
  const key = `served.${id}`;
  const found = message(key, blanks);
  return found === key ? worded : found;
}

/** Stands for "<" in what is filled in: what a person typed is never a mark. */
const LESS = "\uE000";

function unmarked(blanks: object): Filling {
  return Object.fromEntries(Object.entries(blanks).map(([name, value]) => [name, typeof value === "string" ? value.replaceAll("<", LESS) : value]));
}

type Marks = Record<string, (inside: string) => ComponentChildren>;

/** A text with places for elements: "See <link>the guide</link>", filled by `{ link: (inside) => <a ...>{inside}</a> }`. */
export function marked<K extends Key>(key: K, marks: Marks, ...blanks: Blanks[K]): ComponentChildren {
  return placed(message(key, unmarked(blanks[0] ?? {})), marks);
}

/** What the server worded, with such places in its translation; null where there is none. */
export function servedMarked(id: string, marks: Marks, blanks: Filling): ComponentChildren {
  const words = served(id, "", unmarked(blanks));
  return words === "" ? null : placed(words, marks);
}

function placed(words: string, marks: Marks): ComponentChildren {
  const parts = words.split(/<(\w+)>(.*?)<\/\1>/s).map((part) => part.replaceAll(LESS, "<"));
  // Every third part stands between marks; before it comes the name of its mark.
  return parts.map((part, index) => (index % 3 === 1 ? null : index % 3 === 2 ? (marks[parts[index - 1] ?? ""]?.(part) ?? part) : part));
}

const locale = (): string => LANGUAGES[language.value].locale;

export function number(value: number, places = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: places }).format(value);
}

/** "one, two and three" */
export function list(items: string[]): string {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(items);
}

/** The day of a time in UTC, as it is here. */
export function day(time: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(time));
}

/** A time in UTC as it is here; what is no time stays as it is. */
export function when(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(date);
}
