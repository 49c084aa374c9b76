// SPDX-License-Identifier: Apache-2.0
import type { Case, DrillList } from "../protocol";
import { to } from "../route";
import { plural, when } from "../words";

type Standing = DrillList["drills"][number];

function standingWords({ due, new: fresh, firm, exercises, next }: Standing): string {
  if (fresh === exercises) return `${plural(exercises, "exercise")}, all new to you`;
  if (due > 0) return `${plural(due, "exercise")} due again; ${firm} of ${exercises} sit`;
  if (fresh > 0) return `${plural(fresh, "exercise")} still new; ${firm} of ${exercises} sit`;
  return next ? `Nothing due before ${when(next)}; ${firm} of ${exercises} sit` : `${firm} of ${exercises} sit`;
}

export function DrillCard({ item, standing }: { item: Case; standing: Standing | null }) {
  return (
    <li class="card case drill" data-testid={`case-${item.id}`}>
      <h3>
        <a href={to.brief(item.id)}>{item.title}</a>
      </h3>
      <p>{item.aim}</p>
      <p class="facts">
        <span>about {item.minutes} minutes</span>
        <span>{item.level}</span>
      </p>
      {standing && (
        <p class={standing.due > 0 ? "due" : "muted small"} data-testid={`standing-${item.id}`}>
          {standingWords(standing)}
        </p>
      )}
    </li>
  );
}
