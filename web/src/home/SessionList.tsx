// SPDX-License-Identifier: Apache-2.0
import type { SessionSummary } from "../protocol";
import { text } from "../text";
import { SessionItem } from "./SessionItem";

const SHOWN = 5;

/** The newest few; the others are folded. */
export function SessionList({ sessions }: { sessions: SessionSummary[] }) {
  const list = (items: SessionSummary[]) => (
    <ul class="plain stack-small">
      {items.map((session) => (
        <SessionItem key={session.session} session={session} />
      ))}
    </ul>
  );
  return (
    <>
      {list(sessions.slice(0, SHOWN))}
      {sessions.length > SHOWN && (
        <details>
          <summary>{text("home.sessions.earlier", { count: sessions.length - SHOWN })}</summary>
          {list(sessions.slice(SHOWN))}
        </details>
      )}
    </>
  );
}
