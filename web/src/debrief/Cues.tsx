// SPDX-License-Identifier: Apache-2.0
import { Sign, type SignName } from "../parts/Sign";
import type { Debrief, SessionView } from "../protocol";
import { to } from "../addresses";
import { text } from "../text";
import { messagesUpTo } from "./figures";
import { Fold } from "./Fold";

type Cue = Debrief["cues"][number];
type State = "picked_up" | "late" | "heard" | "open" | "passed_by";

const SHOWN: { state: State; sign: SignName }[] = [
  { state: "picked_up", sign: "strength" },
  { state: "late", sign: "back" },
  { state: "heard", sign: "neutral" },
  { state: "passed_by", sign: "consider" },
  { state: "open", sign: "neutral" },
];

/** Nobody can take up what was said after their last message. */
function stateOf({ offered_turn: offered, followed_turn: followed, late_turn: late, heard_turn: heard }: Cue, lastMessage: number): State {
  if (followed !== null) return "picked_up";
  if (late !== null) return "late";
  if (heard !== null) return "heard";
  return offered >= lastMessage ? "open" : "passed_by";
}

interface Props {
  debrief: Debrief;
  view: SessionView;
  numbers: Map<number, number>;
  until: number | null;
}

/** What the coachee held out, by what became of it: each with the line where it was said, and where it was taken up. */
export function Cues({ debrief, view, numbers, until }: Props) {
  const { cues, session } = debrief;
  const { character: name } = debrief.case;
  const lastMessage = Math.max(0, ...numbers.keys());
  const inState = (state: State): Cue[] => cues.filter((cue) => stateOf(cue, lastMessage) === state);
  const count = (state: State): number => inState(state).length;
  const gist =
    cues.length === 0
      ? text("debrief.cues.gist_none")
      : text("debrief.cues.gist", { picked_up: count("picked_up"), late: count("late"), heard: count("heard"), open: count("open"), passed_by: count("passed_by") });
  const at = (turn: number): string => to.debrief(session, turn, until ?? undefined);
  return (
    <Fold session={view.session} part="cues" title={text("debrief.cues.title", { name })} gist={gist}>
      {cues.length === 0 && <p>{text("debrief.cues.none", { name })}</p>}
      {cues.length > 0 && (
        <details>
          <summary>{text("debrief.cues.rule")}</summary>
          <p>{text("debrief.cues.rule_text", { name })}</p>
        </details>
      )}
      {SHOWN.map(({ state, sign }) => {
        const some = inState(state);
        if (some.length === 0) return null;
        return (
          <div key={state} data-testid={`cues-${state}`}>
            <h3 class="cue-title">
              <Sign name={sign} />
              {text(`debrief.cues.${state}`, { count: some.length })}
            </h3>
            <ul class="plain stack-small">
              {some.map((cue, index) => (
                <CueCard key={`${cue.id}-${index}`} cue={cue} state={state} of={debrief} numbers={numbers} at={at} />
              ))}
            </ul>
          </div>
        );
      })}
    </Fold>
  );
}

interface CardProps {
  cue: Cue;
  state: State;
  of: Debrief;
  numbers: Map<number, number>;
  at: (turn: number) => string;
}

function CueCard({ cue, state, of: { case: about }, numbers, at }: CardProps) {
  const { character: name, language } = about;
  const { offered_turn: offered, followed_turn: followed, late_turn: late, heard_turn: heard } = cue;
  return (
    <li class={`card cue ${state}`}>
      <p class="quote" dir="auto" lang={language}>
        {cue.line}
      </p>
      <p lang={language}>{cue.why}</p>
      <p class="cue-links">
        <a href={at(offered)}>
          {offered === 0 ? text("debrief.cues.in_opening", { name }) : text("debrief.cues.after", { name, number: messagesUpTo(offered, numbers) })}
        </a>
        {followed !== null && <a href={at(followed)}>{text("debrief.cues.picked_up_in", { number: messagesUpTo(followed, numbers) })}</a>}
        {late !== null && <a href={at(late)}>{text("debrief.cues.late_in", { number: messagesUpTo(late, numbers) })}</a>}
        {heard !== null && <a href={at(heard)}>{text("debrief.cues.heard_in", { number: messagesUpTo(heard, numbers) })}</a>}
      </p>
    </li>
  );
}
