// SPDX-License-Identifier: Apache-2.0
import type { Debrief, SessionView } from "../protocol";
import { to } from "../addresses";
import { text } from "../text";
import { momentToTry } from "./moment";
import { nextStep } from "./worded";

interface Props {
  debrief: Debrief;
  view: SessionView;
  /** All of the conversation: what was set aside since cannot be tried again. */
  whole: SessionView;
  numbers: Map<number, number>;
  /** The debrief of the try before. */
  before: Debrief | null;
}

export function Next({ debrief, view, whole, numbers, before }: Props) {
  const next = nextStep(debrief);
  const told = momentToTry(view.turns, debrief);
  const moment = told && whole.turns.some(({ turn, set_aside: aside }) => turn === told.turn && !aside) ? told : null;
  return (
    <section class="card next" aria-labelledby="next-title">
      <h2 id="next-title">{text("debrief.next.title")}</h2>
      <p class="next-what">{next.what}</p>
      <p>{next.why}</p>
      {before?.next.id === debrief.next.id && <p class="muted small">{text("debrief.next.as_before", { number: (moment && numbers.get(moment.turn)) ?? 0 })}</p>}
      {next.example && (
        <>
          <p class="unseen">{text("debrief.next.for_example")}</p>
          <p class="quote" lang={next.general ? undefined : debrief.case.language}>
            {next.example}
          </p>
        </>
      )}
      <ul class="plain links">
        {moment && (
          <li>
            <a class="button" href={to.talk(view.session, moment.turn)} data-testid="try-again">
              {text("debrief.next.again")}
            </a>
            <p class="muted small">
              {text("debrief.next.again_meaning", { number: numbers.get(moment.turn) ?? 0, ended: whole.ended === null ? "no" : "yes" })}
            </p>
          </li>
        )}
        <li>
          <a href={to.brief(view.case.id)}>{text("debrief.next.afresh", { name: view.case.character.name })}</a>
        </li>
      </ul>
    </section>
  );
}
