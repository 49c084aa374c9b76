// SPDX-License-Identifier: Apache-2.0
// One thing to practise today and why: what is begun, then what is due again, then what has rested longest or is new.
import type { Case, DrillList, SessionSummary } from "../protocol";
import { to } from "../route";
import type { Groups } from "./groups";

export interface Today {
  title: string;
  why: string;
  address: string;
}

const DAY_MS = 86_400_000;
const RESTED_DAYS = 7;

/** `cases` come easiest first. Null as long as nothing is known. */
export function today(groups: Groups, sessions: SessionSummary[], drills: DrillList["drills"], now: number): Today | null {
  const open = sessions.find((session) => session.ended === null);
  if (open) {
    return {
      title: open.title,
      why: "You are in the middle of it. A conversation that is finished teaches more than two that are begun.",
      address: to.talk(open.session),
    };
  }
  const tutorial = groups.tutorial[0];
  if (tutorial && sessions.length === 0) {
    return { title: tutorial.title, why: "Five minutes that show you the screen, and what tells coaching from mentoring.", address: to.brief(tutorial.id) };
  }
  const due = drills.filter((drill) => drill.due > 0).sort((a, b) => b.due - a.due)[0];
  const exercise = due && groups.drills.find((item) => item.id === due.script);
  if (due && exercise) {
    return {
      title: exercise.title,
      why: `${due.due === 1 ? "One task is" : `${due.due} tasks are`} due again: what comes back after a rest stays.`,
      address: to.brief(exercise.id),
    };
  }
  return nextCase([...groups.cases, ...groups.contrasts], sessions, now);
}

function nextCase(cases: Case[], sessions: SessionSummary[], now: number): Today | null {
  const last = (item: Case): number =>
    Math.max(0, ...sessions.filter((session) => session.script === item.id).map((session) => Date.parse(session.ended ?? session.started)));
  const fresh = cases.find((item) => last(item) === 0);
  const oldest = [...cases].sort((a, b) => last(a) - last(b))[0];
  if (oldest && !fresh && now - last(oldest) < RESTED_DAYS * DAY_MS) {
    return { title: oldest.title, why: "You have met everybody within a week. The same person again, another way, is good practice.", address: to.brief(oldest.id) };
  }
  const item = fresh ?? oldest;
  if (!item) return null;
  return fresh
    ? { title: item.title, why: `${item.character.name} is new to you: about ${item.minutes} minutes, ${item.level}.`, address: to.brief(item.id) }
    : { title: item.title, why: "It has rested longest. See what you would do differently now.", address: to.brief(item.id) };
}
