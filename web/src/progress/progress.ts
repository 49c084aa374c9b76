// SPDX-License-Identifier: Apache-2.0
// How a person's conversations went over time, one series a measure. With notes while they talked and without are kept apart:
// a skill that holds without them has settled. Nobody is compared with anybody.
import type { Connection } from "../connection";
import type { Debrief, SessionSummary } from "../protocol";

/** Conversations that the pictures show, the newest. */
export const SHOWN = 20;
/** Shares of fewer messages say little. */
export const LEAST_MESSAGES = 5;

export interface Point {
  session: string;
  title: string;
  at: string;
  /** 0 to 100. */
  value: number;
  aided: boolean;
}

export interface Series {
  id: string;
  name: string;
  meaning: string;
  source: string;
  points: Point[];
}

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

/** One after the other: a look back must not hold up anybody who is talking. */
export async function gather(connection: Connection, sessions: SessionSummary[], stopped: () => boolean): Promise<Told[]> {
  const told: Told[] = [];
  let refused: unknown = null;
  for (const summary of worthShowing(sessions)) {
    if (stopped()) break;
    try {
      told.push({ summary, debrief: await connection.call("session.debrief", { session: summary.session }) });
    } catch (error) {
      // One that cannot be had must not hide the others; when none can, the last reason is told.
      refused = error;
    }
  }
  if (told.length === 0 && refused !== null) throw refused;
  return told;
}

const IN_PERCENT = ["telling_share", "open_share", "reflections", "own_words"];

/** A measure is explained with the name of the person at hand; here it is about all of them. */
function aboutAnybody(meaning: string, name: string): string {
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
    for (const { id, name, meaning, source, count, of } of debrief.measures) {
      if (!IN_PERCENT.includes(id) || of === null || of === 0) continue;
      const one = series.get(id) ?? { id, name, meaning: aboutAnybody(meaning, summary.character), source, points: [] };
      one.points.push({
        session: summary.session,
        title: summary.title,
        at: summary.started,
        value: Math.min(100, Math.round((100 * count) / of)),
        aided: summary.feedback === null || summary.feedback <= 2,
      });
      series.set(id, one);
    }
  }
  return [...series.values()].sort((a, b) => IN_PERCENT.indexOf(a.id) - IN_PERCENT.indexOf(b.id));
}
