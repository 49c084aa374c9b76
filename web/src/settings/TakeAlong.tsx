// SPDX-License-Identifier: Apache-2.0
import type { SessionSummary } from "../protocol";
import { text, when } from "../text";

/** The transcripts to download, for whoever will not reach them again. */
export function TakeAlong({ sessions }: { sessions: SessionSummary[] }) {
  return (
    <details data-testid="take-along">
      <summary>{text("settings.forget.take", { count: sessions.length })}</summary>
      <p class="muted small">{text("settings.forget.take_line")}</p>
      <ul class="plain take-along">
        {sessions.map(({ session, title, language, started }) => (
          <li key={session}>
            <a href={`/export/${encodeURIComponent(session)}.html`} download>
              <span lang={language ?? undefined}>{title}</span>, {when(started)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
