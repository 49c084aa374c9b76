// SPDX-License-Identifier: Apache-2.0
import { Icon } from "../parts/Icon";
import type { Debrief } from "../protocol";
import { to } from "../route";
import { text } from "../text";
import { messagesUpTo } from "./figures";

interface Props {
  debrief: Debrief;
  numbers: Map<number, number>;
}

export function Cues({ debrief, numbers }: Props) {
  const { cues, session } = debrief;
  const { character: name, language } = debrief.case;
  if (cues.length === 0) {
    return (
      <section aria-labelledby="cues-title">
        <h2 id="cues-title">{text("debrief.cues.title", { name })}</h2>
        <p>{text("debrief.cues.none", { name })}</p>
      </section>
    );
  }
  const followed = cues.filter((cue) => cue.followed_turn !== null);
  const missed = cues.filter((cue) => cue.followed_turn === null);
  const place = (turn: number): string =>
    turn === 0 ? text("debrief.cues.in_opening", { name }) : text("debrief.cues.after", { name, number: messagesUpTo(turn, numbers) });

  const list = (items: Debrief["cues"]) => (
    <ul class="plain stack-small">
      {items.map((cue, index) => (
        <li key={`${cue.id}-${index}`} class={`card cue ${cue.followed_turn === null ? "missed" : "followed"}`}>
          <p class="quote" dir="auto" lang={language}>
            {cue.line}
          </p>
          <p class="muted small">{place(cue.offered_turn)}</p>
          <p lang={language}>{cue.why}</p>
          {cue.followed_turn !== null && (
            <a href={to.debrief(session, cue.followed_turn)}>
              {text("debrief.cues.picked_up_in", { number: messagesUpTo(cue.followed_turn, numbers) })}
            </a>
          )}
        </li>
      ))}
    </ul>
  );

  return (
    <section aria-labelledby="cues-title">
      <h2 id="cues-title">{text("debrief.cues.title", { name })}</h2>
      <div class="pair">
        <div>
          <h3 class="cue-title">
            <Icon name="strength" />
            {text("debrief.cues.picked_up", { count: followed.length })}
          </h3>
          {followed.length > 0 ? list(followed) : <p>{text("debrief.cues.none_picked_up")}</p>}
        </div>
        <div>
          <h3 class="cue-title">
            <Icon name="consider" />
            {text("debrief.cues.passed_by", { count: missed.length })}
          </h3>
          {missed.length > 0 ? list(missed) : <p>{text("debrief.cues.none_passed_by")}</p>}
        </div>
      </div>
    </section>
  );
}
