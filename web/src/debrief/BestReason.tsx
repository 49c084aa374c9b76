// SPDX-License-Identifier: Apache-2.0
import { Fragment } from "preact";
import type { Debrief } from "../protocol";
import { servedMarked } from "../text";

type Because = NonNullable<Debrief["best"]>["because"];

interface Props {
  best: NonNullable<Debrief["best"]>;
  case: Debrief["case"];
}

/** Why it was the best moment: sentence by sentence where the language of the interface has them, else as the server worded it. */
export function BestReason({ best, case: { language, character } }: Props) {
  const inCase = (inside: string) => <span lang={language}>{inside}</span>;
  const marks = { technique: inCase, label: inCase, words: (inside: string) => <q lang={language}>{inside}</q> };
  const sentences = told(best.because, character).map(([id, blanks]) => servedMarked(`best.${id}`, marks, blanks));
  if (sentences.includes(null)) return <p lang="en">{best.reason}</p>;
  return (
    <p>
      {sentences.map((sentence, index) => (
        <Fragment key={index}>{sentence} </Fragment>
      ))}
    </p>
  );
}

type Sentence = [id: string, blanks: Record<string, string | number>];

function told({ technique, did, deepest, taken_up, moved }: Because, character: string): Sentence[] {
  const sentences: Sentence[] = [["recognised", { technique: technique.toLowerCase() }], [did, { character }]];
  if (deepest) sentences.push(["deepest", {}]);
  if (taken_up !== null) sentences.push(["taken_up", { words: taken_up }]);
  if (moved !== null) sentences.push(["moved", { ...moved }]);
  return sentences;
}
