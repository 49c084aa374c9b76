// SPDX-License-Identifier: Apache-2.0
import { text } from "../text";

/** What was being typed when the conversation ended, here or in another window. */
export function Unsent({ draft, onDrop }: { draft: string; onDrop: () => void }) {
  return (
    <section class="card unsent" aria-labelledby="unsent-title" data-testid="unsent">
      <h2 id="unsent-title">{text("talk.unsent.title")}</h2>
      <p class="words" dir="auto">
        {draft}
      </p>
      <p class="muted small">{text("talk.unsent.line")}</p>
      <p class="actions">
        <button type="button" class="secondary slim" onClick={onDrop}>
          {text("talk.unsent.drop")}
        </button>
      </p>
    </section>
  );
}
