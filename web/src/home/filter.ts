// SPDX-License-Identifier: Apache-2.0
// Which cases a trainee wants to see. An empty choice leaves everything in.
import type { CaseSummary } from "../protocol";
import { text } from "../text";
import { levelOf, mode as modeWords } from "../words";

export interface Filter {
  mode: string;
  model: string;
  skill: string;
  level: string;
  minutes: string;
  programme: string;
}

export const EVERYTHING: Filter = { mode: "", model: "", skill: "", level: "", minutes: "", programme: "" };

export function fits(item: CaseSummary, filter: Filter): boolean {
  return (
    (filter.mode === "" || item.mode === filter.mode) &&
    (filter.model === "" || item.model.id === filter.model) &&
    (filter.level === "" || item.level === filter.level) &&
    (filter.minutes === "" || item.minutes <= Number(filter.minutes)) &&
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
    mode: distinct(cases.map(({ mode }) => ({ value: mode, name: modeWords(mode).name }))),
    model: distinct(cases.map(({ model, language }) => ({ value: model.id, name: model.name, lang: language }))),
    skill: distinct(cases.flatMap(({ skills, language }) => skills.map(({ id, name }) => ({ value: id, name, lang: language })))),
    level: distinct(cases.map((item) => ({ value: item.level, name: levelOf(item) }))),
    minutes: MINUTES.filter((most) => cases.some(({ minutes }) => minutes <= most) && cases.some(({ minutes }) => minutes > most)).map(
      (most) => ({ value: String(most), name: text("home.filters.minutes_at_most", { most }) }),
    ),
    programme: distinct(
      cases.flatMap(({ programmes }) => programmes.map((code) => code.split(".")[0] ?? code)).map((body) => ({ value: body, name: body.toUpperCase() })),
    ),
  };
  for (const key of Object.keys(all) as (keyof Filter)[]) if (key !== "minutes" && all[key].length < 2) all[key] = [];
  return all;
}
