// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Connection } from "../connection";
import { libraryOf } from "../library";
import { useObservable } from "../observable";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { words } from "../practice";
import type { SessionSummary } from "../protocol";
import { to } from "../addresses";
import { marked, text, when } from "../text";
import { gather, LEAST_MESSAGES, pointWords, type Series, seriesOf, type Told } from "./progress";
import { Picture } from "./Picture";

export function ProgressPage({ connection }: { connection: Connection }) {
  const library = libraryOf(connection);
  useTitle(text("progress.title"));
  const sessions = useObservable(library.sessions);
  const [told, setTold] = useState<Told[] | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => library.askSessions(), [library]);
  useEffect(() => {
    if (!sessions) return undefined;
    let gone = false;
    gather(connection, sessions, () => gone).then(
      (found) => {
        if (gone) return;
        setFailed(null);
        setTold(found);
      },
      (error: unknown) => gone || setFailed(words(error)),
    );
    return () => {
      gone = true;
    };
  }, [connection, sessions]);

  // The same series each time, so that its picture is drawn once.
  const coaching = useMemo(() => (told ? seriesOf(told, "coaching") : []), [told]);
  const mentoring = useMemo(() => (told ? seriesOf(told, "mentoring") : []), [told]);
  return (
    <div class="wide progress" data-testid="progress">
      <h1 tabIndex={-1}>{text("progress.title")}</h1>
      <p class="lead">{text("progress.lead")}</p>
      {failed && <p role="alert">{failed}</p>}
      {told === null && !failed && <Waiting what="conversations" />}
      {told !== null && coaching.length + mentoring.length === 0 && (
        <p data-testid="no-progress">{text("progress.none", { least: LEAST_MESSAGES })}</p>
      )}
      {coaching.map((series) => (
        <Skill key={series.id} series={series} mode="coaching" />
      ))}
      {mentoring.length > 0 && <h2 id="as-a-mentor">{text("progress.as_mentor")}</h2>}
      {mentoring.map((series) => (
        <Skill key={series.id} series={series} mode="mentoring" />
      ))}
      {told !== null && told.some(({ summary }) => summary.went !== null) && <Estimates told={told} />}
    </div>
  );
}

function Skill({ series, mode }: { series: Series; mode: SessionSummary["mode"] }) {
  const title = `skill-${series.id}-${series.points[0]?.session}`;
  // The same skill stands there twice for those who coach and mentor.
  const names = mode === "mentoring" ? `as-a-mentor ${title}` : title;
  return (
    <section class="card skill" aria-labelledby={names} data-testid={`skill-${series.id}`}>
      <h2 id={title}>{series.name}</h2>
      <Picture series={series} mode={mode} />
      <p>{series.meaning}</p>
      <details>
        <summary id={`${title}-table`}>{text("progress.table.title", { count: series.points.length })}</summary>
        <div class="scroll" tabIndex={0} role="region" aria-labelledby={`${names} ${title}-table`}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text("progress.table.conversation")}</th>
                <th scope="col">{text("progress.table.when")}</th>
                <th scope="col">{text("progress.table.share")}</th>
                <th scope="col">{text("progress.table.aided")}</th>
              </tr>
            </thead>
            <tbody>
              {series.points.map((point) => (
                <tr key={point.session}>
                  <th scope="row">
                    <a href={to.debrief(point.session)} lang={point.language}>
                      {point.title}
                    </a>
                  </th>
                  <td>{when(point.at)}</td>
                  <td>{pointWords(series.scale, point)}</td>
                  <td>{text(point.aided ? "progress.table.yes" : "progress.table.no")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="muted small">{text("progress.table.source", { source: series.source })}</p>
      </details>
    </section>
  );
}

function Estimates({ told }: { told: Told[] }) {
  return (
    <section class="card" aria-labelledby="estimates-title">
      <h2 id="estimates-title">{text("progress.estimates.title")}</h2>
      <ul class="plain links">
        {told
          .filter(({ summary }) => summary.went !== null)
          .map(({ summary, debrief }) => (
            <li key={summary.session}>
              {marked(
                "progress.estimates.line",
                {
                  case: (inside) => (
                    <a href={to.debrief(summary.session)} lang={debrief.case.language}>
                      {inside}
                    </a>
                  ),
                },
                { title: summary.title, when: when(summary.started), went: String(summary.went) },
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}
