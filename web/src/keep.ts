// SPDX-License-Identifier: Apache-2.0
// What stays in this browser of a conversation: turns that the server has not confirmed yet, and drafts. Each window has its own
// draft of a conversation: what another window types does not take its place.
import { keys, parse } from "./entries";
import { read, write } from "./stored";
import { ownWindow } from "./windows";

export interface Unsent {
  session: string;
  turn: number;
  kind: "say" | "retake" | "hint" | "end";
  text: string;
  to: number | null;
  client: string;
}

/** A message, half typed. */
export interface Draft {
  window: string;
  text: string;
  /** When, in milliseconds by this device's clock. */
  at: number;
  /** The window that had it before. */
  from?: string;
}

// One entry a turn and a window: two windows on one conversation must not overwrite each other's words.
const unsentKey = (turn: Unsent): string => `unsent.${turn.session}.${turn.client}`;

export const keep = {
  putUnsent(turn: Unsent): void {
    write(unsentKey(turn), JSON.stringify(turn));
  },
  dropUnsent(turn: Unsent): void {
    write(unsentKey(turn), null);
  },
  unsent(session: string): Unsent[] {
    return keys(`unsent.${session}.`)
      .map((key) => parse<Unsent>(read(key)))
      .filter((turn): turn is Unsent => turn !== null && turn.session === session)
      .sort((a, b) => a.turn - b.turn);
  },

  /** What is half typed in a conversation, in this window and in others; what was typed last comes first. */
  drafts(session: string): Draft[] {
    const start = `draft.${session}.`;
    return keys(start)
      .map((key) => ({ ...parse<Draft>(read(key)), window: key.slice(start.length) }))
      .filter((draft): draft is Draft => typeof draft.text === "string" && typeof draft.at === "number")
      .sort((a, b) => b.at - a.at);
  },
  ownDraft(session: string): Draft | null {
    return this.drafts(session).find(({ window }) => window === ownWindow()) ?? null;
  },
  /** What was typed in this window; a new window goes on with what was typed last, which the other one keeps as well. */
  takeDraft(session: string): string {
    const mine = this.ownDraft(session);
    if (mine) return mine.text;
    const [last] = this.drafts(session);
    if (!last || last.text === "") return "";
    this.putDraft(session, { ...last, window: ownWindow(), from: last.window });
    return last.text;
  },
  /** What was typed in other windows and is not in this one. */
  otherDrafts(session: string): Draft[] {
    const mine = this.ownDraft(session)?.text ?? "";
    const others = this.drafts(session).filter(({ window, text }) => window !== ownWindow() && text.trim() !== "" && !mine.includes(text));
    return others.filter(({ text }, index) => others.findIndex((other) => other.text === text) === index);
  },
  setDraft(session: string, text: string): void {
    const from = this.ownDraft(session)?.from;
    const taken = this.drafts(session).some(({ window }) => window === from);
    // Empty is something else than none while the other window has what this one began with.
    if (text === "" && !taken) this.dropDraft(session, ownWindow());
    else this.putDraft(session, { window: ownWindow(), text, at: Date.now(), ...(from === undefined ? {} : { from }) });
  },
  /** What was said in this window is done with in those that it was taken over from. */
  saidDraft(session: string, message: string): void {
    const all = this.drafts(session);
    let from = this.ownDraft(session)?.from;
    while (from !== undefined) {
      const taken = all.find(({ window }) => window === from);
      if (!taken || !message.includes(taken.text)) return;
      this.dropDraft(session, taken.window);
      from = taken.from;
    }
  },
  putDraft(session: string, { window, ...draft }: Draft): void {
    write(`draft.${session}.${window}`, JSON.stringify(draft));
  },
  dropDraft(session: string, window: string): void {
    write(`draft.${session}.${window}`, null);
  },

  /** All words about a conversation that the server does not have, as far as this browser knows. */
  wordsOf(session: string): string[] {
    const disputing = [`dispute.${session}.`, `disputing.${session}.`].flatMap(keys).map((key) => parse<{ note?: string }>(read(key))?.note ?? "");
    const notes = this.notesTyped(session).filter((about) => !/^(mark|self)\./.test(about));
    const words = [
      ...this.unsent(session).map(({ text }) => text),
      ...this.drafts(session).map(({ text }) => text),
      ...notes.map((about) => this.note(session, about) ?? ""),
      ...disputing,
    ];
    return [...new Set(words)].filter((text) => typeof text === "string" && text.trim() !== "");
  },

  /** What was written about a question and is not confirmed yet. */
  note(session: string, about: string): string | null {
    return read(`note.${session}.${about}`);
  },
  setNote(session: string, about: string, text: string | null): void {
    write(`note.${session}.${about}`, text);
  },
  notesTyped(session: string): string[] {
    const start = `note.${session}.`;
    return keys(start).map((key) => key.slice(start.length));
  },

  /** How many of their messages a trainee believes to have been telling, before seeing the debrief. */
  guess(session: string): number | null {
    const text = read(`guess.${session}`);
    return text === null ? null : Number(text);
  },
  setGuess(session: string, guess: number | null): void {
    write(`guess.${session}`, guess === null ? null : String(guess));
  },
};
