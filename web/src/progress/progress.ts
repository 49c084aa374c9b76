// SPDX-License-Identifier: Apache-2.0
// How a person's conversations went over time, one series a measure. With notes while they talked and without are kept apart:
// a skill that holds without them has settled. Nobody is compared with anybody.
import type { Connection } from "../connection";
import { measureName, measureSource } from "../debrief/worded";
import type { Debrief, SessionSummary } from "../protocol";
import { number, served, text } from "../text";

/** Conversations that the pictures show, the newest. */
export const SHOWN = 20;
/** What is shorter is not worth a look back. Shares are shown from ten messages on, as the server says. */
export const LEAST_MESSAGES = 5;

export interface Point {
  session: string;
  title: string;
  /** Of its case, for the title. */
  language: string | undefined;
  at: string;
  count: number;
  of: number;
  /** A share from 0 to 100, or how many times as much; null when there were too few messages for more than counts. */
  value: number | null;
  aided: boolean;
}

export interface Series {
  id: string;
  scale: "share" | "ratio";
  name: string;
  meaning: string;
  source: string;
  points: Point[];
}

type Measure = Debrief["measures"][number];

export interface Told {
  summary: SessionSummary;
  debrief: Debrief;
}

export function worthShowing(sessions: SessionSummary[]): SessionSummary[] {
  return sessions
    .filter((session) => session.ended !== null && session.mode !== "drill" && session.turns > 0)
    // Whoever wanted to rate themselves first sees no figures before that.
    .filter((session) => session.feedback !== 4 || session.went !== null)
    .slice(0, SHOWN);
}

/** Of a conversation that was tried again, the try with most messages: a moment said differently takes nothing away. */
async function fullest(connection: Connection, session: string): Promise<Debrief> {
  const latest = await connection.call("session.debrief", { session });
  let most = latest;
  for (const turn of latest.earlier_ends) {
    const earlier = await connection.call("session.debrief", { session, ended_turn: turn });
    if (earlier.messages > most.messages) most = earlier;
  }
  return most;
}

/** One after the other: a look back must not hold up anybody who is talking. */
export async function gather(connection: Connection, sessions: SessionSummary[], stopped: () => boolean): Promise<Told[]> {
  const told: Told[] = [];
  let refused: unknown = null;
  for (const summary of worthShowing(sessions)) {
    if (stopped()) break;
    try {
      told.push({ summary, debrief: await fullest(connection, summary.session) });
    } catch (error) {
      // One that cannot be had must not hide the others; when none can, the last reason is told.
      refused = error;
    }
  }
  if (told.length === 0 && refused !== null) throw refused;
  return told;
}

/** In this order: first what tells good conversations from poor ones best. */
const SCALES: Record<string, Series["scale"]> = {
  telling_share: "share",
  reflections: "share",
  reflection_to_question: "ratio",
  own_words: "share",
  open_share: "share",
};
const ORDER = Object.keys(SCALES);

function valueOf(scale: Series["scale"], count: number, of: number): number {
  return scale === "ratio" ? count / of : Math.min(100, Math.round((100 * count) / of));
}

/** What one conversation came to, always with its counts. */
export function pointWords(scale: Series["scale"], { count, of, value }: Point): string {
  const counts = { count: number(count), of: number(of) };
  if (scale === "ratio") return text("progress.point.ratio", counts);
  if (value === null) return text("progress.point.counts", counts);
  return text("progress.point.share", { ...counts, share: text("progress.value.share", { value: number(value) }) });
}

/** What a measure says about the one conversation at hand. */
const OF_ONE = / (?:This time|Told after asking): [^.]*\./g;

/** A measure is explained with the name and the figures of the conversation at hand; here it is about all of them. */
function aboutAnybody({ id, meaning }: Measure, mode: SessionSummary["mode"], name: string): string {
  const known = served(`measure.${id}.meaning`, "", { mode, character: text("progress.anybody") });
  return known === "" ? inEnglish(meaning.replace(OF_ONE, ""), name) : known;
}

function inEnglish(meaning: string, name: string): string {
  if (name === "") return meaning;
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\p{N}])`, "gu");
  return meaning.replace(whole, "your coachee").replace(/(^|[.:] )your coachee/g, "$1Your coachee");
}

/** Oldest first, as time goes. */
export function seriesOf(told: Told[], mode: SessionSummary["mode"]): Series[] {
  const own = told
    .filter(({ summary, debrief }) => summary.mode === mode && debrief.messages >= LEAST_MESSAGES)
    .sort((a, b) => a.summary.started.localeCompare(b.summary.started));
  const series = new Map<string, Series>();
  for (const { summary, debrief } of own) {
    for (const measure of debrief.measures) {
      const { id, count, of } = measure;
      const scale = SCALES[id];
      if (!scale || of === null || of === 0) continue;
      const one = series.get(id) ?? {
        id,
        scale,
        name: measureName(measure),
        meaning: aboutAnybody(measure, mode, summary.character),
        source: measureSource(measure, mode),
        points: [],
      };
      one.points.push({
        session: summary.session,
        title: summary.title,
        language: summary.language ?? undefined,
        at: summary.started,
        count,
        of,
        value: debrief.enough_for_shares ? valueOf(scale, count, of) : null,
        aided: summary.feedback === null || summary.feedback <= 2,
      });
      series.set(id, one);
    }
  }
  return [...series.values()].sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
}
