// SPDX-License-Identifier: Apache-2.0
// What a person chooses for themselves. It stays in this browser; how much feedback a conversation had is kept with it.
import { keepChoice, readChoice } from "./choices";
import { Observable } from "./watched";

export type FeedbackLevel = 1 | 2 | 3 | 4;
export type Pace = "human" | "at_once";

/** Feedback that fades: the guidance hypothesis (Salmoni, Schmidt and Walter 1984) and the ladder in the trainers' guide. */
export const FEEDBACK: readonly FeedbackLevel[] = [1, 2, 3, 4];

export const TEXT_SIZES = [100, 115, 130, 150] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export function feedbackLevel(kept: string | null | undefined): FeedbackLevel | null {
  return FEEDBACK.find((level) => String(level) === kept) ?? null;
}

const chosenSize = (): TextSize => TEXT_SIZES.find((size) => String(size) === readChoice("text")) ?? 100;

export const settings = {
  feedback: new Observable<FeedbackLevel>(feedbackLevel(readChoice("feedback")) ?? 1),
  pace: new Observable<Pace>(readChoice("pace") === "at_once" ? "at_once" : "human"),
  text: new Observable<TextSize>(chosenSize()),
  aloud: new Observable<boolean>(readChoice("aloud") === "yes"),
};

export function startSettings(): void {
  const showSize = (size: TextSize): void => {
    document.documentElement.dataset["text"] = String(size);
  };
  showSize(settings.text.value);
  settings.text.watch(showSize);
}

export function chooseFeedback(level: FeedbackLevel): void {
  keepChoice("feedback", String(level));
  settings.feedback.set(level);
}

export function choosePace(pace: Pace): void {
  keepChoice("pace", pace);
  settings.pace.set(pace);
}

export function chooseText(size: TextSize): void {
  keepChoice("text", String(size));
  settings.text.set(size);
}

export function chooseAloud(aloud: boolean): void {
  keepChoice("aloud", aloud ? "yes" : null);
  settings.aloud.set(aloud);
}
