// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import { Sign } from "../parts/Sign";
import type { Turn } from "../protocol";
import { marked, text } from "../text";
import { MessageName } from "./messageName";
import { Note } from "./Note";
import { OwnNote } from "./OwnNote";
import { unseen } from "./unseen";

interface Props {
  turn: Turn;
  name: string;
  notesOpen: boolean;
  noteShown: boolean;
  onRetake: (() => void) | null;
}

/** What belongs to a message: the note on it, the way back to it, a note of one's own. In the margin where there is one. */
export function Attached({ turn, name, notesOpen, noteShown, onRetake }: Props) {
  const message = useContext(MessageName);
  return (
    <div class="attached" role="group" aria-label={text("talk.exchange.about", { message })} aria-live="off">
      {noteShown && <Note turn={turn} name={name} startOpen={notesOpen} />}
      {onRetake && turn.primary && (
        <button type="button" class="link again" data-testid="retake" onClick={onRetake}>
          <Sign name="back" />
          {marked("talk.exchange.retake", { unseen }, { message })}
        </button>
      )}
      <OwnNote turn={turn.turn} />
    </div>
  );
}
