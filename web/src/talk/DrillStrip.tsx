// SPDX-License-Identifier: Apache-2.0
import type { SessionView, Turn } from "../protocol";
import { text } from "../text";

type Progress = NonNullable<SessionView["drill"]>;

/** How far the drill is: after the last answer on the path that counts. */
export function progressOf(view: SessionView): Progress | null {
  if (!view.drill) return null;
  const answered = view.turns.filter((turn: Turn) => turn.exercise && !turn.set_aside);
  const last = answered[answered.length - 1]?.exercise;
  return last ?? { right: 0, done: 0, of: view.drill.of };
}

export function DrillStrip({ progress }: { progress: Progress }) {
  const { right, done, of } = progress;
  const at = Math.min(done + 1, of);
  return (
    <section class="drill-strip" aria-label={text("talk.drill.title")}>
      <p data-testid="drill-progress">
        {done < of ? text("talk.drill.at", { at, of }) : text("talk.drill.all", { of })}
        <span class="muted"> · {text("talk.drill.right", { right })}</span>
      </p>
      <progress max={of} value={done}>
        {text("talk.drill.done", { done, of })}
      </progress>
    </section>
  );
}
