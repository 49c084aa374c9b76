// SPDX-License-Identifier: Apache-2.0
// The wire, as the server speaks it: WebSocket subprotocol askwell.v1 at /ws, JSON-RPC 2.0 (one object a message, no
// batches). server/net/openrpc.json describes the same; a test holds the two and the server's method table together.
// All positions in texts count Unicode characters (code points), end exclusive. All times are RFC 3339 in UTC.

/** Methods: params and result. */
export interface Methods {
  "library.list": { params: Record<string, never>; result: LibraryList };
  "library.findings": { params: Record<string, never>; result: LibraryFindings };
  "session.list": { params: Record<string, never>; result: SessionList };
  /** The client chooses the session's id (a UUID), so asking twice gives the same session. seed: for trainers and tests. */
  "session.start": {
    params: { session: string; script: string; seed?: number; pair?: string };
    result: SessionView;
  };
  "session.open": { params: { session: string }; result: SessionView };
  "session.debrief": { params: { session: string }; result: Debrief };
  "turn.say": { params: { session: string; turn: number; text: string }; result: Turn };
  "turn.retake": { params: { session: string; turn: number; to: number }; result: Turn };
  "turn.hint": { params: { session: string; turn: number }; result: Turn };
  "turn.end": { params: { session: string; turn: number }; result: Turn };
  /** Sees a label differently; without technique: something else, or not sure. Replaces what was said before, until ruled. */
  "dispute.raise": {
    params: { session: string; turn: number; label: number; technique?: string; note?: string };
    result: Dispute;
  };
  "dispute.withdraw": { params: { session: string; turn: number; label: number }; result: Dispute };
  /** About one of the guide's questions, or into a cell of a comparison; empty takes it back. */
  "note.write": { params: { session: string; about: string; text: string }; result: Note };
  "drill.list": { params: Record<string, never>; result: DrillList };
}

/** Notifications from the server. */
export interface Notifications {
  /** The server is stopping; reconnect in a moment. Everything acknowledged is saved. */
  "server.leaving": Record<string, never>;
  /** Cases or findings changed; ask again. */
  "library.changed": Record<string, never>;
}

/** JSON-RPC error.data of every error; error.message is a sentence for the person. */
export interface ErrorData {
  key: string; // stable: "turn_out_of_order", "text_too_long", "session_not_found", "disk_full" ...
  status: string; // "invalid", "conflict", "unavailable" ...
}

export interface Case {
  id: string;
  title: string;
  language: string; // what it is written in (BCP 47)
  mode: "coaching" | "mentoring" | "drill";
  contrast: Contrast | null; // what it is a side of
  tutorial: boolean;
  exercises: number; // of one conversation of a drill; else 0
  model: { id: string; name: string };
  minutes: number;
  /** In years, of what the character says; null when it is not known for the language, or there is too little text. */
  reading_age: number | null;
  level: string;
  content_note: string | null;
  character: { name: string; age: number | null; role: string };
  situation: string;
  your_role: string;
  aim: string;
  skills: { id: string; name: string }[];
  programmes: string[];
  stages: { id: string; name: string; purpose: string }[];
}
/** A question of the guide's; the trainee may write an answer. */
export interface Question {
  id: string;
  ask: string;
}
/** The same person met twice, once coached and once mentored. */
export interface Contrast {
  id: string;
  title: string;
  about: string;
  other: string; // id of the case that is the other side
  between: Question[];
  end: Question[];
  rows: { id: string; dimension: string; hint: string | null }[];
}
export interface LibraryList {
  cases: Case[];
}
export interface Finding {
  code: string;
  severity: "error" | "warning";
  file: string;
  line: number;
  column: number;
  path: string;
  reason: string;
  remedy: string;
}
export interface LibraryFindings {
  /** refused: scripts not in service in this version; in_service says whether an earlier version still is. */
  files: { file: string; id: string | null; in_service: boolean; findings: Finding[] }[];
}

export interface SessionSummary {
  session: string;
  script: string;
  title: string;
  language: string | null; // null when its case is not in service
  character: string;
  mode: "coaching" | "mentoring" | "drill";
  contrast: string | null; // id of the contrast that it is a side of
  pair: string | null; // the conversation with the other side, when that came first
  started: string;
  ended: string | null;
  turns: number;
  feedback: number | null; // how much feedback it had, 1 (after every message) to 4 (at the end, after rating oneself)
  went: number | null; // in the trainee's own view, 1 to 5
}
export interface SessionList {
  sessions: SessionSummary[];
}

export interface SessionView {
  session: string;
  case: Case;
  started: string;
  ended: string | null;
  opening: Line[];
  /** Every turn so far in order, set-aside attempts included. */
  turns: Turn[];
  /** The labels that the trainee sees differently, at most one for each label. */
  disputes: Dispute[];
  notes: Note[];
  /** What the guide may ask on the way. */
  prompts: Question[];
  pair: string | null;
  /** How far a drill is. */
  drill: { right: number; done: number; of: number } | null;
  /** What a label can be called, in the words of the conversation's language pack. */
  techniques: Technique[];
  /** What the next turn must be numbered. */
  next: number;
  stage: StageRef;
  notice: string; // simulated practice ...
}

export interface Line {
  voice: "character" | "guide";
  text: string;
}
export interface StageRef {
  id: string;
  name: string;
}
export interface Label {
  technique: string;
  name: string; // for people
  family: "question" | "reflection" | "input" | "other";
  form: "open" | "closed" | "none";
  focus: string | null;
  start: number;
  end: number;
  cue: { start: number; end: number; text: string };
  rule: string;
  reason: string;
  confidence: number;
  /** Absent in answers that were kept before they existed. What else it might have been, and what spoke for what it is, the
   * strongest first; none when one rule was sure. */
  runner_up?: { technique: string; name: string } | null;
  evidence?: { rule: string; because: string; cue: { start: number; end: number; text: string }; points: number }[];
}
export interface Flag {
  id: string;
  name: string;
  reason: string;
}
export interface Feedback {
  what: string;
  why: string;
  alternative: string | null;
  criterion: string | null;
  strength: boolean;
}
export interface Turn {
  session: string;
  turn: number;
  kind: "say" | "retake" | "hint" | "end";
  at: string;
  /** As stored: what looked like a real person's data is masked. */
  text: string;
  masked: number; // how many places were masked
  labels: Label[];
  primary: string | null; // technique id of the label that the coachee reacted to
  flags: Flag[];
  picked_up: { start: number; end: number; text: string }[];
  /** Kind "say": what the labels leave out. Absent in answers that were kept before it existed. */
  recognised?: {
    label: number | null; // place of the primary label; null when it is about someone's safety
    questions: number;
    words: number;
    safety: string | null; // what the message may be about instead of practice
    asks?: string | null; // what kind of answer the message asks for, such as "when"
  } | null;
  reply: Line[];
  why: { rule: string; level: string; because: string; disclosure: string | null } | null;
  feedback: Feedback | null;
  stage: StageRef & { changed: boolean };
  effect: { id: string; label: string; before: number; after: number }[];
  /** Drills: what became of the exercise that the message was for. Absent in answers that were kept before it existed. */
  exercise?: { id: string; outcome: "aside" | "again" | "right" | "shown"; right: number; done: number; of: number } | null;
  /** The id of the guide's question that the last line of the reply is. */
  prompt?: string | null;
  hint: { listen_for: string; move: string; example: string } | null; // kind "hint"
  to: number | null; // kind "retake"
  ended: { id: string; title: string; debrief: string } | null;
  /** Only in SessionView, by replay: taken out of the active path by a later retake. */
  set_aside?: boolean;
}

/** What a trainee calls a label, and what a trainer made of it. The label itself never changes. */
export interface Dispute {
  turn: number;
  label: number; // index into the turn's labels
  technique: string | null; // null: something else, or not sure
  name: string | null; // for people
  note: string; // as stored: masked
  at: string;
  state: "open" | "withdrawn" | "ruled";
  ruling: { technique: string; name: string; form: "open" | "closed" | "none"; why: string; by: string | null; at: string } | null;
}
/** What the trainee wrote beside the conversation: about a question by its id, or in a cell ("ROW.coaching", "ROW.mentoring"). */
export interface Note {
  about: string;
  text: string; // as stored: masked
  at: string;
}
export interface DrillList {
  drills: { script: string; exercises: number; due: number; new: number; firm: number; next: string | null }[];
}
export interface Technique {
  id: string;
  name: string;
  family: "question" | "reflection" | "input" | "other";
  meaning: string | null; // one line
}

/** What the reason for the best moment says, piece by piece, for those who say it in another language. */
export interface BestBecause {
  technique: string; // its name in the conversation's language pack
  did: "led_on" | "moved_on" | "left_room" | "felt_heard" | "used_room";
  deepest: boolean;
  taken_up: string | null; // words from the line before
  moved: { label: string; before: number; after: number } | null;
}
export interface Debrief {
  session: string;
  notice: string;
  case: { id: string; title: string; language: string; mode: string; character: string };
  ending: { id: string; title: string; debrief: string } | null;
  minutes: number;
  messages: number;
  /** Under ten messages show counts, not percentages. */
  enough_for_shares: boolean;
  measures: {
    id: string; // telling_share, reflections, advice, reflection_to_question, words_per_message, open_share, stacked, own_words
    name: string;
    headline: boolean;
    count: number;
    of: number | null; // shown as "count of of", or a share when enough_for_shares
    per: "message" | "question" | "mean" | null;
    band: "starting" | "developing" | "steady" | null; // null: none known, or under ten messages
    permitted: number | null; // of telling: told after asking leave
    meaning: string; // what it is and why it matters, one or two sentences
    source: string;
  }[];
  mix: { technique: string; name: string; family: string; count: number }[];
  path: { id: string; name: string; from_turn: number; to_turn: number }[];
  stages: StageRef[];
  cues: { id: string; line: string; offered_turn: number; followed_turn: number | null; why: string }[];
  best: { turn: number; text: string; reason: string; because: BestBecause } | null;
  /** id: what it is about; count: how many times the conversation shows it; general: an example for any conversation. */
  next: { id: string; count: number; what: string; why: string; example: string | null; general: boolean };
}
