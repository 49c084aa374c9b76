// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "preact/hooks";
import { text } from "../text";

interface Props {
  name: string;
  /** How many the trainee has sent. */
  messages: number;
  /** What was guessed before the dialog was closed without ending. */
  guessed: number | null;
  onGuess: (guess: number | null) => void;
  onStay: () => void;
  onEnd: (guess: number | null) => void;
}

/** Asks before it tells: an estimate of one's own comes before the figures. */
export function EndDialog({ name, messages, guessed, onGuess, onStay, onEnd }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [guess, setGuess] = useState(guessed === null ? "" : String(guessed));
  useEffect(() => {
    const own = dialog.current;
    own?.showModal();
    own?.querySelector("h2")?.focus();
    // Closing gives the focus back to where it was; removing alone would not.
    return () => own?.close();
  }, []);

  const numberIn = (text: string): number | null => (/^\d{1,4}$/.test(text.trim()) ? Math.min(Number(text), messages) : null);
  return (
    <dialog ref={dialog} aria-labelledby="end-title" onCancel={onStay}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onEnd(numberIn(guess));
        }}
      >
        <h2 id="end-title" tabIndex={-1}>{text("talk.end.title", { name })}</h2>
        <p>{text("talk.end.what_follows")}</p>
        {messages > 0 && (
          <p class="guess">
            <label for="guess">{text("talk.end.guess", { messages, name })}</label>
            <input
              id="guess"
              type="text"
              inputMode="numeric"
              autocomplete="off"
              value={guess}
              onInput={(event) => {
                setGuess(event.currentTarget.value);
                onGuess(numberIn(event.currentTarget.value));
              }}
            />
          </p>
        )}
        <p class="actions">
          <button type="submit" data-testid="confirm-end">
            {text("talk.end.confirm")}
          </button>
          <button type="button" class="secondary" onClick={onStay}>
            {text("talk.end.stay")}
          </button>
        </p>
      </form>
    </dialog>
  );
}
