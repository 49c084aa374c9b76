// SPDX-License-Identifier: Apache-2.0
import type { SessionView, Turn } from "../protocol";

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
    <section class="drill-strip" aria-label="Exercises">
      <p data-testid="drill-progress">
        {done < of ? `Exercise ${at} of ${of}` : `All ${of} exercises`}
        <span class="muted"> · {right} done well</span>
      </p>
      <progress max={of} value={done}>
        {done} of {of}
      </progress>
    </section>
  );
}
