// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from "../protocol";

export interface Groups {
  tutorial: CaseSummary[];
  drills: CaseSummary[];
  cases: CaseSummary[];
  /** One side of each contrast stands for both. */
  contrasts: CaseSummary[];
}

const LEVELS = ["first steps", "developing", "stretching"];

/** In the order in which a trainee would meet them: first steps first. */
export function groupCases(cases: CaseSummary[]): Groups {
  const sorted = [...cases].sort(
    (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.title.localeCompare(b.title),
  );
  return {
    tutorial: sorted.filter((item) => item.tutorial),
    drills: sorted.filter((item) => item.mode === "drill" && !item.tutorial),
    cases: sorted.filter((item) => item.mode !== "drill" && !item.contrast && !item.tutorial),
    contrasts: sorted.filter((item) => item.contrast && item.mode === "coaching"),
  };
}

/** What is shown at first, and what is folded: what was done before comes last. One more is not worth a fold. */
export function atFirst(items: CaseSummary[], few: number, done: (item: CaseSummary) => boolean): [CaseSummary[], CaseSummary[]] {
  if (items.length <= few + 1) return [items, []];
  const sorted = [...items.filter((item) => !done(item)), ...items.filter(done)];
  return [sorted.slice(0, few), sorted.slice(few)];
}
