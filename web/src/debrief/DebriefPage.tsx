// SPDX-License-Identifier: Apache-2.0
import { useMemo, useRef } from "preact/hooks";
import { SecondSide } from "../contrast/SecondSide";
import { messageNumbers } from "../messageNumbers";
import type { SessionView } from "../protocol";
import { CaseLanguage } from "../talk/caseLanguage";
import { marked, served, text, when } from "../text";
import { Best } from "./Best";
import { Cues } from "./Cues";
import { Downloads } from "./Downloads";
import { Headlines } from "./Headlines";
import { HowItEnded } from "./HowItEnded";
import { Measures } from "./Measures";
import { Next } from "./Next";
import { OpenAll } from "./OpenAll";
import { OwnMarks } from "./OwnMarks";
import { OwnView } from "./OwnView";
import { StagePath } from "./StagePath";
import { Transcript } from "./Transcript";
import { ThatMoment } from "./ThatMoment";
import { brokeOff, endsOf, partedAt } from "./tries";
import { TriesCompared, type Try } from "./TriesCompared";
import { TriesNav } from "./TriesNav";
import { WhatYouDid } from "./WhatYouDid";

interface Props {
  shown: Try;
  /** The try before it. */
  before: Try | null;
  /** All of the conversation, whatever end is shown. */
  whole: SessionView;
  until: number | null;
  moment: number | null;
}

/** First what a coach would say in a minute; then, folded, all that it rests on. */
export function DebriefPage({ shown: { debrief, view }, before, whole, until, moment }: Props) {
  const page = useRef<HTMLDivElement>(null);
  const numbers = useMemo(() => messageNumbers(view.turns), [view.turns]);
  const parted = useMemo(() => before && partedAt(before.view, view), [before, view]);
  const number = before ? endsOf(before.view.turns).length : 0;
  const { character } = view.case;
  const { language, title } = debrief.case;
  const inCase = (inside: string) => <span lang={language}>{inside}</span>;
  // An address that is here already leads nowhere by itself.
  const again = (event: MouseEvent): void => {
    const link = (event.target as Element).closest("a");
    if (!link || moment === null || link.getAttribute("href") !== location.hash) return;
    const here = page.current?.querySelector<HTMLElement>(".exchange.here");
    const fold = here?.closest("details");
    if (fold) fold.open = true;
    here?.scrollIntoView({ block: "center" });
    here?.focus({ preventScroll: true });
  };
  return (
    <CaseLanguage.Provider value={language}>
      <div class="wide debrief" data-testid="debrief" ref={page} onClick={again}>
        <header>
          <h1 tabIndex={-1}>{marked("debrief.page.title", { case: inCase }, { title })}</h1>
          <p class="facts">
            <span>{marked("debrief.page.with_name", { who: inCase }, { name: character.name })}</span>
            <span>{when(view.started)}</span>
            <span>{text("debrief.page.messages", { count: debrief.messages })}</span>
          </p>
          <p class="simulated muted small">{served("notice", debrief.notice)}</p>
          <TriesNav view={whole} ends={endsOf(whole.turns)} until={until} />
        </header>
        {before && parted && <ThatMoment parted={parted} view={view} number={number} />}
        <HowItEnded
          ending={debrief.ending}
          messages={debrief.messages}
          view={view}
          longer={before && brokeOff(before, { debrief, view }) ? before.debrief.messages : null}
          asBefore={debrief.ending !== null && debrief.ending.id === before?.debrief.ending?.id}
        >
          <OwnView view={view} numbers={numbers} />
          <Headlines debrief={debrief} />
        </HowItEnded>
        {before && parted && <TriesCompared before={before} after={{ debrief, view }} parted={parted} number={number} />}
        <div class="pair">
          <Best debrief={debrief} numbers={numbers} until={until} before={before?.debrief ?? null} />
          <Next debrief={debrief} view={view} whole={whole} numbers={numbers} before={before?.debrief ?? null} />
        </div>
        {view.case.contrast && <SecondSide view={whole} contrast={view.case.contrast} />}
        <div class="folds">
          <OpenAll page={page} />
          <Cues debrief={debrief} view={view} numbers={numbers} until={until} />
          <WhatYouDid debrief={debrief} view={view} numbers={numbers} />
          <StagePath debrief={debrief} numbers={numbers} />
          <Measures debrief={debrief} />
          <OwnMarks view={view} numbers={numbers} until={until} />
          <Transcript debrief={debrief} view={view} numbers={numbers} moment={moment} />
          <Downloads session={view.session} />
        </div>
      </div>
    </CaseLanguage.Provider>
  );
}
