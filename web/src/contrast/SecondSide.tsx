// SPDX-License-Identifier: Apache-2.0
import { newId } from "../id";
import type { Contrast, SessionView } from "../protocol";
import { go, to } from "../addresses";
import { keepStarting } from "../starting";
import { NoteBox } from "../talk/NoteBox";
import { text } from "../text";

function startOther(view: SessionView, contrast: Contrast): void {
  const session = newId();
  keepStarting(session, contrast.other, view.session);
  go(to.talk(session));
}

/** After one side of a contrast: the questions between, and the way to the other side; after both, the comparison. */
export function SecondSide({ view, contrast }: { view: SessionView; contrast: Contrast }) {
  const { name } = view.case.character;
  if (view.pair !== null) {
    return (
      <div class="second-side">
        <h3>{text("contrast.second.met", { name })}</h3>
        <p>{text("contrast.second.beside")}</p>
        <p class="actions">
          <a class="button" href={to.compare(view.session)} data-testid="to-compare">
            {text("contrast.second.compare")}
          </a>
        </p>
      </div>
    );
  }
  const other = view.case.mode === "coaching" ? "mentoring" : "coaching";
  return (
    <div class="second-side" data-testid="between">
      <h3>{text("contrast.second.before", { name, other })}</h3>
      {contrast.between.map((question) => (
        <NoteBox key={question.id} about={question.id} label={<span lang={view.case.language}>{question.ask}</span>} />
      ))}
      <p class="actions">
        <button type="button" data-testid="start-other" onClick={() => startOther(view, contrast)}>
          {text("contrast.second.start", { name, other })}
        </button>
      </p>
    </div>
  );
}
