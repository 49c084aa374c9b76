// SPDX-License-Identifier: Apache-2.0
import { useId, useMemo, useState } from "preact/hooks";
import { messageNumbers } from "../messageNumbers";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import type { SessionView } from "../protocol";
import { Choices } from "../settings/Choices";
import { text } from "../text";
import { type EstimateDraft, keepEstimateDraft, readEstimateDraft } from "./kept";
import { aboutOwn } from "./tries";
import { WENT, wentWords } from "./went";

interface Props {
  notes: Notes;
  view: SessionView;
  /** The turn that ended it. */
  end: number;
  /** It was ended before, and tried again: only how it went this time is asked. */
  again: boolean;
  /** Null: the notes come once one has rated oneself. */
  onSkip: (() => void) | null;
}

const NOTHING: EstimateDraft = { went: null, skill: "", best: "" };
const SHOWN = 60;
const shorten = (words: string): string => (words.length > SHOWN ? `${words.slice(0, SHOWN).trimEnd()}…` : words);

/** The trainee's own estimate, before anything is shown: guessing one's result first makes feedback stick. */
export function Estimate({ notes, view, end, again, onSkip }: Props) {
  const place = `${view.session}.${end}`;
  const { problem, saving } = useObservable(notes.state);
  const [draft, setDraft] = useState(readEstimateDraft(place) ?? NOTHING);
  const { went } = draft;
  const choose = (change: Partial<EstimateDraft>): void => {
    keepEstimateDraft(place, { ...draft, ...change });
    setDraft({ ...draft, ...change });
  };
  const [asked, setAsked] = useState(false);
  const { language } = view.case;
  const skill = useId();
  const best = useId();
  const numbers = useMemo(() => messageNumbers(view.turns), [view.turns]);
  const said = view.turns.filter((turn) => numbers.has(turn.turn));
  const last = view.turns.find((turn) => turn.turn === end)?.reply.filter(({ voice }) => voice === "character").map((line) => line.text).join(" ");
  const failed = problem?.about.startsWith("self.") ? problem.text : null;

  const save = (event: Event): void => {
    event.preventDefault();
    setAsked(went === null);
    if (went === null) return;
    for (const [about, chosen] of [[aboutOwn("skill", end), draft.skill], [aboutOwn("best", end), draft.best], [aboutOwn("went", end), String(went)]] as const) {
      if (chosen === "") continue;
      notes.type(about, chosen);
      void notes.save(about);
    }
    keepEstimateDraft(place, null);
  };

  return (
    <form class="wide estimate" onSubmit={save} data-testid="estimate">
      <h1 tabIndex={-1}>{text(again ? "debrief.estimate.again" : "debrief.estimate.title")}</h1>
      <p class="lead">{text(again ? "debrief.estimate.again_lead" : "debrief.estimate.lead")}</p>
      {last && (
        <div data-testid="last-words">
          <p class="muted small">{text("debrief.ending.last_words")}</p>
          <p class="quote" dir="auto" lang={language}>
            {last}
          </p>
        </div>
      )}
      <Choices
        testId="went"
        legend={text("debrief.estimate.went")}
        options={WENT.map((value) => ({ value, name: wentWords(value) }))}
        chosen={went}
        onChoose={(value) => {
          choose({ went: value });
          setAsked(false);
        }}
      />
      {!again && (
        <>
          <p class="estimate-field">
            <label for={skill}>{text("debrief.estimate.skill")}</label>
            <select id={skill} value={draft.skill} onChange={(event) => choose({ skill: event.currentTarget.value })}>
              <option value="">{text("debrief.estimate.no_skill")}</option>
              {view.case.skills.map(({ id, name }) => (
                <option key={id} value={id} lang={language}>
                  {name}
                </option>
              ))}
            </select>
          </p>
          <p class="estimate-field">
            <label for={best}>{text("debrief.estimate.best")}</label>
            <select id={best} value={draft.best} onChange={(event) => choose({ best: event.currentTarget.value })}>
              <option value="">{text("debrief.estimate.no_best")}</option>
              {said.map((turn) => (
                <option key={turn.turn} value={String(turn.turn)} lang={language}>
                  {numbers.get(turn.turn)}. {shorten(turn.text)}
                </option>
              ))}
            </select>
          </p>
        </>
      )}
      {asked && <p role="alert">{text(onSkip ? "debrief.estimate.asked" : "debrief.estimate.asked_first")}</p>}
      {failed && <p role="alert">{failed}</p>}
      <p class="muted small" role="status">
        {saving.includes(aboutOwn("went", end)) ? text("debrief.estimate.saving") : ""}
      </p>
      <p class="actions">
        <button type="submit" data-testid="rate">
          {text("debrief.estimate.show")}
        </button>
        {onSkip && (
          <button type="button" class="secondary" data-testid="skip-estimate" onClick={onSkip}>
            {text("debrief.estimate.skip")}
          </button>
        )}
      </p>
    </form>
  );
}
