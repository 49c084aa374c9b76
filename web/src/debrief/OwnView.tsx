// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Notes } from "../notes";
import { useObservable } from "../observable";
import type { Note, SessionView } from "../protocol";
import { to } from "../route";
import { NotingContext } from "../talk/noting";
import { WENT } from "./estimate";

interface Props {
  view: SessionView;
  numbers: Map<number, number>;
}

/** What the trainee thought before the figures, and the moments that they marked on the way. */
export function OwnView(props: Props) {
  const notes = useContext(NotingContext);
  return notes && <Own {...props} notes={notes} />;
}

const MARKS: Record<string, string> = { reflection: "for your reflection", supervision: "for supervision" };

function Own({ view, numbers, notes }: Props & { notes: Notes }) {
  const { notes: kept } = useObservable(notes.state);
  const text = (about: string): string => kept.find((note) => note.about === about)?.text ?? "";
  const went = WENT[Number(text("self.went")) - 1];
  const skill = view.techniques.find(({ id }) => id === text("self.skill"))?.name;
  const best = numbers.get(Number(text("self.best")));
  const marked = kept
    .filter(({ about, text: mark }) => about.startsWith("mark.") && mark !== "")
    .sort((a, b) => turnOf(a) - turnOf(b));
  if (!went && marked.length === 0) return null;
  return (
    <section class="card own-view" aria-labelledby="own-title" data-testid="own-view">
      <h2 id="own-title">What you thought, before the figures</h2>
      {went && (
        <p>
          It went: {went.toLowerCase()}.{skill && ` You worked on: ${skill.toLowerCase()}.`}
          {best !== undefined && ` Your best moment: message ${best}.`}
        </p>
      )}
      {marked.length > 0 && (
        <ul class="plain links">
          {marked.map((note) => (
            <li key={note.about}>
              <a href={to.debrief(view.session, turnOf(note))}>
                {numbers.has(turnOf(note)) ? `Message ${numbers.get(turnOf(note))}` : "A try that you set aside"}
              </a>
              , marked {MARKS[note.text] ?? note.text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function turnOf(note: Note): number {
  return Number(note.about.slice("mark.".length));
}
