// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Connection } from "../connection";
import { Notes } from "../notes";
import { KeptWords } from "../parts/KeptWords";
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { words } from "../practice";
import type { Contrast, Debrief, SessionView } from "../protocol";
import { to } from "../addresses";
import { NoteBox } from "../talk/NoteBox";
import { NotingContext } from "../talk/noting";
import { marked, text } from "../text";
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
  useTitle(loaded ? text("contrast.compare.document", { title: loaded.contrast.title }) : text("contrast.compare.plain"));
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

  if (failed) {
    return (
      <>
        <Problem title={text("contrast.compare.none")} text={failed} />
        <KeptWords session={session} />
      </>
    );
  }
  if (!loaded) return <Waiting what="both" />;
  return (
    <NotingContext.Provider value={notes}>
      <Comparison {...loaded} />
    </NotingContext.Provider>
  );
}

function Comparison({ view, contrast, coaching, mentoring }: Loaded) {
  const { language } = view.case;
  const inCase = (inside: string) => <span lang={language}>{inside}</span>;
  return (
    <div class="wide" data-testid="compare-page">
      <h1 tabIndex={-1}>{marked("contrast.sides.title", { case: inCase }, { title: contrast.title })}</h1>
      <p class="lead">{text("contrast.compare.lead", { name: view.case.character.name })}</p>
      <Figures coaching={coaching} mentoring={mentoring} />
      <section aria-labelledby="table-title">
        <h2 id="table-title">{text("contrast.compare.table")}</h2>
        <div class="rows">
          {contrast.rows.map((row) => (
            <fieldset key={row.id} class="row-fields">
              <legend lang={language}>{row.dimension}</legend>
              {row.hint && (
                <p class="muted small" lang={language}>
                  {row.hint}
                </p>
              )}
              <div class="cells">
                <NoteBox about={`${row.id}.coaching`} label={text("contrast.coaching")} />
                <NoteBox about={`${row.id}.mentoring`} label={text("contrast.mentoring")} />
              </div>
            </fieldset>
          ))}
        </div>
      </section>
      {contrast.end.length > 0 && (
        <section aria-labelledby="end-questions">
          <h2 id="end-questions">{text("contrast.compare.last_questions")}</h2>
          {contrast.end.map((question) => (
            <NoteBox key={question.id} about={question.id} label={inCase(question.ask)} />
          ))}
        </section>
      )}
      <p class="actions">
        <a class="button" href={to.debrief(view.session)}>
          {text("contrast.compare.to_debrief")}
        </a>
        <a href={to.home()}>{text("contrast.compare.other_cases")}</a>
      </p>
      <p class="muted small">{text("words.simulated")}</p>
    </div>
  );
}
