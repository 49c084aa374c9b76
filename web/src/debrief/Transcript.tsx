// SPDX-License-Identifier: Apache-2.0
import type { Debrief, SessionView } from "../protocol";
import { useHere } from "../talk/here";
import { Spoken } from "../talk/Spoken";
import { ThreadView } from "../talk/ThreadView";
import { marked, text } from "../text";
import { mode } from "../words";
import { Fold } from "./Fold";

interface Props {
  debrief: Debrief;
  view: SessionView;
  numbers: Map<number, number>;
  moment: number | null;
}

export function Transcript({ debrief, view, numbers, moment }: Props) {
  const { name, role } = view.case.character;
  const who = (inside: string) => <span lang={view.case.language}>{inside}</span>;
  const seen = view.disputes.filter(({ state }) => state !== "withdrawn").length;
  return (
    <Fold
      session={view.session}
      part="transcript"
      title={text("debrief.transcript.title")}
      gist={text("debrief.transcript.gist", { messages: numbers.size, seen })}
      wanted={moment === null ? null : String(moment)}
    >
      <p class="facts">
        <span>{marked("debrief.page.with", { who }, { name, role })}</span>
        <span>{mode(debrief.case.mode).name}</span>
        <span>{text("words.minutes", { count: debrief.minutes })}</span>
      </p>
      <div class="log transcript" data-testid="transcript">
        <Opening view={view} here={moment === 0} />
        <ThreadView turns={view.turns} numbers={numbers} name={name} pacing={null} moment={moment} notesOpen onRetake={null} />
      </div>
    </Fold>
  );
}

function Opening({ view, here }: { view: SessionView; here: boolean }) {
  const place = useHere(here);
  return (
    <div class={here ? "exchange here" : "exchange"} ref={place} tabIndex={-1}>
      <Spoken lines={view.opening} name={view.case.character.name} />
    </div>
  );
}
