// SPDX-License-Identifier: Apache-2.0
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "../parts/Icon";
import { characterCount } from "../spans";

interface Props {
  name: string;
  draft: string;
  busy: boolean;
  online: boolean;
  problem: string | null;
  box: RefObject<HTMLTextAreaElement>;
  onDraft: (text: string) => void;
  onSay: (text: string) => void;
  onHint: () => void;
  onEnd: () => void;
  /** An exercise: it may have nobody to talk to. */
  drill: boolean;
}

/** What a silence is sent as. */
const SILENCE = "…";
const LONGEST = 4_000;
const COUNT_FROM = 3_500;
const TALLEST_PX = 220;

const NUMBER = new Intl.NumberFormat("en-GB");

export function Composer({ name, draft, busy, online, problem, box, onDraft, onSay, onHint, onEnd, drill }: Props) {
  const count = characterCount(draft);
  const tooLong = count > LONGEST;
  const ready = !busy && !tooLong && draft.trim() !== "";

  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, TALLEST_PX)}px`;
  }, [draft, box]);

  const send = (): void => {
    if (ready) onSay(draft);
    box.current?.focus({ preventScroll: true });
  };

  return (
    <form
      class="composer"
      aria-label="Your turn"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {problem && (
        <p class="problem" role="alert" id="say-problem">
          {problem}
        </p>
      )}
      <div class="composer-row">
        <label for="say">{drill ? "What would you say?" : `What do you say to ${name}?`}</label>
        <button
          type="button"
          class="secondary slim"
          data-testid="wait"
          title="Say nothing for a while, and see what comes"
          aria-disabled={busy}
          onClick={() => busy || onSay(SILENCE)}
        >
          <Icon name="wait" />
          Wait
        </button>
        <button type="button" class="secondary slim" data-testid="hint" aria-disabled={busy} onClick={() => busy || onHint()}>
          <Icon name="hint" />
          Hint
        </button>
        <button type="button" class="secondary slim" data-testid="end" aria-disabled={busy} onClick={() => busy || onEnd()}>
          End
          <span class="unseen"> the conversation</span>
        </button>
      </div>
      <div class="composer-row">
        <textarea
          id="say"
          ref={box}
          data-testid="say"
          rows={2}
          dir="auto"
          enterkeyhint="send"
          aria-describedby={`say-help${problem ? " say-problem" : ""}`}
          aria-invalid={tooLong}
          value={draft}
          onInput={(event) => onDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            // While an input method is composing, Enter chooses a character.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class={ready ? "send" : "send idle"} data-testid="send">
          <Icon name="send" />
          Send
        </button>
      </div>
      <p class="composer-help muted small" id="say-help">
        {count >= COUNT_FROM ? (
          <span class={tooLong ? "over" : ""} role="status">
            {NUMBER.format(count)} of {NUMBER.format(LONGEST)} characters
            {tooLong && ". Please shorten it before sending."}
          </span>
        ) : (
          <span class="keys">
            Enter sends, Shift and Enter starts a new line.{!online && " You can go on writing while the connection is away."}
          </span>
        )}
      </p>
    </form>
  );
}
