// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from "../protocol";
import { marked } from "../text";

/** Who the trainee will meet, and as what. */
export function Person({ item: { character, language }, aged = false }: { item: CaseSummary; aged?: boolean }) {
  const { name, age, role } = character;
  const marks = { role: (inside: string) => <span lang={language}>{inside}</span> };
  return (
    <p class="muted">
      {aged && age !== null ? marked("home.person_aged", marks, { name, age, role }) : marked("home.person", marks, { name, role })}
    </p>
  );
}
