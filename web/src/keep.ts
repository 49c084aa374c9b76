// SPDX-License-Identifier: Apache-2.0
// What stays in this browser: turns that the server has not confirmed yet, drafts, conversations about to start, and a
// few choices. Kept in memory where the browser refuses storage. A draft is kept for its window as well: what another window on
// the same conversation types does not take its place.

export interface Unsent {
  session: string;
  turn: number;
  kind: "say" | "retake" | "hint" | "end";
  text: string;
  to: number | null;
  client: string;
}

export interface UnsentDispute {
  session: string;
  turn: number;
  label: number;
  kind: "raise" | "withdraw";
  technique: string | null;
  note: string;
  client: string;
}

/** A view of a label, half typed. */
export interface DisputeDraft {
  technique: string;
  note: string;
}

/** An estimate that is not sent yet. */
export interface EstimateDraft {
  went: number | null;
  skill: string;
  best: string;
}

const PREFIX = "askwell.";
const memory = new Map<string, string>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
    memory.delete(key);
  } catch {
    if (value === null) memory.delete(key);
    else memory.set(key, value);
  }
}

/** What this window alone knows. */
function readOwn(key: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

function writeOwn(key: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, value);
  } catch {
    // The shared copy is all there is.
  }
}

function keys(start: string): string[] {
  const found = new Set([...memory.keys()].filter((key) => key.startsWith(start)));
  try {
    for (let index = 0; index < localStorage.length; index++) {
      const key = localStorage.key(index);
      if (key?.startsWith(PREFIX + start)) found.add(key.slice(PREFIX.length));
    }
  } catch {
    // Storage is refused; memory is all there is.
  }
  return [...found];
}

function parse<T>(text: string | null): T | null {
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

// One entry a turn and a window: two windows on one conversation must not overwrite each other's words.
const unsentKey = (turn: Unsent): string => `unsent.${turn.session}.${turn.client}`;

// One entry a label: only the last thing said about it counts.
const disputeKey = ({ session, turn, label }: UnsentDispute): string => `dispute.${session}.${turn}.${label}`;

/** Whether the browser lets anything be kept beyond this page. */
export function lasting(): boolean {
  try {
    localStorage.setItem(`${PREFIX}lasting`, "yes");
    localStorage.removeItem(`${PREFIX}lasting`);
    return true;
  } catch {
    return false;
  }
}

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

  putUnsentDispute(dispute: UnsentDispute): void {
    write(disputeKey(dispute), JSON.stringify(dispute));
  },
  /** Leaves what was said later about the same label. */
  dropUnsentDispute(dispute: UnsentDispute): void {
    if (parse<UnsentDispute>(read(disputeKey(dispute)))?.client === dispute.client) write(disputeKey(dispute), null);
  },
  unsentDisputes(session: string): UnsentDispute[] {
    return keys(`dispute.${session}.`)
      .map((key) => parse<UnsentDispute>(read(key)))
      .filter((dispute): dispute is UnsentDispute => dispute !== null && dispute.session === session);
  },

  /** What was typed in this window; in a new window, what was typed last. */
  draft(session: string): string {
    const shared = read(`draft.${session}`) ?? "";
    const own = readOwn(`draft.${session}`) ?? "";
    return own === "" || shared.includes(own) ? shared : own;
  },
  /** No other window has it, or had it and sent it. */
  draftIsOwn(session: string): boolean {
    return read(`draft.${session}`) === null;
  },
  setDraft(session: string, text: string): void {
    const key = `draft.${session}`;
    // Letting go of one's own must not take what is being typed elsewhere.
    if (text !== "") write(key, text);
    else if (read(key) === (readOwn(key) ?? read(key))) write(key, null);
    writeOwn(key, text === "" ? null : text);
  },

  disputeDraft(session: string, turn: number, label: number): DisputeDraft | null {
    return parse<DisputeDraft>(read(`disputing.${session}.${turn}.${label}`));
  },
  setDisputeDraft(session: string, turn: number, label: number, draft: DisputeDraft | null): void {
    write(`disputing.${session}.${turn}.${label}`, draft && JSON.stringify(draft));
  },

  estimateDraft(session: string): EstimateDraft | null {
    return parse<EstimateDraft>(read(`estimating.${session}`));
  },
  setEstimateDraft(session: string, draft: EstimateDraft | null): void {
    write(`estimating.${session}`, draft && JSON.stringify(draft));
  },

  /** All words about a conversation that the server does not have, as far as this browser knows. */
  wordsOf(session: string): string[] {
    const disputing = keys(`disputing.${session}.`).map((key) => parse<DisputeDraft>(read(key))?.note ?? "");
    const notes = this.notesTyped(session).filter((about) => !/^(mark|self)\./.test(about));
    return [
      ...this.unsent(session).map(({ text }) => text),
      this.draft(session),
      ...notes.map((about) => this.note(session, about) ?? ""),
      ...this.unsentDisputes(session).map(({ note }) => note),
      ...disputing,
    ].filter((text) => text.trim() !== "");
  },

  /** The script of a conversation that the server may not have confirmed yet, and the one that it is to be compared with. */
  starting(session: string): { script: string; pair: string | null } | null {
    const [script, pair] = read(`starting.${session}`)?.split(" ") ?? [];
    return script ? { script, pair: pair ?? null } : null;
  },
  setStarting(session: string, script: string | null, pair?: string): void {
    write(`starting.${session}`, script !== null && pair ? `${script} ${pair}` : script);
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

  /** The trainee went on to the debrief without an estimate of their own. */
  unrated(session: string): boolean {
    return read(`unrated.${session}`) !== null;
  },
  setUnrated(session: string): void {
    write(`unrated.${session}`, "yes");
  },

  choice(name: string): string | null {
    return read(`choice.${name}`);
  },
  setChoice(name: string, value: string | null): void {
    write(`choice.${name}`, value);
  },
};
