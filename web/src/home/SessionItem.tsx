// SPDX-License-Identifier: Apache-2.0
import type { SessionSummary } from "../protocol";
import { to } from "../route";
import { mode, plural, when } from "../words";

export function SessionItem({ session }: { session: SessionSummary }) {
  const open = session.ended === null;
  return (
    <li class="card session">
      <div>
        <strong>{session.title}</strong>
        {session.contrast !== null && <span class={`mode mode-${session.mode}`}>{mode(session.mode).name}</span>}
        <p class="muted">
          with {session.character} · {when(session.started)} · {plural(session.turns, "turn")}
        </p>
      </div>
      {open ? (
        <a class="button" href={to.talk(session.session)} data-testid={`continue-${session.session}`}>
          Continue<span class="unseen"> with {session.character}</span>
        </a>
      ) : (
        <a class="button secondary" href={to.debrief(session.session)} data-testid={`debrief-${session.session}`}>
          Debrief<span class="unseen"> of the conversation with {session.character}</span>
        </a>
      )}
    </li>
  );
}
