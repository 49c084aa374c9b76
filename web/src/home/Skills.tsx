// SPDX-License-Identifier: Apache-2.0
import type { Case } from "../protocol";

export function Skills({ skills }: { skills: Case["skills"] }) {
  if (skills.length === 0) return null;
  return (
    <div class="skills">
      <span class="muted">Good for practising</span>
      <ul class="plain chips">
        {skills.map((skill) => (
          <li key={skill.id} class="chip">
            {skill.name}
          </li>
        ))}
      </ul>
    </div>
  );
}
