// SPDX-License-Identifier: Apache-2.0
import { useObservable } from "../observable";
import type { SessionSummary } from "../protocol";
import { chooseFeedback, settings } from "../settings";
import { text } from "../text";
import { readyFor } from "./fading";

/** Offers the next step of fading feedback; nothing changes by itself. */
export function LessFeedback({ sessions }: { sessions: SessionSummary[] }) {
  const level = readyFor(useObservable(settings.feedback), sessions);
  if (level === null) return null;
  return (
    <section class="card" aria-labelledby="less-title" data-testid="less-feedback">
      <h2 id="less-title">{text("home.less.title")}</h2>
      <p>{text("home.less.text", { level })}</p>
      <p>
        <button type="button" class="secondary" onClick={() => chooseFeedback(level)}>
          {text("home.less.choose", { level })}
        </button>
      </p>
    </section>
  );
}
