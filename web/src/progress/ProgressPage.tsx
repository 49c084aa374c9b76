// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Connection } from "../connection";
import { wentWords } from "../debrief/estimate";
import type { Library } from "../library";
import { useObservable } from "../observable";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { words } from "../practice";
import type { SessionSummary } from "../protocol";
import { to } from "../route";
import { plural, when } from "../words";
import { gather, LEAST_MESSAGES, pointWords, type Series, seriesOf, type Told } from "./progress";
import { Picture } from "./Picture";

export function ProgressPage({ connection, library }: { connection: Connection; library: Library }) {
  useTitle("Progress");
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
      <h1 tabIndex={-1}>Progress</h1>
      <p class="lead">
        Your own conversations, one dot each, oldest first. A filled dot had no notes while you talked: what holds there has
        settled. There are no points and no ranks, and nobody else is in these pictures.
      </p>
      {failed && <p role="alert">{failed}</p>}
      {told === null && !failed && <Waiting what="conversations" />}
      {told !== null && coaching.length + mentoring.length === 0 && (
        <p data-testid="no-progress">
          There is nothing to show yet. Finish a conversation of at least {LEAST_MESSAGES} messages, and it appears here.
        </p>
      )}
      {coaching.map((series) => (
        <Skill key={series.id} series={series} mode="coaching" />
      ))}
      {mentoring.length > 0 && <h2>As a mentor</h2>}
      {mentoring.map((series) => (
        <Skill key={series.id} series={series} mode="mentoring" />
      ))}
      {told !== null && told.some(({ summary }) => summary.went !== null) && <Estimates told={told} />}
    </div>
  );
}

function Skill({ series, mode }: { series: Series; mode: SessionSummary["mode"] }) {
  const title = `skill-${series.id}-${series.points[0]?.session}`;
  return (
    <section class="card skill" aria-labelledby={title} data-testid={`skill-${series.id}`}>
      <h2 id={title}>{series.name}</h2>
      <Picture series={series} mode={mode} />
      <p>{series.meaning}</p>
      <details>
        <summary>As a table ({plural(series.points.length, "conversation")})</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={`${series.name}, as a table`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Conversation</th>
                <th scope="col">When</th>
                <th scope="col">Share</th>
                <th scope="col">Notes while talking</th>
              </tr>
            </thead>
            <tbody>
              {series.points.map((point) => (
                <tr key={point.session}>
                  <th scope="row">
                    <a href={to.debrief(point.session)}>{point.title}</a>
                  </th>
                  <td>{when(point.at)}</td>
                  <td>{pointWords(series.scale, point)}</td>
                  <td>{point.aided ? "yes" : "no"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p class="muted small">Source: {series.source}</p>
      </details>
    </section>
  );
}

function Estimates({ told }: { told: Told[] }) {
  return (
    <section class="card" aria-labelledby="estimates-title">
      <h2 id="estimates-title">How they went, in your own view</h2>
      <ul class="plain links">
        {told
          .filter(({ summary }) => summary.went !== null)
          .map(({ summary }) => (
            <li key={summary.session}>
              <a href={to.debrief(summary.session)}>{summary.title}</a>, {when(summary.started)}:{" "}
              {summary.went !== null && wentWords(summary.went).toLowerCase()}
            </li>
          ))}
      </ul>
    </section>
  );
}
