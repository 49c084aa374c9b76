// SPDX-License-Identifier: Apache-2.0
import type { SessionView, Turn } from "../protocol";
import { to } from "../addresses";
import { text } from "../text";

interface Props {
  view: SessionView;
  ends: Turn[];
  /** The end that is shown; null: as it stands. */
  until: number | null;
}

/** The ways to each end that there was, and to how it stands. */
export function TriesNav({ view, ends, until }: Props) {
  const { session } = view;
  const aside = ends.filter((end) => end.set_aside);
  if (aside.length === 0) return null;
  const current = (shown: boolean) => (shown ? { "aria-current": "page" as const } : {});
  return (
    <nav class="tries" aria-label={text("debrief.tries.legend")} data-testid="tries">
      <ul class="plain">
        {aside.map((end, index) => (
          <li key={end.turn}>
            <a href={to.debrief(session, undefined, end.turn)} {...current(until === end.turn)}>
              {text("debrief.tries.try", { number: index + 1 })}
            </a>
          </li>
        ))}
        <li>
          <a href={to.debrief(session)} {...current(until === null)}>
            {text(view.ended === null ? "debrief.tries.going_on" : "debrief.tries.again")}
          </a>
        </li>
      </ul>
    </nav>
  );
}
