// SPDX-License-Identifier: Apache-2.0
import { Avatar } from "../parts/Avatar";
import type { CaseSummary } from "../protocol";
import { to } from "../addresses";
import { text } from "../text";
import { CardLink } from "./CardLink";
import { levelOf, toldIn } from "./caseWords";
import { Done } from "./Done";
import { Person } from "./Person";
import type { CaseRecord } from "./record";

export function ContrastCard({ item, record }: { item: CaseSummary; record: CaseRecord }) {
  if (!item.contrast) return null;
  const told = toldIn(item.language);
  return (
    <li class="card case" data-testid={`contrast-${item.contrast.id}`}>
      <div class="case-head">
        <Avatar name={item.character.name} />
        <div>
          <h3>
            <CardLink address={to.contrast(item.contrast.id)} title={item.contrast.title} language={item.language} kind={text("home.contrasts_short")} />
          </h3>
          <Person item={item} />
        </div>
      </div>
      <p lang={item.language}>{item.contrast.about}</p>
      <p class="facts">
        <span>{text("home.twice_about_minutes", { count: item.minutes })}</span>
        <span>{levelOf(item)}</span>
        {told && <span>{told}</span>}
      </p>
      <Done record={record} />
    </li>
  );
}
