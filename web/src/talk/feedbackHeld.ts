// SPDX-License-Identifier: Apache-2.0
// How much feedback this conversation has. It is kept with the conversation: a skill that holds without notes is another thing
// than one that holds with them.
import { useEffect } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import type { SessionView } from "../protocol";
import { type FeedbackLevel, feedbackLevel, settings } from "../settings";

const ABOUT = "self.feedback";

export interface Feedback {
  level: FeedbackLevel;
  /** Shows more from here on; there is no way back within a conversation. */
  lower(level: FeedbackLevel): void;
}

export function useFeedback(notes: Notes, view: SessionView): Feedback {
  const { notes: kept } = useObservable(notes.state);
  const stands = feedbackLevel(kept.find(({ about }) => about === ABOUT)?.text ?? (notes.text(ABOUT) || null));
  const level = stands ?? settings.feedback.value;
  const choose = (chosen: FeedbackLevel): void => {
    notes.type(ABOUT, String(chosen));
    void notes.save(ABOUT);
  };
  useEffect(() => {
    if (stands === null && view.ended === null && view.drill === null) choose(level);
  }, [stands === null, view.session]);
  return { level, lower: choose };
}

/** Whether the trainee has said how it went, at this end or an earlier one. */
export function useEstimated(notes: Notes): boolean {
  const { notes: kept } = useObservable(notes.state);
  return kept.some(({ about, text }) => about.startsWith("self.went") && text !== "");
}
