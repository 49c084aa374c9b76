// SPDX-License-Identifier: Apache-2.0
import type { CaseSummary, DrillList } from "../protocol";
import { to } from "../addresses";
import { text, when } from "../text";
import { mode } from "../words";
import { CardLink } from "./CardLink";
import { levelOf, toldIn } from "./caseWords";

type Standing = DrillList["drills"][number];

function standingWords({ due, new: fresh, firm, exercises, next }: Standing): string {
  if (fresh === exercises) return text("home.drill.all_new", { exercises });
  if (due > 0) return text("home.drill.due", { due, firm, exercises });
  if (fresh > 0) return text("home.drill.still_new", { fresh, firm, exercises });
  return next ? text("home.drill.nothing_before", { time: when(next), firm, exercises }) : text("home.drill.firm", { firm, exercises });
}

export function DrillCard({ item, standing }: { item: CaseSummary; standing: Standing | null }) {
  const told = toldIn(item.language);
  return (
    <li class="card case drill" data-testid={`case-${item.id}`}>
      <h3>
        <CardLink address={to.brief(item.id)} title={item.title} language={item.language} kind={mode(item.mode).name} />
      </h3>
      <p lang={item.language}>{item.about}</p>
      <p class="facts">
        <span>{text("home.about_minutes", { count: item.minutes })}</span>
        <span>{levelOf(item)}</span>
        {told && <span>{told}</span>}
      </p>
      {standing && (
        <p class={standing.due > 0 ? "due" : "muted small"} data-testid={`standing-${item.id}`}>
          {standingWords(standing)}
        </p>
      )}
    </li>
  );
}
