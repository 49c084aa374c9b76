// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from "../protocol";
import { marked } from "../text";

/** What a case trains, in one line. */
export function SkillsLine({ item: { skills, language } }: { item: CaseSummary }) {
  if (skills.length === 0) return null;
  const named = skills.map(({ name }) => name.toLowerCase()).join(", ");
  return <p class="muted small">{marked("home.skills_line", { skills: (inside) => <span lang={language}>{inside}</span> }, { skills: named })}</p>;
}
