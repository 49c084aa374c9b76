// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Connection } from "../connection";
import { Notes } from "../notes";
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { words } from "../practice";
import type { Contrast, Debrief, SessionView } from "../protocol";
import { to } from "../route";
import { NoteBox } from "../talk/NoteBox";
import { NotingContext } from "../talk/noting";
import { simulated } from "../words";
import { Figures } from "./Figures";

interface Loaded {
  view: SessionView;
  contrast: Contrast;
  coaching: Debrief;
  mentoring: Debrief;
}

async function load(connection: Connection, session: string): Promise<Loaded> {
  const view = await connection.call("session.open", { session });
  const { contrast } = view.case;
  if (!contrast || view.pair === null) throw new Error("not a pair");
  const [own, other] = await Promise.all([
    connection.call("session.debrief", { session }),
    connection.call("session.debrief", { session: view.pair }),
  ]);
  const coached = view.case.mode === "coaching";
  return { view, contrast, coaching: coached ? own : other, mentoring: coached ? other : own };
}

/** The two conversations of a contrast beside each other, and the comparison that the trainee writes. */
export function ComparePage({ connection, session }: { connection: Connection; session: string }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const notes = useMemo(() => new Notes(connection, session), [connection, session]);
  useTitle(loaded ? `Compare: ${loaded.contrast.title}` : "Compare");
  useEffect(() => () => notes.close(), [notes]);
  useEffect(() => {
    let gone = false;
    load(connection, session).then(
      (result) => {
        if (gone) return;
        notes.show(result.view.notes);
        void notes.resume();
        setLoaded(result);
      },
      (error: unknown) => gone || setFailed(words(error)),
    );
    return () => {
      gone = true;
    };
  }, [connection, session, notes]);

  if (failed) return <Problem title="There is nothing to compare yet" text={failed} />;
  if (!loaded) return <Waiting what="both" />;
  return (
    <NotingContext.Provider value={notes}>
      <Comparison {...loaded} />
    </NotingContext.Provider>
  );
}

function Comparison({ view, contrast, coaching, mentoring }: Loaded) {
  const { name } = view.case.character;
  return (
    <div class="wide" data-testid="compare-page">
      <h1 tabIndex={-1}>{contrast.title}: both ways</h1>
      <p class="lead">
        You met {name} twice. Fill in what you saw, in your own words; what you write goes into your transcript.
      </p>
      <Figures coaching={coaching} mentoring={mentoring} />
      <section aria-labelledby="table-title">
        <h2 id="table-title">Your comparison</h2>
        <div class="rows">
          {contrast.rows.map((row) => (
            <fieldset key={row.id} class="row-fields">
              <legend>{row.dimension}</legend>
              {row.hint && <p class="muted small">{row.hint}</p>}
              <div class="cells">
                <NoteBox about={`${row.id}.coaching`} label="Coaching" />
                <NoteBox about={`${row.id}.mentoring`} label="Mentoring" />
              </div>
            </fieldset>
          ))}
        </div>
      </section>
      {contrast.end.length > 0 && (
        <section aria-labelledby="end-questions">
          <h2 id="end-questions">Last questions</h2>
          {contrast.end.map((question) => (
            <NoteBox key={question.id} about={question.id} label={question.ask} />
          ))}
        </section>
      )}
      <p class="actions">
        <a class="button" href={to.debrief(view.session)}>
          To the debrief and the transcript
        </a>
        <a href={to.home()}>Other cases</a>
      </p>
      <p class="muted small">{simulated()}</p>
    </div>
  );
}
