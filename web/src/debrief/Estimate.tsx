// SPDX-License-Identifier: Apache-2.0
import { useId, useMemo, useState } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import type { SessionView } from "../protocol";
import { Choices } from "../settings/Choices";
import { messageNumbers } from "../thread";
import { WENT } from "./estimate";

interface Props {
  notes: Notes;
  view: SessionView;
  onSkip: () => void;
}

const SHOWN = 60;
const shorten = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN).trimEnd()}…` : text);

/** The trainee's own estimate, before anything is shown: guessing one's result first makes feedback stick. */
export function Estimate({ notes, view, onSkip }: Props) {
  const { problem, saving } = useObservable(notes.state);
  const [went, setWent] = useState<number | null>(null);
  const [asked, setAsked] = useState(false);
  const skill = useId();
  const best = useId();
  const numbers = useMemo(() => messageNumbers(view.turns), [view.turns]);
  const said = view.turns.filter((turn) => numbers.has(turn.turn));
  const failed = problem?.about.startsWith("self.") ? problem.text : null;

  const save = (event: Event): void => {
    event.preventDefault();
    setAsked(went === null);
    if (went === null) return;
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const own = { "self.skill": String(form.get("skill") ?? ""), "self.best": String(form.get("best") ?? "") };
    for (const [about, text] of Object.entries(own)) {
      if (text === "") continue;
      notes.type(about, text);
      void notes.save(about);
    }
    notes.type("self.went", String(went));
    void notes.save("self.went");
  };

  return (
    <form class="wide estimate" onSubmit={save} data-testid="estimate">
      <h1 tabIndex={-1}>Before you look</h1>
      <p class="lead">How do you see this conversation? A guess of your own, before the figures, makes them worth more. It stands in your transcript as your own view.</p>
      <Choices
        testId="went"
        legend="How did it go?"
        options={WENT.map((name, index) => ({ value: index + 1, name }))}
        chosen={went}
        onChoose={(value) => {
          setWent(value);
          setAsked(false);
        }}
      />
      <p class="estimate-field">
        <label for={skill}>Which skill did you work on?</label>
        <select id={skill} name="skill">
          <option value="">None in particular</option>
          {view.case.skills.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </p>
      <p class="estimate-field">
        <label for={best}>Which was your best moment?</label>
        <select id={best} name="best">
          <option value="">I could not say</option>
          {said.map((turn) => (
            <option key={turn.turn} value={String(turn.turn)}>
              {numbers.get(turn.turn)}. {shorten(turn.text)}
            </option>
          ))}
        </select>
      </p>
      {asked && <p role="alert">Say how it went, or go on without an estimate.</p>}
      {failed && <p role="alert">{failed}</p>}
      <p class="muted small" role="status">
        {saving.includes("self.went") ? "Saving… without a connection it waits until that is back." : ""}
      </p>
      <p class="actions">
        <button type="submit" data-testid="rate">
          Show me the debrief
        </button>
        <button type="button" class="secondary" data-testid="skip-estimate" onClick={onSkip}>
          Go on without
        </button>
      </p>
    </form>
  );
}
