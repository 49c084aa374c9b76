// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import type { Turn } from "../protocol";
import { marked } from "../text";
import { noteKind } from "../words";
import { CaseLanguage } from "./caseLanguage";
import { effectWords, noteKindWords, primaryLabel } from "./noteWords";

/** A note in one breath, for those who listen. */
export function SpokenNote({ turn }: { turn: Turn }) {
  const language = useContext(CaseLanguage);
  const label = primaryLabel(turn);
  if (!label) return null;
  const effect = effectWords(turn.effect).map((change) => change.text);
  const rest = [noteKindWords(noteKind(turn)), effect.join(", ")].filter(Boolean);
  return (
    <>
      {marked("talk.note.spoken", { technique: (name) => <span lang={language}>{name}</span> }, { technique: label.name })}
      {rest.map((sentence) => `. ${sentence}`)}
    </>
  );
}
