// SPDX-License-Identifier: Apache-2.0
import { useContext, useState } from "preact/hooks";
import { text } from "../text";
import { NoteBox } from "./NoteBox";
import { NotingContext } from "./noting";

interface Props {
  /** What the guide asked about. */
  about: string;
  name: string;
}

/**
 * Where the guide's question can be answered: part of what the guide says, and closed until somebody wants it, so that the one
 * box that stands open is the one for what is said to the coachee.
 */
export function GuideAnswer({ about, name }: Props) {
  const notes = useContext(NotingContext);
  const [open] = useState(() => (notes?.text(about) ?? "") !== "");
  return (
    <details class="guide-answer" open={open} data-testid="guide-answer">
      <summary>{text("talk.guide_answer.title")}</summary>
      <NoteBox
        about={about}
        label={text("talk.guide_answer.label", { name })}
        keep={{ button: text("talk.guide_answer.keep"), kept: text("talk.guide_answer.kept", { name }) }}
      />
    </details>
  );
}
