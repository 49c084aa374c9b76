// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "preact/hooks";
import { SecondSide } from "../contrast/SecondSide";
import type { Debrief, SessionView } from "../protocol";
import { CaseLanguage } from "../talk/caseLanguage";
import { marked, served, text, when } from "../text";
import { messageNumbers } from "../thread";
import { minutes, mode } from "../words";
import { Best } from "./Best";
import { Cues } from "./Cues";
import { Downloads } from "./Downloads";
import { Headlines } from "./Headlines";
import { HowItEnded } from "./HowItEnded";
import { Measures } from "./Measures";
import { Mix } from "./Mix";
import { MixOverTime } from "./MixOverTime";
import { Next } from "./Next";
import { OwnView } from "./OwnView";
import { StagePath } from "./StagePath";
import { Transcript } from "./Transcript";

interface Props {
  debrief: Debrief;
  view: SessionView;
  moment: number | null;
}

export function DebriefPage({ debrief, view, moment }: Props) {
  const numbers = useMemo(() => messageNumbers(view.turns), [view.turns]);
  const { character } = view.case;
  const { language, title } = debrief.case;
  const inCase = (inside: string) => <span lang={language}>{inside}</span>;
  const page = (
    <div class="wide debrief" data-testid="debrief">
      <header>
        <h1 tabIndex={-1}>{marked("debrief.page.title", { case: inCase }, { title })}</h1>
        <p class="facts">
          <span>{marked("debrief.page.with", { who: inCase }, { name: character.name, role: character.role })}</span>
          <span>{mode(debrief.case.mode).name}</span>
          <span>{when(view.started)}</span>
          <span>{minutes(debrief.minutes)}</span>
          <span>{text("debrief.page.messages", { count: debrief.messages })}</span>
        </p>
        <p class="callout simulated">{served("notice", debrief.notice)}</p>
      </header>
      <HowItEnded ending={debrief.ending} view={view} />
      {view.case.contrast && <SecondSide view={view} contrast={view.case.contrast} />}
      <OwnView view={view} numbers={numbers} />
      <Headlines debrief={debrief} />
      <div class="pair">
        <Next debrief={debrief} view={view} numbers={numbers} />
        <Best debrief={debrief} numbers={numbers} />
      </div>
      <Mix debrief={debrief} />
      <MixOverTime turns={view.turns} numbers={numbers} />
      <StagePath debrief={debrief} numbers={numbers} />
      <Cues debrief={debrief} numbers={numbers} />
      <Measures debrief={debrief} />
      <Downloads session={view.session} />
      <Transcript view={view} numbers={numbers} moment={moment} />
    </div>
  );
  return <CaseLanguage.Provider value={language}>{page}</CaseLanguage.Provider>;
}
