// SPDX-License-Identifier: Apache-2.0
import { useObservable } from "../observable";
import type { SessionSummary } from "../protocol";
import { chooseFeedback, FEEDBACK, settings } from "../settings";
import { readyFor } from "./fading";

/** Offers the next step of fading feedback; nothing changes by itself. */
export function LessFeedback({ sessions }: { sessions: SessionSummary[] }) {
  const next = readyFor(useObservable(settings.feedback), sessions);
  const step = FEEDBACK.find(({ level }) => level === next);
  if (!step) return null;
  return (
    <section class="card" aria-labelledby="less-title" data-testid="less-feedback">
      <h2 id="less-title">Two in a row that went well</h2>
      <p>
        A skill has settled when it holds without somebody at your elbow. You could have the notes from now on:{" "}
        {step.name.toLowerCase()}.
      </p>
      <p>
        <button type="button" class="secondary" onClick={() => chooseFeedback(step.level)}>
          Notes from now on: {step.name.toLowerCase()}
        </button>
      </p>
    </section>
  );
}
