// SPDX-License-Identifier: Apache-2.0
import { useContext, useState } from "preact/hooks";
import { useMedia } from "../media";
import { Sign, type SignName } from "../parts/Sign";
import type { Turn } from "../protocol";
import { marked, text } from "../text";
import { noteKind, type NoteKind } from "../words";
import { CaseLanguage } from "./caseLanguage";
import { Dissent } from "./Dissent";
import { MessageName } from "./messageName";
import { effectWords, noteKindWords, primaryIndex, primaryLabel } from "./noteWords";
import { Recognition } from "./Recognition";
import { unseen } from "./unseen";

const SIGNS: Record<NoteKind, SignName> = { strength: "strength", consider: "consider", neutral: "neutral" };

/** The margin note beside a message. Beside the text where there is room, else folded under it. */
export function Note({ turn, name, startOpen }: { turn: Turn; name: string; startOpen: boolean }) {
  const room = useMedia("(min-width: 62rem)");
  const [open, setOpen] = useState(startOpen);
  const language = useContext(CaseLanguage);
  const message = useContext(MessageName);
  const label = primaryLabel(turn);
  if (!label) return null;

  const kind = noteKind(turn);
  const effect = effectWords(turn.effect);
  const body = `note-body-${turn.session}-${turn.turn}`;
  const head = (
    <>
      <Sign name={SIGNS[kind]} />
      {!room && <span class="note-of">{marked("talk.note.of", { unseen }, { message })}</span>}
      <span class="note-title" lang={language}>
        {label.name}
      </span>
      {kind !== "neutral" && <span class="note-kind">{noteKindWords(kind)}</span>}
      {!room && !open && effect.length > 0 && <span class="note-kind">{effect.map((change) => change.text).join(", ")}</span>}
    </>
  );

  return (
    <div class={`note note-${kind}`} role="note" data-testid="note" aria-label={text("talk.note.title", { technique: label.name, message })} aria-live="off">
      {room ? (
        <div class="note-head">{head}</div>
      ) : (
        <button type="button" class="note-head" aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)}>
          {head}
          <span class="note-chevron">
            <Sign name="chevron" />
          </span>
        </button>
      )}
      {/* Keyed, so that what is typed in it stays when the window turns from narrow to wide. */}
      <div key="body" id={body} class="note-body" hidden={!room && !open}>
        <NoteBody turn={turn} technique={label.name} name={name} effect={effect} />
      </div>
    </div>
  );
}

interface BodyProps {
  turn: Turn;
  technique: string;
  name: string;
  effect: ReturnType<typeof effectWords>;
}

function NoteBody({ turn, technique, name, effect }: BodyProps) {
  const language = useContext(CaseLanguage);
  const { feedback } = turn;
  const helped = effect.length > 0 && effect.every((change) => change.better);
  return (
    <>
      {feedback ? (
        <>
          <p lang={language}>{feedback.what}</p>
          <p class="note-why" lang={language}>
            {feedback.why}
          </p>
          {feedback.alternative && (
            <div class="note-other">
              <span class="note-label">{text("talk.note.alternative")}</span>
              <p class="quote" lang={language}>
                {feedback.alternative}
              </p>
            </div>
          )}
          {feedback.criterion && (
            <p class="muted small">
              {marked("talk.note.criterion", { criterion: (name) => <span lang={language}>{name}</span> }, { criterion: feedback.criterion })}
            </p>
          )}
        </>
      ) : (
        // Praise that was heard already, or a script that leaves it at that.
        <p>{marked(helped ? "talk.note.helped" : "talk.note.plain", { technique: (name) => <span lang={language}>{name}</span> }, { technique })}</p>
      )}
      {effect.length > 0 && (
        <ul class="plain effects" aria-label={text("talk.note.effect", { name })}>
          {effect.map((change) => (
            <li key={change.id} class={change.better ? "effect better" : "effect worse"}>
              <Sign name={change.up ? "up" : "down"} />
              {change.text}
            </li>
          ))}
        </ul>
      )}
      <Dissent turn={turn} index={primaryIndex(turn)} />
      <Recognition turn={turn} name={name} />
    </>
  );
}
