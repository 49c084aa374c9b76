// SPDX-License-Identifier: Apache-2.0
// A world in which time, chance and the line are in the test's hands.
import type { Socket, World } from "../src/connection";
import type { SessionView, Turn } from "../src/protocol";

export class FakeSocket implements Socket {
  readyState = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: { id: number; method: string; params: Record<string, unknown> }[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text) as (typeof this.sent)[number]);
  }
  close(): void {
    this.drop();
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  drop(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  hear(message: unknown): void {
    this.onmessage?.({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }
  answer(index: number, result: unknown): void {
    this.hear({ jsonrpc: "2.0", id: this.sent[index]?.id, result });
  }
  refuse(index: number, key: string, status: string): void {
    const error = { code: -32000, message: `refused: ${key}`, data: { key, status } };
    this.hear({ jsonrpc: "2.0", id: this.sent[index]?.id, error });
  }
}

export class FakeWorld implements World {
  readonly sockets: FakeSocket[] = [];
  signIns = 0;
  wasHere = false;
  signInError: Error | null = null;
  entering: Promise<void> | null = null;
  #now = 0;
  readonly #timers = new Set<{ at: number; run: () => void }>();

  known(): boolean {
    return this.wasHere;
  }
  async signIn(): Promise<void> {
    this.signIns++;
    await this.entering;
    if (this.signInError) throw this.signInError;
  }
  socket(): FakeSocket {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  }
  after(milliseconds: number, run: () => void): () => void {
    const timer = { at: this.#now + milliseconds, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
  random(): number {
    return 1;
  }

  get last(): FakeSocket {
    const socket = this.sockets[this.sockets.length - 1];
    if (!socket) throw new Error("no socket was opened");
    return socket;
  }
  async pass(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    for (const timer of [...this.#timers].sort((a, b) => a.at - b.at)) {
      if (timer.at > this.#now || !this.#timers.delete(timer)) continue;
      timer.run();
      await settle();
    }
    await settle();
  }
}

/** Lets everything that is ready run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function turn(number: number, change: Partial<Turn> = {}): Turn {
  return {
    session: "s",
    turn: number,
    kind: "say",
    at: "2026-01-01T10:00:00Z",
    text: `message ${number}`,
    masked: 0,
    labels: [],
    primary: null,
    flags: [],
    picked_up: [],
    reply: [{ voice: "character", text: `reply ${number}` }],
    why: null,
    feedback: null,
    stage: { id: "goal", name: "Goal", changed: false },
    effect: [],
    hint: null,
    to: null,
    ended: null,
    ...change,
  };
}

export function view(turns: Turn[], change: Partial<SessionView> = {}): SessionView {
  return {
    session: "s",
    case: {
      id: "case",
      title: "Case", language: "en",
      mode: "coaching",
      model: { id: "grow", name: "GROW" },
      minutes: 10,
      level: "first steps",
      content_note: null,
      character: { name: "Ana", age: null, role: "tester" },
      situation: "",
      your_role: "",
      aim: "",
      skills: [],
      programmes: [],
      stages: [],
    },
    started: "2026-01-01T10:00:00Z",
    ended: null,
    opening: [],
    turns,
    next: turns.length + 1,
    stage: { id: "goal", name: "Goal" },
    disputes: [],
    notice: "",
    ...change,
  };
}
