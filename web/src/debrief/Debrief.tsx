// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Connection } from "../connection";
import { Disputes } from "../disputes";
import { keep } from "../keep";
import { Notes } from "../notes";
import { useObservable } from "../observable";
import { KeptWords } from "../parts/KeptWords";
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { words } from "../practice";
import type { Debrief as DebriefData, SessionView } from "../protocol";
import { DisputingContext, useTechniques } from "../talk/disputing";
import { useEstimated } from "../talk/feedbackHeld";
import { NotingContext } from "../talk/noting";
import { text } from "../text";
import { DebriefPage } from "./DebriefPage";
import { Estimate } from "./Estimate";

interface Props {
  connection: Connection;
  session: string;
  moment: number | null;
}

interface Loaded {
  debrief: DebriefData;
  view: SessionView;
}

export function Debrief({ connection, session, moment }: Props) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const disputes = useMemo(() => new Disputes(connection, session), [connection, session]);
  const notes = useMemo(() => new Notes(connection, session), [connection, session]);
  const link = useObservable(connection.link);
  const techniques = useTechniques(disputes, loaded !== null);
  useEffect(() => () => disputes.close(), [disputes]);
  useEffect(() => () => notes.close(), [notes]);
  useTitle(loaded ? text("debrief.page.document", { title: loaded.debrief.case.title }) : text("debrief.page.plain"));
  useEffect(() => {
    let gone = false;
    Promise.all([connection.call("session.debrief", { session }), connection.call("session.open", { session })]).then(
      ([debrief, view]) => {
        if (gone) return;
        disputes.show(view.disputes);
        void disputes.resume();
        notes.show(view.notes);
        void notes.resume();
        setLoaded({ debrief, view });
      },
      (error: unknown) => gone || setFailed(words(error)),
    );
    return () => {
      gone = true;
    };
  }, [connection, session]);

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
    <DisputingContext.Provider value={{ disputes, techniques, online: link.state === "open" }}>
      <NotingContext.Provider value={notes}>
        <Rated notes={notes} loaded={loaded} moment={moment} />
      </NotingContext.Provider>
    </DisputingContext.Provider>
  );
}

/** One's own estimate first, then the evidence: once for each conversation that is over. */
function Rated({ notes, loaded: { debrief, view }, moment }: { notes: Notes; loaded: Loaded; moment: number | null }) {
  const rated = useEstimated(notes);
  const [skipped, setSkipped] = useState(keep.unrated(view.session));
  const page = useRef<HTMLDivElement>(null);
  const shown = rated || skipped;
  const was = useRef(shown);
  // The form goes and the debrief comes: reading goes on at its heading.
  useEffect(() => {
    if (shown && !was.current) page.current?.querySelector<HTMLElement>("h1")?.focus();
    was.current = shown;
  }, [shown]);
  const asks = view.ended !== null && view.drill === null && view.turns.some((turn) => turn.kind === "say");
  if (!asks || shown) {
    return (
      <div ref={page}>
        <DebriefPage debrief={debrief} view={view} moment={moment} />
      </div>
    );
  }
  return (
    <Estimate
      notes={notes}
      view={view}
      onSkip={() => {
        keep.setUnrated(view.session);
        setSkipped(true);
      }}
    />
  );
}
