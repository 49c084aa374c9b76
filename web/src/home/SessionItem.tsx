// SPDX-License-Identifier: Apache-2.0
import type { SessionSummary } from "../protocol";
import { to } from "../addresses";
import { marked, text, when } from "../text";
import { mode } from "../words";

const unseen = (inside: string) => <span class="unseen">{inside}</span>;

export function SessionItem({ session }: { session: SessionSummary }) {
  const open = session.ended === null;
  const { character: name, turns } = session;
  // The same person may have been met more than once, and as something else.
  const which = { name, kind: mode(session.mode).name, time: when(session.started) };
  return (
    <li class="card session">
      <div>
        <strong lang={session.language ?? undefined}>{session.title}</strong>
        {session.contrast !== null && <span class={`mode mode-${session.mode}`}>{mode(session.mode).name}</span>}
        <p class="muted">{text("home.session.facts", { name, time: when(session.started), turns })}</p>
      </div>
      {open ? (
        <a class="button" href={to.talk(session.session)} data-testid={`continue-${session.session}`}>
          {marked("home.session.continue", { unseen }, which)}
        </a>
      ) : (
        <a class="button secondary" href={to.debrief(session.session)} data-testid={`debrief-${session.session}`}>
          {marked("home.session.debrief", { unseen }, which)}
        </a>
      )}
    </li>
  );
}
