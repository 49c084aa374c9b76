// SPDX-License-Identifier: Apache-2.0
import { Avatar } from "../parts/Avatar";
import type { Case } from "../protocol";
import { to } from "../route";

export function ContrastCard({ item }: { item: Case }) {
  if (!item.contrast) return null;
  return (
    <li class="card case" data-testid={`contrast-${item.contrast.id}`}>
      <div class="case-head">
        <Avatar name={item.character.name} />
        <div>
          <h3>
            <a href={to.contrast(item.contrast.id)}>{item.contrast.title}</a>
          </h3>
          <p class="muted">
            {item.character.name}, {item.character.role}
          </p>
        </div>
      </div>
      <p>{item.contrast.about}</p>
      <p class="facts">
        <span>twice about {item.minutes} minutes</span>
        <span>{item.level}</span>
      </p>
    </li>
  );
}
