// SPDX-License-Identifier: Apache-2.0
import { useContext, useEffect, useRef } from "preact/hooks";
import { Icon } from "../parts/Icon";
import type { Pacing } from "../pacing";
import type { Line, Turn } from "../protocol";
import { marked, text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { Marked } from "./Marked";
import { Note } from "./Note";
import { NoteBox } from "./NoteBox";
import { OwnNote } from "./OwnNote";
import { SILENCE } from "./silence";
import { Spoken } from "./Spoken";
import { Typing } from "./Typing";
import { unseen } from "./unseen";

interface Props {
  name: string;
  /** Which of the trainee's messages this is; null for one that was set aside. */
  number: number | null;
  /** What the trainee said. */
  said: string | null;
  turn: Turn | null;
  lines: Line[];
  waiting?: "sending" | "kept";
  pacing?: Pacing | null;
  /** The reader was sent to this moment. */
  here?: boolean;
  notesOpen?: boolean;
  noteShown?: boolean;
  onRetake?: () => void;
}

/** What the trainee said, the note in the margin, and what came back. */
export function Exchange({ name, number, said, turn, lines, waiting, pacing, here, notesOpen = false, noteShown = true, onRetake }: Props) {
  const language = useContext(CaseLanguage);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!here) return;
    place.current?.scrollIntoView({ block: "center" });
    const again = place.current?.querySelector<HTMLElement>("[data-testid=retake]");
    (again ?? place.current)?.focus({ preventScroll: true });
  }, [here]);

  return (
    <div class={here ? "exchange here" : "exchange"} ref={place} tabIndex={-1}>
      {said !== null && (
        <div class="mine" aria-live="off">
          <p class="bubble own" dir="auto">
            <span class="unseen">{number === null ? text("talk.exchange.you") : text("talk.exchange.you_numbered", { number })} </span>
            {said === SILENCE ? (
              <>
                <span aria-hidden="true">{said}</span>
                <span class="unseen">{text("talk.exchange.silent")}</span>
              </>
            ) : (
              <span lang={language}>{turn && noteShown ? <Marked turn={turn} /> : said}</span>
            )}
          </p>
          <p class="under">
            {turn !== null && turn.masked > 0 && <span>{text("talk.exchange.masked")}</span>}
            {waiting ? <span>{text(`talk.exchange.${waiting}`)}</span> : <span class="saved">{text("talk.exchange.saved")}</span>}
            {onRetake && !pacing && turn?.primary && number !== null && (
              <button type="button" class="link" data-testid="retake" onClick={onRetake}>
                <Icon name="back" />
                {marked("talk.exchange.retake", { unseen }, { number })}
              </button>
            )}
          </p>
          {turn && !pacing && <OwnNote turn={turn.turn} number={number} />}
        </div>
      )}
      {turn && said !== null && !pacing && noteShown && <Note turn={turn} name={name} startOpen={notesOpen} />}
      <div class="theirs">
        <Spoken lines={lines} name={name} />
        {pacing && <Typing name={name} onSkip={pacing.skip} />}
        {turn?.prompt && !pacing && <NoteBox about={turn.prompt} label={text("talk.exchange.answer")} />}
        {turn?.stage.changed && !pacing && (
          <p class="stage-change">
            {marked("talk.exchange.stage", { stage: (name) => <span lang={language}>{name}</span> }, { stage: turn.stage.name })}
          </p>
        )}
      </div>
    </div>
  );
}
