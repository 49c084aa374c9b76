// SPDX-License-Identifier: Apache-2.0
import { Avatar } from "../parts/Avatar";
import type { CaseSummary } from "../protocol";
import { to } from "../addresses";
import { text } from "../text";
import { mode } from "../words";
import { CardLink } from "./CardLink";
import { levelOf, toldIn } from "./caseWords";
import { Done } from "./Done";
import { Person } from "./Person";
import type { CaseRecord } from "./record";
import { SkillsLine } from "./SkillsLine";

export function CaseCard({ item, record }: { item: CaseSummary; record: CaseRecord }) {
  const told = toldIn(item.language);
  return (
    <li class="card case" data-testid={`case-${item.id}`}>
      <div class="case-head">
        <Avatar name={item.character.name} />
        <div>
          <h3>
            <CardLink address={to.brief(item.id)} title={item.title} language={item.language} kind={mode(item.mode).name} />
          </h3>
          <Person item={item} />
        </div>
      </div>
      <p class="about" lang={item.language}>{item.about}</p>
      <p class="facts">
        <span class={`mode mode-${item.mode}`}>{mode(item.mode).name}</span>
        <span>{text("home.about_minutes", { count: item.minutes })}</span>
        <span>{levelOf(item)}</span>
        <span lang={item.language}>{item.model.name}</span>
        {told && <span>{told}</span>}
      </p>
      <SkillsLine item={item} />
      <Done record={record} />
    </li>
  );
}
