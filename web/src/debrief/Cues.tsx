// SPDX-License-Identifier: Apache-2.0
import { Icon } from "../parts/Icon";
import type { Debrief } from "../protocol";
import { to } from "../route";
import { messagesUpTo } from "./figures";

interface Props {
  cues: Debrief["cues"];
  session: string;
  numbers: Map<number, number>;
  name: string;
}

export function Cues({ cues, session, numbers, name }: Props) {
  if (cues.length === 0) {
    return (
      <section aria-labelledby="cues-title">
        <h2 id="cues-title">Openings that {name} gave you</h2>
        <p>There was none to be picked up so far. They come as {name} opens up.</p>
      </section>
    );
  }
  const followed = cues.filter((cue) => cue.followed_turn !== null);
  const missed = cues.filter((cue) => cue.followed_turn === null);
  const place = (turn: number): string => (turn === 0 ? "in the opening" : `after message ${messagesUpTo(turn, numbers)}`);

  const list = (items: Debrief["cues"]) => (
    <ul class="plain stack-small">
      {items.map((cue, index) => (
        <li key={`${cue.id}-${index}`} class={`card cue ${cue.followed_turn === null ? "missed" : "followed"}`}>
          <p class="quote" dir="auto">
            {cue.line}
          </p>
          <p class="muted small">
            {name}, {place(cue.offered_turn)}
          </p>
          <p>{cue.why}</p>
          {cue.followed_turn !== null && (
            <a href={to.debrief(session, cue.followed_turn)}>
              You picked it up in message {messagesUpTo(cue.followed_turn, numbers)}
            </a>
          )}
        </li>
      ))}
    </ul>
  );

  return (
    <section aria-labelledby="cues-title">
      <h2 id="cues-title">Openings that {name} gave you</h2>
      <div class="pair">
        <div>
          <h3 class="cue-title">
            <Icon name="strength" />
            Picked up ({followed.length})
          </h3>
          {followed.length > 0 ? list(followed) : <p>None yet. A word given back is often enough.</p>}
        </div>
        <div>
          <h3 class="cue-title">
            <Icon name="consider" />
            Passed by ({missed.length})
          </h3>
          {missed.length > 0 ? list(missed) : <p>None. You were listening closely.</p>}
        </div>
      </div>
    </section>
  );
}
