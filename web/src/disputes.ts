// SPDX-License-Identifier: Apache-2.0
// The labels of one conversation that the trainee sees differently. Like a turn, a dispute is kept in this browser until
// the server has confirmed it; every other window on the conversation hears of it.
import { type Connection, RpcError } from "./connection";
import { newId } from "./id";
import { type DisputeDraft, keptDisputes, type UnsentDispute } from "./keptDisputes";
import { Observable } from "./observable";
import { words } from "./practice";
import type { Dispute, Technique } from "./protocol";
import { Windows } from "./windows";

export interface DisputesState {
  disputes: Dispute[];
  /** Sent, or waiting for the line to come back. */
  sending: UnsentDispute[];
  /** What the server would not take, in words for the trainee. */
  problem: { turn: number; label: number; text: string } | null;
}

/** Where a dispute belongs. */
export interface Place {
  turn: number;
  label: number;
}

export const isAt = (place: Place, other: Place): boolean => place.turn === other.turn && place.label === other.label;

export class Disputes {
  readonly state = new Observable<DisputesState>({ disputes: [], sending: [], problem: null });
  /** What a label can be called; none until they have come, which nobody who just talks need wait for. */
  readonly techniques = new Observable<Technique[]>([]);
  readonly #connection: Connection;
  readonly #session: string;
  readonly #windows: Windows;
  #closed = false;

  constructor(connection: Connection, session: string) {
    this.#connection = connection;
    this.#session = session;
    this.#windows = new Windows("askwell.disputes", (message) => this.#heard(message));
  }

  close(): void {
    this.#closed = true;
    this.#windows.close();
  }

  /** What the server says that there is. */
  show(disputes: Dispute[]): void {
    this.#update({ disputes });
  }

  askTechniques(): void {
    this.#connection.call("session.techniques", { session: this.#session }).then(
      ({ techniques }) => this.techniques.set(techniques),
      // "Something else" can be said all the same.
      () => undefined,
    );
  }

  /** Sends what an earlier visit could not. */
  async resume(): Promise<void> {
    await Promise.all(keptDisputes.unsent(this.#session).map((unsent) => this.#deliver(unsent)));
  }

  /** `technique` null: something else, or not sure. */
  raise(place: Place, technique: string | null, note: string): Promise<boolean> {
    return this.#take({ ...place, kind: "raise", technique, note });
  }

  withdraw(place: Place): Promise<boolean> {
    return this.#take({ ...place, kind: "withdraw", technique: null, note: "" });
  }

  draft({ turn, label }: Place): DisputeDraft | null {
    return keptDisputes.draft(this.#session, turn, label);
  }

  setDraft({ turn, label }: Place, draft: DisputeDraft | null): void {
    keptDisputes.setDraft(this.#session, turn, label, draft);
  }

  #take(what: Omit<UnsentDispute, "session" | "client">): Promise<boolean> {
    const unsent: UnsentDispute = { session: this.#session, client: newId(), ...what };
    keptDisputes.putUnsent(unsent);
    return this.#deliver(unsent);
  }

  async #deliver(unsent: UnsentDispute): Promise<boolean> {
    const { sending } = this.state.value;
    this.#update({ sending: [...sending.filter((other) => !isAt(other, unsent)), unsent], problem: null });
    try {
      const dispute = await this.#ask(unsent);
      this.#let(unsent, { disputes: withDispute(this.state.value.disputes, dispute) });
      this.#windows.tell({ session: this.#session, dispute });
      return true;
    } catch (error) {
      const problem = { turn: unsent.turn, label: unsent.label, text: words(error) };
      this.#let(unsent, { problem });
      if (error instanceof RpcError && error.status === "conflict") await this.#refresh();
      return false;
    }
  }

  #ask({ kind, turn, label, technique, note }: UnsentDispute): Promise<Dispute> {
    const at = { session: this.#session, turn, label };
    if (kind === "withdraw") return this.#connection.call("dispute.withdraw", at);
    return this.#connection.call("dispute.raise", { ...at, note, ...(technique === null ? {} : { technique }) });
  }

  /** The server has answered; a later change of mind may still be on its way. */
  #let(unsent: UnsentDispute, change: Partial<DisputesState>): void {
    keptDisputes.dropUnsent(unsent);
    this.#update({ sending: this.state.value.sending.filter((other) => other.client !== unsent.client), ...change });
  }

  async #refresh(): Promise<void> {
    try {
      this.show((await this.#connection.call("session.open", { session: this.#session })).disputes);
    } catch {
      // What went wrong with the dispute itself has been said; the next visit shows the rest.
    }
  }

  #heard(message: unknown): void {
    if (typeof message !== "object" || message === null) return;
    const { session, dispute } = message as { session?: unknown; dispute?: Dispute };
    if (session === this.#session && dispute) this.show(withDispute(this.state.value.disputes, dispute));
  }

  #update(change: Partial<DisputesState>): void {
    if (!this.#closed) this.state.set({ ...this.state.value, ...change });
  }
}

export function withDispute(disputes: readonly Dispute[], dispute: Dispute): Dispute[] {
  return [...disputes.filter((other) => !isAt(other, dispute)), dispute];
}

/** What stands about one label: null when nothing does, or it was taken back. */
export function standing(state: DisputesState, place: Place): Dispute | null {
  const sending = state.sending.find((unsent) => isAt(unsent, place));
  const kept = state.disputes.find((dispute) => isAt(dispute, place) && dispute.state !== "withdrawn") ?? null;
  if (sending?.kind === "withdraw") return null;
  if (!sending || kept?.state === "ruled") return kept;
  const { technique, note } = sending;
  return { ...place, technique, name: null, note, at: "", state: "open", ruling: null };
}
