// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Connection } from "../connection";
import { keep } from "../keep";
import { Notes } from "../notes";
import { useObservable } from "../observable";
import { KeptWords } from "../parts/KeptWords";
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { words } from "../practice";
import type { SessionView } from "../protocol";
import { Disputable } from "../talk/Disputable";
import { NotingContext } from "../talk/noting";
import { text } from "../text";
import { DebriefPage } from "./DebriefPage";
import { Estimate } from "./Estimate";
import { isUnrated, keepUnrated } from "./kept";
import { asItWas, endsOf, ownEstimate } from "./tries";
import type { Try } from "./TriesCompared";

interface Props {
  connection: Connection;
  session: string;
  moment: number | null;
  /** The turn of the end that is wanted; null: as it stands. */
  until: number | null;
}

interface Loaded {
  shown: Try;
  before: Try | null;
  whole: SessionView;
}

async function load(connection: Connection, session: string, until: number | null): Promise<Loaded> {
  const asked = { session, ...(until === null ? {} : { ended_turn: until }) };
  const [debrief, whole] = await Promise.all([connection.call("session.debrief", asked), connection.call("session.open", { session })]);
  const earlier = endsOf(whole.turns).filter(({ turn, set_aside: aside }) => aside && (until === null || turn < until));
  const last = earlier[earlier.length - 1]?.turn;
  const before = last === undefined ? null : { debrief: await connection.call("session.debrief", { session, ended_turn: last }), view: asItWas(whole, last) };
  return { shown: { debrief, view: until === null ? whole : asItWas(whole, until) }, before, whole };
}

/** The guess made before the end belongs to that end. */
function fileGuess({ shown: { debrief } }: Loaded, until: number | null): void {
  const guess = keep.guess(debrief.session);
  if (guess === null || debrief.ended_turn === null || until !== null) return;
  keep.setGuess(`${debrief.session}.${debrief.ended_turn}`, guess);
  keep.setGuess(debrief.session, null);
}

export function Debrief({ connection, session, moment, until }: Props) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const notes = useMemo(() => new Notes(connection, session), [connection, session]);
  const link = useObservable(connection.link);
  useEffect(() => () => notes.close(), [notes]);
  useTitle(loaded ? text("debrief.page.document", { title: loaded.shown.debrief.case.title }) : text("debrief.page.plain"));
  useEffect(() => {
    let gone = false;
    load(connection, session, until).then(
      (come) => {
        if (gone) return;
        notes.show(come.whole.notes);
        void notes.resume();
        fileGuess(come, until);
        setLoaded(come);
      },
      (error: unknown) => gone || setFailed(words(error)),
    );
    return () => {
      gone = true;
    };
  }, [connection, session, until]);

  // The heading that was read while it was fetched has gone.
  useEffect(() => {
    if (loaded && document.activeElement === document.body) document.querySelector<HTMLElement>("main h1")?.focus();
  }, [loaded]);

  if (failed) {
    return (
      <>
        <Problem title={text("debrief.page.none")} text={failed} />
        <KeptWords session={session} />
      </>
    );
  }
  if (!loaded) {
    return (
      <div class="wide">
        <h1 tabIndex={-1}>{text("debrief.page.plain")}</h1>
        <Waiting what="debrief" />
      </div>
    );
  }
  return (
    <Disputable connection={connection} view={loaded.whole} online={link.state === "open"}>
      <NotingContext.Provider value={notes}>
        <Rated notes={notes} loaded={loaded} moment={moment} until={until} />
      </NotingContext.Provider>
    </Disputable>
  );
}

interface RatedProps {
  notes: Notes;
  loaded: Loaded;
  moment: number | null;
  until: number | null;
}

/** One's own estimate first, then the evidence: once for each end. */
function Rated({ notes, loaded, moment, until }: RatedProps) {
  const { view } = loaded.shown;
  const { notes: kept } = useObservable(notes.state);
  const ends = endsOf(view.turns);
  const end = ends.find((turn) => !turn.set_aside) ?? null;
  const place = `${view.session}.${end?.turn}`;
  const [skipped, setSkipped] = useState(isUnrated(place));
  const page = useRef<HTMLDivElement>(null);
  // Who chose to judge their own work first sees nothing before that.
  const judges = kept.some(({ about, text: level }) => about === "self.feedback" && level === "4");
  const shown = (skipped && !judges) || end === null || ownEstimate(kept, "went", end, ends) !== "";
  const was = useRef(shown);
  // The form goes and the debrief comes: reading goes on at its heading.
  useEffect(() => {
    if (shown && !was.current) page.current?.querySelector<HTMLElement>("h1")?.focus();
    was.current = shown;
  }, [shown]);
  const asks = view.drill === null && view.turns.some((turn) => turn.kind === "say");
  if (!asks || shown) {
    return (
      <div ref={page}>
        <DebriefPage {...loaded} moment={moment} until={until} />
      </div>
    );
  }
  return (
    <Estimate
      notes={notes}
      view={view}
      end={end.turn}
      again={ends.length > 1}
      onSkip={
        judges
          ? null
          : () => {
              keepUnrated(place);
              setSkipped(true);
            }
      }
    />
  );
}
