// SPDX-License-Identifier: Apache-2.0
import { SecondSide } from "../contrast/SecondSide";
import { newId } from "../id";
import type { SessionView } from "../protocol";
import { go, to } from "../addresses";
import { keepStarting } from "../starting";
import { text } from "../text";

interface Props {
  view: SessionView;
  name: string;
}

export function Ended({ view, name }: Props) {
  const ending = view.turns.find((turn) => turn.ended !== null && !turn.set_aside)?.ended;
  if (view.drill) return <DrillEnded view={view} ending={ending ?? null} />;
  return (
    <section class="card ended" aria-labelledby="ended-title">
      <h2 id="ended-title" tabIndex={-1}>{text("talk.ended.title", { name })}</h2>
      {ending && <p lang={view.case.language}>{ending.title}</p>}
      <p class="actions">
        <a class="button" href={to.debrief(view.session)} data-testid="to-debrief">
          {text("talk.ended.debrief")}
        </a>
      </p>
      {view.case.contrast && <SecondSide view={view} contrast={view.case.contrast} />}
    </section>
  );
}

function again(script: string): void {
  const session = newId();
  keepStarting(session, script);
  go(to.talk(session));
}

function DrillEnded({ view, ending }: { view: SessionView; ending: { title: string; debrief: string } | null }) {
  return (
    <section class="card ended" aria-labelledby="ended-title" data-testid="drill-ended">
      <h2 id="ended-title" tabIndex={-1} lang={ending ? view.case.language : undefined}>
        {ending?.title ?? text("talk.ended.drill")}
      </h2>
      {ending && <p lang={view.case.language}>{ending.debrief}</p>}
      <p class="muted small">{text("talk.ended.comes_back")}</p>
      <p class="actions">
        <a class="button" href={to.home()}>
          {text("talk.ended.next")}
        </a>
        <button type="button" class="secondary" onClick={() => again(view.case.id)}>
          {text("talk.ended.again")}
        </button>
      </p>
    </section>
  );
}
