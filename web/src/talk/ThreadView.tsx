// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";
import type { Pacing } from "../pacing";
import type { Turn } from "../protocol";
import { text } from "../text";
import { thread, type ThreadItem } from "../thread";
import { Aside } from "./Aside";
import { Exchange } from "./Exchange";
import { HintCard } from "./HintCard";
import { messageName } from "./messageName";

interface Props {
  turns: Turn[];
  numbers: Map<number, number>;
  name: string;
  pacing: Pacing | null;
  moment: number | null;
  /** The turn that going back to a moment will be, which somebody looks at and has not taken yet. */
  looking?: number | null;
  /** Notes stand open, for reading afterwards. */
  notesOpen: boolean;
  /** Whether the note on a message is to be seen yet; absent: all are. */
  noteShown?: (turn: Turn) => boolean;
  onRetake: ((turn: number) => void) | null;
}

export function ThreadView({ turns, numbers, name, pacing, moment, looking = null, notesOpen, noteShown = () => true, onRetake }: Props) {
  const items = useMemo(() => thread(turns), [turns]);
  return (
    <>
      {items.map((item) => {
        if (item.kind === "aside") {
          return (
            <Aside
              key={`aside-${item.key}`}
              attempt={item.attempt}
              turns={item.turns}
              numbers={item.numbers}
              instead={insteadOf(items, item)}
              name={name}
              notesOpen={notesOpen}
              noteShown={noteShown}
            />
          );
        }
        if (item.kind === "back") {
          return (
            <p key={`turn-${item.turn.turn}`} class="went-back">
              {text(item.turn.turn === looking ? "talk.exchange.looking_back" : "talk.exchange.went_back")}
            </p>
          );
        }
        return (
          <TurnView
            key={`turn-${item.turn.turn}`}
            turn={item.turn}
            number={numbers.get(item.turn.turn) ?? null}
            name={name}
            pacing={pacing?.turn === item.turn.turn ? pacing : null}
            here={moment === item.turn.turn}
            notesOpen={notesOpen}
            noteShown={noteShown(item.turn)}
            onRetake={onRetake}
          />
        );
      })}
    </>
  );
}

/** As many messages of the path that counts as the try that was set aside has, from where it branches off. */
function insteadOf(items: ThreadItem[], aside: ThreadItem & { kind: "aside" }): Turn[] {
  const said = aside.turns.filter((turn) => turn.kind === "say").length;
  const after = items.slice(items.indexOf(aside) + 1).flatMap((item) => (item.kind === "turn" ? [item.turn] : []));
  return after.filter((turn) => turn.kind === "say").slice(0, said);
}

interface TurnProps {
  turn: Turn;
  number: number | null;
  /** Which try, of one that was set aside. */
  attempt?: number | null;
  name: string;
  pacing: Pacing | null;
  here: boolean;
  notesOpen: boolean;
  noteShown?: boolean;
  onRetake: ((turn: number) => void) | null;
}

export function TurnView({ turn, number, attempt = null, name, pacing, here, notesOpen, noteShown = true, onRetake }: TurnProps) {
  if (turn.kind === "hint") return turn.hint ? <HintCard turn={turn} hint={turn.hint} /> : null;
  const lines = pacing ? turn.reply.slice(0, pacing.shown) : turn.reply;
  return (
    <Exchange
      name={name}
      message={number === null ? "" : messageName(number, attempt)}
      said={turn.kind === "say" ? turn.text : null}
      turn={turn}
      lines={lines}
      pacing={pacing}
      here={here}
      notesOpen={notesOpen}
      noteShown={noteShown}
      {...(onRetake && turn.kind === "say" ? { onRetake: () => onRetake(turn.turn) } : {})}
    />
  );
}
