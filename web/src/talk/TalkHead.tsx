// SPDX-License-Identifier: Apache-2.0
import { Avatar } from "../parts/Avatar";
import type { SessionView } from "../protocol";
import { text } from "../text";
import { mode } from "../words";

export function TalkHead({ view }: { view: SessionView }) {
  const { character, language } = view.case;
  const kind = mode(view.case.mode);
  return (
    <header class="talk-head">
      <Avatar name={character.name} />
      <div class="talk-who">
        <h1 tabIndex={-1}>{character.name}</h1>
        <p class="muted small">
          {kind.name} · <span lang={language}>{view.case.title}</span>
        </p>
      </div>
      <details class="talk-brief">
        <summary>{text("talk.head.brief")}</summary>
        <p lang={language}>{view.case.situation}</p>
        <p>
          <strong>{text("talk.head.your_role")}</strong> <span lang={language}>{view.case.your_role}</span>
        </p>
        <p>
          <strong>{text("talk.head.your_aim")}</strong> <span lang={language}>{view.case.aim}</span>
        </p>
        <p>
          <strong>{kind.name}.</strong> {kind.line}
        </p>
      </details>
    </header>
  );
}
