// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from "../protocol";
import { text } from "../text";

/** What a case is good for, to be read: there is nothing to press. */
export function Skills({ item: { skills, language } }: { item: CaseSummary }) {
  if (skills.length === 0) return null;
  return (
    <>
      <h2>{text("home.skills")}</h2>
      <ul class="plain skills">
        {skills.map((skill) => (
          <li key={skill.id} lang={language}>
            {skill.name}
          </li>
        ))}
      </ul>
    </>
  );
}
