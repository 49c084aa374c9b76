// SPDX-License-Identifier: Apache-2.0
import type { Draft } from "../keep";
import { text } from "../text";

interface Props {
  others: Draft[];
  /** Null: there is no box to use it in. */
  onUse: ((other: Draft) => void) | null;
  onDrop: (other: Draft) => void;
}

/** What was half typed in other windows on the conversation, which may be closed by now. */
export function AlsoTyped({ others, onUse, onDrop }: Props) {
  return (
    <section class="card also-typed" aria-labelledby="also-typed-title" data-testid="also-typed">
      <h2 id="also-typed-title">{text("talk.also.title")}</h2>
      <ul class="plain">
        {others.map((other) => (
          <li key={other.window}>
            <p class="words" dir="auto" id={`also-${other.window}`}>
              {other.text}
            </p>
            <p class="actions">
              {onUse && (
                <button type="button" class="slim" aria-describedby={`also-${other.window}`} onClick={() => onUse(other)}>
                  {text("talk.also.use")}
                </button>
              )}
              <button type="button" class="secondary slim" aria-describedby={`also-${other.window}`} onClick={() => onDrop(other)}>
                {text("talk.unsent.drop")}
              </button>
            </p>
          </li>
        ))}
      </ul>
      {onUse && <p class="muted small">{text("talk.also.line")}</p>}
    </section>
  );
}
