// SPDX-License-Identifier: Apache-2.0
import { Avatar } from "../parts/Avatar";
import type { Case } from "../protocol";
import { to } from "../route";
import { mode } from "../words";
import { Skills } from "./Skills";

export function CaseCard({ item }: { item: Case }) {
  const kind = mode(item.mode);
  return (
    <li class="card case" data-testid={`case-${item.id}`}>
      <div class="case-head">
        <Avatar name={item.character.name} />
        <div>
          <h3>
            <a href={to.brief(item.id)}>{item.title}</a>
          </h3>
          <p class="muted">
            {item.character.name}, {item.character.role}
          </p>
        </div>
      </div>
      <p>
        <strong class={`mode mode-${item.mode}`}>{kind.name}</strong> {kind.line}
      </p>
      <p class="facts">
        <span>about {item.minutes} minutes</span>
        <span>{item.level}</span>
        <span>{item.model.name}</span>
      </p>
      <Skills skills={item.skills} />
    </li>
  );
}
