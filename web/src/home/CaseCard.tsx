// SPDX-License-Identifier: Apache-2.0
import { Avatar } from "../parts/Avatar";
import type { CaseSummary } from "../protocol";
import { to } from "../route";
import { text } from "../text";
import { levelOf, mode, toldIn } from "../words";
import { Person } from "./Person";
import { Skills } from "./Skills";

export function CaseCard({ item }: { item: CaseSummary }) {
  const kind = mode(item.mode);
  const told = toldIn(item.language);
  return (
    <li class="card case" data-testid={`case-${item.id}`}>
      <div class="case-head">
        <Avatar name={item.character.name} />
        <div>
          <h3>
            <a href={to.brief(item.id)} lang={item.language}>{item.title}</a>
          </h3>
          <Person item={item} />
        </div>
      </div>
      <p>
        <strong class={`mode mode-${item.mode}`}>{kind.name}</strong> {kind.line}
      </p>
      <p class="facts">
        <span>{text("home.about_minutes", { count: item.minutes })}</span>
        <span>{levelOf(item)}</span>
        <span lang={item.language}>{item.model.name}</span>
        {told && <span>{told}</span>}
      </p>
      <Skills item={item} />
    </li>
  );
}
