// SPDX-License-Identifier: Apache-2.0
// The line to the server: signs in, keeps one WebSocket open, and answers calls however often the line drops in between.
// Every method can be asked twice without harm (turns are numbered, sessions named by us), so what was not answered is
// simply asked again on the next connection.
import { Observable } from "./watched";
import type { ErrorData, Methods, Notifications } from "./protocol";

export type Link =
  | { state: "connecting" }
  | { state: "open"; again: boolean }
  | { state: "lost" }
  | { state: "refused"; key: string; reason: string };

export class RpcError extends Error {
  readonly key: string;
  readonly status: string;

  constructor(message: string, data: Partial<ErrorData> | undefined) {
    super(message);
    this.key = data?.key ?? "unknown";
    this.status = data?.status ?? "internal";
  }
}

/** The server would not let us in; trying again on our own would not help. It may not have said why. */
export class Refused extends Error {
  readonly key: string;

  constructor(message: string, key = "unknown") {
    super(message);
    this.key = key;
  }
}

export interface Socket {
  readonly readyState: number;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}

/** What the connection needs from the world, so that tests can stand in for it. */
export interface World {
  /** Whether this browser has signed in before, as far as it remembers. */
  known(): boolean;
  signIn(): Promise<void>;
  socket(): Socket;
  after(milliseconds: number, run: () => void): () => void;
  random(): number;
}

const OPEN = 1;
const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 15_000;
const ANSWER_WITHIN_MS = 15_000;
const PROBE_WITHIN_MS = 4_000;
const QUIET_MS = 600;
const ENTER_AFTER_MS = 1_000;
const QUIET_WHEN_LEAVING_MS = 5_000;

interface Waiting {
  text: string;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

type Listener = () => void;

export class Connection {
  readonly link = new Observable<Link>({ state: "connecting" });
  readonly #world: World;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ahead = new Map<string, Promise<unknown>>();
  readonly #resting = new Set<() => void>();
  readonly #listeners = new Map<keyof Notifications, Set<Listener>>();
  /** The cookie of an earlier visit may still hold. */
  #trusted: boolean;
  #enterLater = false;
  #entering: Promise<void> | null = null;
  #socket: Socket | null = null;
  #attempts = 0;
  #last = 0;
  #signedIn = false;
  #everOpen = false;
  #running = false;
  #connecting = false;
  #leaving = false;
  #cancelRetry: (() => void) | null = null;
  #cancelQuiet: (() => void) | null = null;
  #cancelDeadline: (() => void) | null = null;

  constructor(world: World) {
    this.#world = world;
    this.#trusted = world.known();
  }

  start(): void {
    this.#running = true;
    this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#cancelRetry?.();
    this.#cancelQuiet?.();
    this.#cancelDeadline?.();
    this.#socket?.close();
  }

  /** Resolves when the server has answered, which may be several connections later. Rejects with RpcError. */
  call<M extends keyof Methods>(method: M, params: Methods[M]["params"]): Promise<Methods[M]["result"]> {
    const asked = keyOf(method, params);
    const ahead = this.#ahead.get(asked);
    if (ahead) {
      this.#ahead.delete(asked);
      this.#rest();
      return ahead as Promise<Methods[M]["result"]>;
    }
    const id = ++this.#last;
    const text = JSON.stringify({ jsonrpc: "2.0", id, method, params });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { text, resolve: resolve as (result: unknown) => void, reject });
      if (this.#socket?.readyState === OPEN) this.#send(text);
      else if (this.#cancelQuiet) this.#reportLoss(QUIET_MS);
    });
  }

  /** Asks what is about to be called, once; the call then gets this answer. */
  askAhead<M extends keyof Methods>(method: M, params: Methods[M]["params"]): void {
    const answer = this.call(method, params);
    answer.catch(() => undefined);
    this.#ahead.set(keyOf(method, params), answer);
  }

  /** What was asked ahead and not called for grows old. */
  forgetAhead(): void {
    this.#ahead.clear();
    this.#rest();
  }

  /** Resolves once nothing waits for an answer, and no answer for who is to show it. */
  answered(): Promise<void> {
    return new Promise((done) => {
      this.#resting.add(done);
      this.#rest();
    });
  }

  #rest(): void {
    if (this.#waiting.size > 0 || this.#ahead.size > 0) return;
    for (const done of this.#resting) done();
    this.#resting.clear();
  }

  on(notification: keyof Notifications, listener: Listener): () => void {
    const listeners = this.#listeners.get(notification) ?? new Set<Listener>();
    this.#listeners.set(notification, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** The network or the person came back: do not wait for the next attempt, and do not trust a silent line. */
  nudge(): void {
    if (!this.#running) return;
    if (this.#socket?.readyState === OPEN) {
      this.call("session.list", {}).catch(() => undefined);
      this.#expectAnswer(PROBE_WITHIN_MS);
      return;
    }
    this.#attempts = 0;
    this.#connect();
  }

  #connect(): void {
    if (this.#connecting || this.#socket || !this.#running) return;
    this.#connecting = true;
    this.#cancelRetry?.();
    // Who was here before need not wait to be recognised, and what they asked for comes first.
    if (this.#trusted) {
      this.#enterLater = true;
      this.#open();
      return;
    }
    this.#enter().then(
      () => this.#open(),
      (error: unknown) => {
        this.#connecting = false;
        if (error instanceof Refused) this.#refused(error);
        else this.#retry();
      },
    );
  }

  /** It stays so until somebody comes back; a loss that was about to be told is the lesser news. */
  #refused(error: Refused): void {
    this.#cancelQuiet?.();
    this.#cancelQuiet = null;
    this.link.set({ state: "refused", reason: error.message, key: error.key });
  }

  async #enter(): Promise<void> {
    if (this.#signedIn) return;
    this.#entering ??= this.#world.signIn();
    try {
      await this.#entering;
      this.#signedIn = true;
    } finally {
      this.#entering = null;
    }
  }

  #open(): void {
    const socket = this.#world.socket();
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = () => this.#closed(socket);
  }

  #opened(): void {
    this.#connecting = false;
    this.#trusted = false;
    this.#attempts = 0;
    this.#leaving = false;
    this.#cancelQuiet?.();
    this.#cancelQuiet = null;
    for (const { text } of this.#waiting.values()) this.#send(text);
    this.link.set({ state: "open", again: this.#everOpen });
    this.#everOpen = true;
  }

  #closed(socket: Socket): void {
    if (socket !== this.#socket) return;
    // A handshake that fails may mean that the cookie is no longer known; the browser does not tell.
    const doubtful = this.#connecting && this.#trusted;
    if (this.#connecting) this.#signedIn = this.#trusted = false;
    this.#connecting = false;
    this.#socket = null;
    this.#cancelDeadline?.();
    this.#cancelDeadline = null;
    if (!this.#running) return;
    if (doubtful) this.#connect();
    else this.#retry();
  }

  #retry(): void {
    const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#attempts++);
    this.#cancelRetry = this.#world.after(longest * (0.4 + 0.6 * this.#world.random()), () => this.#connect());
    // Most losses are over before anybody needs to hear of them, unless somebody waits for an answer.
    if (!this.#cancelQuiet) this.#reportLoss(this.#leaving && this.#waiting.size === 0 ? QUIET_WHEN_LEAVING_MS : QUIET_MS);
  }

  #reportLoss(milliseconds: number): void {
    this.#cancelQuiet?.();
    this.#cancelQuiet = this.#world.after(milliseconds, () => this.link.set({ state: "lost" }));
  }

  #send(text: string): void {
    this.#socket?.send(text);
    if (!this.#cancelDeadline) this.#expectAnswer(ANSWER_WITHIN_MS);
  }

  #expectAnswer(milliseconds: number): void {
    this.#cancelDeadline?.();
    const socket = this.#socket;
    this.#cancelDeadline = this.#world.after(milliseconds, () => {
      if (!socket || socket !== this.#socket) return;
      // A dead line can take minutes to report its own close.
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
      this.#closed(socket);
    });
  }

  #receive(data: unknown): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline = null;
    const message = parse(data);
    if (!message) return;
    if (typeof message.method === "string") this.#notified(message.method);
    else if (typeof message.id === "number") this.#answered(message.id, message);
    if (this.#waiting.size > 0) this.#expectAnswer(ANSWER_WITHIN_MS);
  }

  #notified(method: string): void {
    if (method === "server.leaving") this.#leaving = true;
    for (const listener of this.#listeners.get(method as keyof Notifications) ?? []) listener();
  }

  #answered(id: number, message: Message): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (message.error) waiting.reject(new RpcError(message.error.message, message.error.data));
    else waiting.resolve(message.result);
    // Once what was asked for is drawn; a sign-in that fails is told by the next handshake.
    if (this.#enterLater) this.#world.after(ENTER_AFTER_MS, () => void this.#enter().catch(() => undefined));
    this.#enterLater = false;
    this.#rest();
  }
}

const keyOf = (method: string, params: unknown): string => JSON.stringify([method, params]);

interface Message {
  id?: unknown;
  method?: unknown;
  result?: unknown;
  error?: { message: string; data?: Partial<ErrorData> };
}

function parse(data: unknown): Message | null {
  try {
    const message: unknown = JSON.parse(String(data));
    return typeof message === "object" && message !== null ? (message as Message) : null;
  } catch {
    return null;
  }
}
