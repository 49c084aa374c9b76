// SPDX-License-Identifier: Apache-2.0
import type { SessionView, Turn } from "../protocol";
import { effectWords } from "../talk/noteWords";
import { Tried } from "../talk/Tried";
import { text } from "../text";
import { heardBefore, type Parted } from "./tries";

interface Props {
  parted: Parted;
  view: SessionView;
  /** Which try it is compared with, from 1. */
  number: number;
}

/** What was said first and what was said now, at the moment that was tried again: what one came back for. */
export function ThatMoment({ parted: { before, after }, view, number }: Props) {
  const [then, now] = [before[0], after[0]];
  if (!then || !now) return null;
  const { character, language } = view.case;
  const heard = heardBefore(view, now);
  return (
    <section class="card that-moment" aria-labelledby="moment-title" data-testid="that-moment">
      <h2 id="moment-title">{text("debrief.moment.title")}</h2>
      {heard !== "" && (
        <p class="muted" dir="auto">
          {text("talk.spoken.who", { name: character.name })} <span lang={language}>{heard}</span>
        </p>
      )}
      <div class="compare">
        <Side title={text("debrief.tries.try", { number })} turn={then} name={character.name} />
        <Side title={text("debrief.moment.now")} turn={now} name={character.name} />
      </div>
    </section>
  );
}

function Side({ title, turn, name }: { title: string; turn: Turn; name: string }) {
  const told = Boolean(turn.why?.disclosure);
  const moved = effectWords(turn.effect).length > 0;
  return (
    <section class="try" aria-label={title}>
      <p class="try-title">{title}</p>
      <Tried turn={turn} name={name} />
      {told ? (
        <p class="try-total small">{text("debrief.moment.told", { name })}</p>
      ) : (
        !moved && <p class="try-total muted small">{text("talk.note.no_effect", { name })}</p>
      )}
    </section>
  );
}
