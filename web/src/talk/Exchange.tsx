// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../parts/Icon";
import type { Pacing } from "../pacing";
import type { Line, Turn } from "../protocol";
import { Marked } from "./Marked";
import { Note } from "./Note";
import { NoteBox } from "./NoteBox";
import { OwnNote } from "./OwnNote";
import { Spoken } from "./Spoken";
import { Typing } from "./Typing";

interface Props {
  name: string;
  /** Which of the trainee's messages this is; null for one that was set aside. */
  number: number | null;
  text: string | null;
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

const STATES = { sending: "Sending…", kept: "Kept in this browser; sent as soon as the connection is back" };

/** What the trainee said, the note in the margin, and what came back. */
export function Exchange({ name, number, text, turn, lines, waiting, pacing, here, notesOpen = false, noteShown = true, onRetake }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!here) return;
    place.current?.scrollIntoView({ block: "center" });
    const again = place.current?.querySelector<HTMLElement>("[data-testid=retake]");
    (again ?? place.current)?.focus({ preventScroll: true });
  }, [here]);

  return (
    <div class={here ? "exchange here" : "exchange"} ref={place} tabIndex={-1}>
      {text !== null && (
        <div class="mine" aria-live="off">
          <p class="bubble own" dir="auto">
            <span class="unseen">You{number !== null && ` (message ${number})`}: </span>
            {turn && noteShown ? <Marked turn={turn} /> : text}
          </p>
          <p class="under">
            {turn !== null && turn.masked > 0 && <span>Personal details hidden before saving</span>}
            {waiting ? <span>{STATES[waiting]}</span> : <span class="saved">Saved</span>}
            {onRetake && !pacing && turn?.primary && (
              <button type="button" class="link" data-testid="retake" onClick={onRetake}>
                <Icon name="back" />
                Try again from here<span class="unseen"> (message {number})</span>
              </button>
            )}
          </p>
          {turn && !pacing && <OwnNote turn={turn.turn} number={number} />}
        </div>
      )}
      {turn && text !== null && !pacing && noteShown && <Note turn={turn} name={name} startOpen={notesOpen} />}
      <div class="theirs">
        <Spoken lines={lines} name={name} />
        {pacing && <Typing name={name} onSkip={pacing.skip} />}
        {turn?.prompt && !pacing && <NoteBox about={turn.prompt} label="Your answer, if you like; it goes into your transcript" />}
        {turn?.stage.changed && !pacing && <p class="stage-change">The conversation has moved to {turn.stage.name}.</p>}
      </div>
    </div>
  );
}
