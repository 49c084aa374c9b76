// SPDX-License-Identifier: Apache-2.0

/** What was being typed when the conversation ended, here or in another window. */
export function Unsent({ draft, onDrop }: { draft: string; onDrop: () => void }) {
  return (
    <section class="card unsent" aria-labelledby="unsent-title" data-testid="unsent">
      <h2 id="unsent-title">What you were typing</h2>
      <p class="words" dir="auto">
        {draft}
      </p>
      <p class="muted small">
        It was not sent, because the conversation had ended. It is kept in this browser: go back to a moment with “Try again from here”,
        and it stands in the box again.
      </p>
      <p class="actions">
        <button type="button" class="secondary slim" onClick={onDrop}>
          Let it go
        </button>
      </p>
    </section>
  );
}
