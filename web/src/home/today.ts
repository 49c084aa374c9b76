// SPDX-License-Identifier: Apache-2.0
// One thing to practise today and why: what is begun, then what is due again, then what has rested longest or is new.
import type { CaseSummary, DrillList, SessionSummary } from "../protocol";
import { to } from "../addresses";
import { text } from "../text";
import { levelOf } from "./caseWords";
import type { Groups } from "./groups";

export interface Today {
  title: string;
  /** Of the title; null when it is not known. */
  language: string | null;
  why: string;
  address: string;
}

const DAY_MS = 86_400_000;
const RESTED_DAYS = 7;

/** `cases` come easiest first. Null as long as nothing is known. */
export function today(groups: Groups, sessions: SessionSummary[], drills: DrillList["drills"], now: number): Today | null {
  const open = sessions.find((session) => session.ended === null && session.turns > 0);
  if (open) {
    return {
      title: open.title,
      language: open.language,
      why: text("home.today.open"),
      address: to.talk(open.session),
    };
  }
  const tutorial = groups.tutorial[0];
  if (tutorial && sessions.length === 0) {
    return begin(tutorial, text("home.today.tutorial"));
  }
  const due = drills.filter((drill) => drill.due > 0).sort((a, b) => b.due - a.due)[0];
  const exercise = due && groups.drills.find((item) => item.id === due.script);
  if (due && exercise) {
    return begin(exercise, text("home.today.due", { due: due.due }));
  }
  return nextCase([...groups.cases, ...groups.contrasts], sessions, now);
}

function nextCase(cases: CaseSummary[], sessions: SessionSummary[], now: number): Today | null {
  const last = (item: CaseSummary): number =>
    Math.max(0, ...sessions.filter((session) => session.script === item.id).map((session) => Date.parse(session.ended ?? session.started)));
  const fresh = cases.find((item) => last(item) === 0);
  const oldest = [...cases].sort((a, b) => last(a) - last(b))[0];
  if (oldest && !fresh && now - last(oldest) < RESTED_DAYS * DAY_MS) {
    return begin(oldest, text("home.today.all_met"));
  }
  const item = fresh ?? oldest;
  if (!item) return null;
  const { character, minutes } = item;
  return begin(item, fresh ? text("home.today.fresh", { name: character.name, count: minutes, level: levelOf(item) }) : text("home.today.rested"));
}

function begin({ id, title, language }: CaseSummary, why: string): Today {
  return { title, language, why, address: to.brief(id) };
}
