// SPDX-License-Identifier: Apache-2.0
import { FEEDBACK, type FeedbackLevel } from "../settings";

interface Props {
  level: FeedbackLevel;
  over: boolean;
  name: string;
  onLower: (level: FeedbackLevel) => void;
}

/** Says when notes come, where they do not come at once, and lets the trainee have them sooner. */
export function FeedbackStrip({ level, over, name, onLower }: Props) {
  if (level === 1) return null;
  const words = FEEDBACK.find((one) => one.level === level)?.name.toLowerCase();
  return (
    <p class="muted small feedback-strip" data-testid="feedback-strip">
      Notes on your messages: {words}.{" "}
      {!over && (
        <button type="button" class="link" onClick={() => onLower(1)}>
          Show them after every message<span class="unseen"> to {name}</span>
        </button>
      )}
    </p>
  );
}
