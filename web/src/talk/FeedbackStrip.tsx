// SPDX-License-Identifier: Apache-2.0
import type { FeedbackLevel } from "../settings";
import { marked, text } from "../text";
import { unseen } from "./unseen";

interface Props {
  level: FeedbackLevel;
  over: boolean;
  name: string;
  onLower: (level: FeedbackLevel) => void;
}

/** Says when notes come, where they do not come at once, and lets the trainee have them sooner. */
export function FeedbackStrip({ level, over, name, onLower }: Props) {
  if (level === 1) return null;
  return (
    <p class="muted small feedback-strip" data-testid="feedback-strip">
      {text("talk.feedback.when", { level: String(level) })}{" "}
      {!over && (
        <button type="button" class="link" onClick={() => onLower(1)}>
          {marked("talk.feedback.show", { unseen }, { name })}
        </button>
      )}
    </p>
  );
}
