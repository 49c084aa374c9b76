// SPDX-License-Identifier: Apache-2.0
import { Avatar } from "../parts/Avatar";
import type { SessionView } from "../protocol";
import { mode } from "../words";

export function TalkHead({ view }: { view: SessionView }) {
  const { character } = view.case;
  const kind = mode(view.case.mode);
  return (
    <header class="talk-head">
      <Avatar name={character.name} />
      <div class="talk-who">
        <h1 tabIndex={-1}>{character.name}</h1>
        <p class="muted small">
          {kind.name} · {view.case.title}
        </p>
      </div>
      <details class="talk-brief">
        <summary>The brief</summary>
        <p>{view.case.situation}</p>
        <p>
          <strong>Your role.</strong> {view.case.your_role}
        </p>
        <p>
          <strong>Your aim.</strong> {view.case.aim}
        </p>
        <p>
          <strong>{kind.name}.</strong> {kind.line}
        </p>
      </details>
    </header>
  );
}
