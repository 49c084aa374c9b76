// SPDX-License-Identifier: Apache-2.0
// One conversation as this window sees it. A turn is kept in the browser before it is sent and let go only when the
// server has confirmed it; what cannot be taken goes back into the draft. Nothing typed is lost, nothing is said twice.
import { type Connection, RpcError } from "./connection";
import { newId } from "./id";
import { type Draft, keep, type Unsent } from "./keep";
import { Notes } from "./notes";
import { Observable } from "./observable";
import type { SessionView, Turn } from "./protocol";
import { keepStarting, readStarting } from "./starting";
import { served, text } from "./text";
import { Windows } from "./windows";

export interface PracticeState {
  view: SessionView | null;
  /** Sent, or waiting for the line to come back. */
  sending: Unsent | null;
  draft: string;
  /** What was half typed in other windows. */
  others: Draft[];
  /** What went wrong with the last thing that the trainee did, in words for them. */
  problem: string | null;
  /** The conversation could not be opened at all. */
  failed: { text: string; missing: boolean } | null;
  /** An answer that arrived while this window was watching. */
  fresh: Turn | null;
}

export class Practice {
  readonly session: string;
  readonly state: Observable<PracticeState>;
  readonly notes: Notes;
  readonly connection: Connection;
  readonly #windows: Windows;
  #closed = false;

  constructor(connection: Connection, session: string) {
    this.session = session;
    this.connection = connection;
    this.notes = new Notes(connection, session);
    this.state = new Observable<PracticeState>({
      view: null,
      sending: null,
      draft: keep.takeDraft(session),
      others: keep.otherDrafts(session),
      problem: null,
      failed: null,
      fresh: null,
    });
    this.#windows = new Windows("askwell", (message) => this.#heard(message));
  }

  close(): void {
    this.#closed = true;
    this.#windows.close();
    this.notes.close();
  }

  async open(): Promise<void> {
    const starting = readStarting(this.session);
    try {
      const view =
        starting === null
          ? await this.connection.call("session.open", { session: this.session })
          : await this.connection.call("session.start", {
              session: this.session,
              script: starting.script,
              ...(starting.pair === null ? {} : { pair: starting.pair }),
            });
      keepStarting(this.session, null);
      this.notes.show(view.notes);
      this.#update({ view, failed: null });
    } catch (error) {
      const missing = error instanceof RpcError && error.status === "not_found";
      if (missing) keepStarting(this.session, null);
      this.#update({ failed: { text: words(error), missing } });
      return;
    }
    void this.notes.resume();
    for (const turn of keep.unsent(this.session)) await this.#deliver(turn);
  }

  setDraft(draft: string): void {
    keep.setDraft(this.session, draft);
    this.#update({ draft });
  }

  /** Puts into the box what was typed in another window; what is in the box waits in its place. */
  swapDraft(other: Draft): void {
    const { draft } = this.state.value;
    this.dropDraft(other);
    this.setDraft(other.text);
    const waits = draft.trim() !== "" && !keep.otherDrafts(this.session).some(({ text }) => text.includes(draft));
    if (waits) keep.putDraft(this.session, { window: other.window, text: draft, at: Date.now() });
    this.#update({ others: keep.otherDrafts(this.session) });
  }

  dropDraft(other: Draft): void {
    for (const { window, text } of keep.drafts(this.session)) if (text === other.text) keep.dropDraft(this.session, window);
    this.#update({ others: keep.otherDrafts(this.session) });
  }

  say(message: string): Promise<boolean> {
    return this.#take({ kind: "say", text: message, to: null });
  }

  retake(to: number): Promise<boolean> {
    return this.#take({ kind: "retake", text: "", to });
  }

  /** Goes back to a moment and says something else there; until it is back there, the words stay in the draft. */
  async sayAgain(to: number, message: string): Promise<boolean> {
    return (await this.retake(to)) && this.say(message);
  }

  hint(): Promise<boolean> {
    return this.#take({ kind: "hint", text: "", to: null });
  }

  end(): Promise<boolean> {
    return this.#take({ kind: "end", text: "", to: null });
  }

  clearProblem(): void {
    if (this.state.value.problem) this.#update({ problem: null });
  }

  async #take(what: Pick<Unsent, "kind" | "text" | "to">): Promise<boolean> {
    const { view, sending } = this.state.value;
    if (!view || sending || (view.ended && what.kind !== "retake")) return false;
    const turn: Unsent = { session: this.session, turn: view.next, client: newId(), ...what };
    keep.putUnsent(turn);
    // A silence takes nothing from what is half typed.
    if (what.kind === "say" && what.text === this.state.value.draft) {
      keep.saidDraft(this.session, what.text);
      this.setDraft("");
    }
    return this.#deliver(turn);
  }

  async #deliver(turn: Unsent): Promise<boolean> {
    this.#update({ sending: turn, problem: null });
    try {
      const answer = await this.#ask(turn);
      keep.dropUnsent(turn);
      await this.#accept(answer);
      this.#windows.tell({ session: this.session, turn: answer.turn });
      return true;
    } catch (error) {
      keep.dropUnsent(turn);
      await this.#refused(turn, error);
      return false;
    }
  }

  #ask(turn: Unsent): Promise<Turn> {
    const at = { session: turn.session, turn: turn.turn };
    switch (turn.kind) {
      case "say":
        return this.connection.call("turn.say", { ...at, text: turn.text });
      case "retake":
        return this.connection.call("turn.retake", { ...at, to: turn.to ?? 0 });
      case "hint":
        return this.connection.call("turn.hint", at);
      case "end":
        return this.connection.call("turn.end", at);
    }
  }

  async #accept(turn: Turn): Promise<void> {
    const { view } = this.state.value;
    if (!view) return;
    if (turn.turn > view.turns.length + 1) {
      await this.#refresh();
      this.#update({ sending: null, fresh: turn });
      return;
    }
    this.#update({ sending: null, view: withTurn(view, turn), fresh: turn });
  }

  async #refused(turn: Unsent, error: unknown): Promise<void> {
    const outOfStep = error instanceof RpcError && (error.status === "conflict" || error.status === "ended");
    if (outOfStep) await this.#refresh();
    if (turn.kind === "say") this.#giveBack(turn.text);
    const outOfStepWords = turn.kind === "say" ? "practice.out_of_step_said" : "practice.out_of_step";
    this.#update({ sending: null, problem: outOfStep ? text(outOfStepWords) : words(error) });
  }

  #giveBack(message: string): void {
    const { draft } = this.state.value;
    if (draft === message) return;
    this.setDraft(draft.trim() === "" ? message : `${message}\n${draft}`);
  }

  async #refresh(): Promise<void> {
    try {
      const view = await this.connection.call("session.open", { session: this.session });
      this.notes.show(view.notes);
      this.#update({ view });
    } catch (error) {
      this.#update({ problem: words(error) });
    }
  }

  #heard(message: unknown): void {
    const { view, sending } = this.state.value;
    if (typeof message !== "object" || message === null || !view || sending) return;
    const { session, turn } = message as { session?: unknown; turn?: unknown };
    if (session === this.session && typeof turn === "number" && turn >= view.next) void this.#refresh();
  }

  #update(change: Partial<PracticeState>): void {
    if (!this.#closed) this.state.set({ ...this.state.value, ...change });
  }
}

/** The view with one more turn; a retake sets aside what it takes back, the end of the conversation included. */
export function withTurn(view: SessionView, turn: Turn): SessionView {
  const { to } = turn;
  const before = view.turns
    .filter((old) => old.turn < turn.turn)
    .map((old) => (turn.kind === "retake" && to !== null && old.turn >= to ? { ...old, set_aside: true } : old));
  const after = view.turns.filter((old) => old.turn > turn.turn);
  return {
    ...view,
    turns: [...before, turn, ...after],
    next: Math.max(view.next, turn.turn + 1),
    stage: after.length > 0 ? view.stage : { id: turn.stage.id, name: turn.stage.name },
    ended: turn.ended ? turn.at : turn.kind === "retake" ? null : view.ended,
  };
}

export function words(error: unknown): string {
  if (error instanceof RpcError) return served(`error.${error.key}`, error.message);
  return text("practice.page_fault");
}
