// SPDX-License-Identifier: Apache-2.0
import { useContext, useEffect, useState } from "preact/hooks";
import type { Connection } from "../connection";
import type { Notes } from "../notes";
import { Icon } from "../parts/Icon";
import type { Debrief, SessionView } from "../protocol";
import { CaseLanguage } from "../talk/caseLanguage";
import { text } from "../text";
import { isUnrated } from "./kept";
import { momentToTry } from "./moment";
import { endsOf, ownEstimate } from "./tries";
import { nextStep } from "./worded";

export interface AdviceProps {
  connection: Connection;
  /** As it stands: nothing is changed by going back to look. */
  view: SessionView;
  notes: Notes;
  /** The turn that somebody has gone back to. */
  moment: number;
  onShown: () => void;
}

/** There was a debrief to read it in: nobody is told before they have said how they saw it themselves. */
function debriefed({ session, turns }: SessionView, notes: Notes): boolean {
  const ends = endsOf(turns);
  const last = ends[ends.length - 1];
  return last !== undefined && (isUnrated(`${session}.${last.turn}`) || ownEstimate(notes.state.value.notes, "went", last, ends) !== "");
}

/** What the debrief advised to try at this moment, in sight while it is tried; its example for whoever asks for it. */
export function Advice({ connection, view, notes, moment, onShown }: AdviceProps) {
  const language = useContext(CaseLanguage);
  const [debrief, setDebrief] = useState<Debrief | null>(null);
  const { session } = view;
  useEffect(() => {
    let gone = false;
    // Without it one goes on all the same.
    if (debriefed(view, notes)) connection.call("session.debrief", { session }).then((come) => gone || setDebrief(come), () => undefined);
    return () => {
      gone = true;
    };
  }, [connection, session, moment]);
  const here = debrief !== null && momentToTry(view.turns, debrief)?.turn === moment;
  useEffect(() => {
    if (here) onShown();
  }, [here]);
  const step = here ? nextStep(debrief) : null;
  if (!step) return null;
  return (
    <div class="guide advice" data-testid="advice">
      <span class="guide-who">
        <Icon name="hint" />
        {text("talk.advice.title")}
      </span>
      <p class="advice-what">{step.what}</p>
      {step.example && (
        <details>
          <summary>{text("talk.advice.example")}</summary>
          <p class="quote" lang={step.general ? undefined : language}>
            {step.example}
          </p>
        </details>
      )}
    </div>
  );
}
