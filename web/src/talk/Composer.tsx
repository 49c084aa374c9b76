// SPDX-License-Identifier: Apache-2.0
import type { RefObject } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import { characterCount } from "../characters";
import { Icon } from "../parts/Icon";
import { marked, number, text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { useCovering } from "./covering";
import { unseen } from "./unseen";
import { SILENCE } from "./silence";

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
  /** Which message is about to be said differently. */
  again: number | null;
  /** What it said the first time. */
  had: string;
  onLeave: () => void;
}

const LONGEST = 4_000;
const COUNT_FROM = 3_500;
const TALLEST_PX = 220;

export function Composer({ name, draft, busy, online, problem, box, onDraft, onSay, onHint, onEnd, drill, again, had, onLeave }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useCovering(form, "bottom");
  const language = useContext(CaseLanguage);
  const count = characterCount(draft);
  const tooLong = count > LONGEST;
  const ready = !busy && !tooLong && draft.trim() !== "";

  useEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.height = "auto";
    // Empty, it is as high as its rows, and need not be measured while the page is being drawn for the first time.
    if (draft !== "") area.style.height = `${Math.min(area.scrollHeight + 2, TALLEST_PX)}px`;
  }, [draft, box]);

  const send = (): void => {
    if (ready) onSay(draft);
    box.current?.focus({ preventScroll: true });
  };

  return (
    <form
      ref={form}
      class="composer"
      aria-label={text("talk.composer.title")}
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
      {again !== null && (
        <p class="composer-again small" data-testid="again">
          <span id="say-again">{text("talk.again.line", { number: again })}</span>{" "}
          <button type="button" class="link" onClick={onLeave}>
            {text("talk.again.leave")}
          </button>
          <span class="had-said" dir="auto">
            {had === SILENCE
              ? text("talk.exchange.silent")
              : marked("talk.again.had_said", { words: (said) => <span lang={language}>{said}</span> }, { said: had })}
          </span>
        </p>
      )}
      <div class="composer-row">
        <label for="say">{drill ? text("talk.composer.label_exercise") : text("talk.composer.label", { name })}</label>
        <button
          type="button"
          class="secondary slim"
          data-testid="silence"
          title={drill ? text("talk.composer.silence_exercise") : text("talk.composer.silence_meaning", { name })}
          aria-disabled={busy}
          onClick={() => busy || onSay(SILENCE)}
        >
          <Icon name="silence" />
          {marked("talk.composer.silence", { unseen })}
        </button>
        <button type="button" class="secondary slim" data-testid="hint" aria-disabled={busy} onClick={() => busy || onHint()}>
          <Icon name="hint" />
          {text("talk.composer.hint")}
        </button>
        <button type="button" class="secondary slim" data-testid="end" aria-disabled={busy} onClick={() => busy || onEnd()}>
          {marked("talk.composer.end", { unseen })}
        </button>
      </div>
      <div class="composer-row">
        <textarea
          id="say"
          ref={box}
          data-testid="say"
          rows={2}
          dir="auto"
          lang={language}
          enterkeyhint="send"
          aria-describedby={`${again === null ? "" : "say-again "}say-help${problem ? " say-problem" : ""}`}
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
          {text("talk.composer.send")}
        </button>
      </div>
      <p class="composer-help muted small" id="say-help">
        {count >= COUNT_FROM ? (
          <span class={tooLong ? "over" : ""} role="status">
            {text(tooLong ? "talk.length.too_long" : "talk.length.so_far", { count: number(count), longest: number(LONGEST) })}
          </span>
        ) : (
          <span class="keys">
            {text("talk.composer.keys")}
            {!online && ` ${text("talk.composer.offline")}`}
          </span>
        )}
      </p>
    </form>
  );
}
