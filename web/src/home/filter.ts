// SPDX-License-Identifier: Apache-2.0
// Which cases a trainee wants to see. An empty choice leaves everything in.
import type { CaseSummary } from "../protocol";
import { text } from "../text";
import { mode as modeWords } from "../words";
import { levelOf } from "./caseWords";

export interface Filter {
  mode: string;
  model: string;
  skill: string;
  level: string;
  minutes: string;
  programme: string;
}

export const EVERYTHING: Filter = { mode: "", model: "", skill: "", level: "", minutes: "", programme: "" };

/** Both sides of a contrast are met in turn. */
export const minutesOf = (item: CaseSummary): number => (item.contrast ? 2 : 1) * item.minutes;
const modesOf = (item: CaseSummary): CaseSummary["mode"][] => (item.contrast ? ["coaching", "mentoring"] : [item.mode]);

export function fits(item: CaseSummary, filter: Filter): boolean {
  return (
    (filter.mode === "" || modesOf(item).some((mode) => mode === filter.mode)) &&
    (filter.model === "" || (item.mode !== "drill" && item.model.id === filter.model)) &&
    (filter.level === "" || item.level === filter.level) &&
    (filter.minutes === "" || minutesOf(item) <= Number(filter.minutes)) &&
    (filter.skill === "" || item.skills.some(({ id }) => id === filter.skill)) &&
    (filter.programme === "" || item.programmes.some((code) => code.split(".")[0] === filter.programme))
  );
}

export interface Option {
  value: string;
  name: string;
  /** Of the name, where it comes from a case. */
  lang?: string;
}

function distinct(options: Option[]): Option[] {
  return [...new Map(options.map((option) => [option.value, option])).values()].sort((a, b) => a.name.localeCompare(b.name));
}

const MINUTES = [10, 15, 20, 30];

/** What the cases at hand can be chosen by; nothing is offered where all of them are alike. */
export function optionsOf(cases: CaseSummary[]): Record<keyof Filter, Option[]> {
  const all: Record<keyof Filter, Option[]> = {
    mode: distinct(cases.flatMap(modesOf).map((mode) => ({ value: mode, name: modeWords(mode).name }))),
    model: distinct(cases.filter(({ mode }) => mode !== "drill").map(({ model, language }) => ({ value: model.id, name: model.name, lang: language }))),
    skill: distinct(cases.flatMap(({ skills, language }) => skills.map(({ id, name }) => ({ value: id, name, lang: language })))),
    level: distinct(cases.map((item) => ({ value: item.level, name: levelOf(item) }))),
    minutes: MINUTES.filter((most) => cases.some((item) => minutesOf(item) <= most) && cases.some((item) => minutesOf(item) > most)).map(
      (most) => ({ value: String(most), name: text("home.filters.minutes_at_most", { most }) }),
    ),
    programme: distinct(
      cases.flatMap(({ programmes }) => programmes.map((code) => code.split(".")[0] ?? code)).map((body) => ({ value: body, name: body.toUpperCase() })),
    ),
  };
  for (const key of Object.keys(all) as (keyof Filter)[]) if (key !== "minutes" && all[key].length < 2) all[key] = [];
  return all;
}
