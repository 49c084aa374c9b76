// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Pacing } from "../pacing";
import type { Line, Turn } from "../protocol";
import { marked, text } from "../text";
import { Attached } from "./Attached";
import { CaseLanguage } from "./caseLanguage";
import { GuideAnswer } from "./GuideAnswer";
import { useHere } from "./here";
import { Marked } from "./Marked";
import { MessageName } from "./messageName";
import { SILENCE } from "./silence";
import { Spoken } from "./Spoken";
import { Typing } from "./Typing";

interface Props {
  name: string;
  /** Which of the trainee's messages this is: "message 3". */
  message: string;
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

/** What the trainee said, what came back, and only then what belongs to the message: it reads as a conversation. */
export function Exchange({ name, message, said, turn, lines, waiting, pacing, here, notesOpen = false, noteShown = true, onRetake }: Props) {
  const language = useContext(CaseLanguage);
  const place = useHere(here === true);

  return (
    <div class={here ? "exchange here" : "exchange"} ref={place} tabIndex={-1}>
      {said !== null && (
        <div class="mine" aria-live="off">
          <p class="bubble own" dir="auto">
            <span class="unseen">{text("talk.exchange.you", { message })} </span>
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
          </p>
        </div>
      )}
      <div class="theirs">
        <Spoken lines={lines} name={name} />
        {pacing && <Typing name={name} onSkip={pacing.skip} />}
        {turn?.prompt && !pacing && <GuideAnswer about={turn.prompt} name={name} />}
        {turn?.stage.changed && !pacing && (
          <p class="stage-change">
            {marked("talk.exchange.stage", { stage: (name) => <span lang={language}>{name}</span> }, { stage: turn.stage.name })}
          </p>
        )}
      </div>
      {turn && said !== null && !pacing && (
        <MessageName.Provider value={message}>
          <Attached turn={turn} name={name} notesOpen={notesOpen} noteShown={noteShown} onRetake={onRetake ?? null} />
        </MessageName.Provider>
      )}
    </div>
  );
}
