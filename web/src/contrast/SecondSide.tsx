// SPDX-License-Identifier: Apache-2.0
import { newId } from "../id";
import { keep } from "../keep";
import type { Contrast, SessionView } from "../protocol";
import { go, to } from "../route";
import { NoteBox } from "../talk/NoteBox";

function startOther(view: SessionView, contrast: Contrast): void {
  const session = newId();
  keep.setStarting(session, contrast.other, view.session);
  go(to.talk(session));
}

/** After one side of a contrast: the questions between, and the way to the other side; after both, the comparison. */
export function SecondSide({ view, contrast }: { view: SessionView; contrast: Contrast }) {
  const { name } = view.case.character;
  if (view.pair !== null) {
    return (
      <div class="second-side">
        <h3>You have met {name} both ways</h3>
        <p>Now put the two beside each other, while both are fresh.</p>
        <p class="actions">
          <a class="button" href={to.compare(view.session)} data-testid="to-compare">
            Compare the two
          </a>
        </p>
      </div>
    );
  }
  const other = view.case.mode === "coaching" ? "mentor" : "coach";
  return (
    <div class="second-side" data-testid="between">
      <h3>Before you meet {name} as a {other}</h3>
      {contrast.between.map((question) => (
        <NoteBox key={question.id} about={question.id} label={question.ask} />
      ))}
      <p class="actions">
        <button type="button" data-testid="start-other" onClick={() => startOther(view, contrast)}>
          Meet {name} again, as a {other}
        </button>
      </p>
    </div>
  );
}
