// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary } from "../protocol";
import { text } from "../text";

export function Skills({ item: { skills, language } }: { item: CaseSummary }) {
  if (skills.length === 0) return null;
  return (
    <div class="skills">
      <span class="muted">{text("home.skills")}</span>
      <ul class="plain chips">
        {skills.map((skill) => (
          <li key={skill.id} class="chip" lang={language}>
            {skill.name}
          </li>
        ))}
      </ul>
    </div>
  );
}
