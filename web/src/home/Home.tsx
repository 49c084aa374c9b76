// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from "preact/hooks";
import { clock } from "../clock";
import type { Connection } from "../connection";
import { libraryOf } from "../library";
import { useObservable } from "../observable";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import type { CaseSummary } from "../protocol";
import { text } from "../text";
import { Cards } from "./Cards";
import { CaseCard } from "./CaseCard";
import { ContrastCard } from "./ContrastCard";
import { DrillCard } from "./DrillCard";
import { EVERYTHING, type Filter, fits } from "./filter";
import { Filters } from "./Filters";
import { FirstUse } from "./FirstUse";
import { groupCases } from "./groups";
import { LessFeedback } from "./LessFeedback";
import { recordOf } from "./record";
import { Sections } from "./Sections";
import { SessionList } from "./SessionList";
import { today } from "./today";
import { TodayCard } from "./TodayCard";

/** As long as the page is there: whoever looks at a brief and comes back goes on choosing. */
let chosen = EVERYTHING;

export function Home({ connection }: { connection: Connection }) {
  const library = libraryOf(connection);
  useTitle(text("home.title"));
  const cases = library.useCases();
  const sessions = useObservable(library.sessions);
  const problem = useObservable(library.problem);
  const drills = useObservable(library.drills);
  const ahead = useObservable(clock);
  useEffect(() => {
    library.askSessions();
    library.askDrills();
  }, [library]);

  const open = sessions?.filter((session) => session.ended === null) ?? [];
  const groups = useMemo(() => groupCases(cases ?? []), [cases]);
  const all = useMemo(() => [...groups.cases, ...groups.tutorial, ...groups.drills, ...groups.contrasts], [groups]);
  const [filter, setFilter] = useState(chosen);
  const choose = (next: Filter): void => {
    chosen = next;
    setFilter(next);
  };
  const fitting = (items: CaseSummary[]): CaseSummary[] => items.filter((item) => fits(item, filter));
  const [shown, tutorial, short, both] = [groups.cases, groups.tutorial, groups.drills, groups.contrasts].map(fitting) as [
    CaseSummary[], CaseSummary[], CaseSummary[], CaseSummary[],
  ];
  const suggestion = cases && sessions && drills ? today(groups, sessions, drills, Date.now() + ahead) : null;
  const finished = sessions?.filter((session) => session.ended !== null) ?? [];
  const record = (item: CaseSummary) => recordOf(sessions ?? [], ({ script }) => script === item.id);
  const contrastRecord = (item: CaseSummary) => recordOf(sessions ?? [], ({ contrast }) => contrast === item.contrast?.id);
  const standing = (item: CaseSummary) => drills?.find(({ script }) => script === item.id) ?? null;
  // An exercise that is due is not done with, however often it was.
  const done = (item: CaseSummary): boolean => record(item).times > 0 && !((standing(item)?.due ?? 0) > 0);
  const narrowed = filter !== EVERYTHING;
  // Shown at once: what comes first would be moved by what comes next.
  const here = problem !== null || (cases !== null && sessions !== null && drills !== null);
  if (!here)
    return (
      <div class="wide">
        <h1 tabIndex={-1}>{text("home.heading")}</h1>
        <p class="lead">{text("home.lead")}</p>
        <FirstUse key="agreement" />
        <Waiting what="cases" />
      </div>
    );

  return (
    <div class="wide">
      <h1 tabIndex={-1}>{text("home.heading")}</h1>
      <p class="lead">{text("home.lead")}</p>
      {problem && <p role="alert">{problem}</p>}
      <FirstUse key="agreement" />
      {suggestion && <TodayCard today={suggestion} />}
      {sessions && <LessFeedback sessions={sessions} />}

      {open.length > 0 && (
        <section aria-labelledby="open-title">
          <h2 id="open-title">{text("home.open")}</h2>
          <SessionList sessions={open} />
        </section>
      )}

      <Sections
        places={[
          { id: "cases-title", name: text("home.cases"), count: shown.length },
          { id: "drills-title", name: text("home.short"), count: tutorial.length + short.length },
          { id: "contrasts-title", name: text("home.contrasts_short"), count: both.length },
          { id: "finished-title", name: text("home.finished"), count: finished.length },
        ]}
      />
      <Filters cases={all} filter={filter} shown={shown.length + tutorial.length + short.length + both.length} onChange={choose} />

      {(shown.length > 0 || filter === EVERYTHING) && (
        <section aria-labelledby="cases-title">
          <h2 id="cases-title" tabIndex={-1}>{text("home.cases")}</h2>
          <p class="muted">{text("home.cases_about")}</p>
          {cases?.length === 0 && <p>{text("home.no_cases")}</p>}
          <Cards part="cases" items={shown} few={4} done={done} narrowed={narrowed}>
            {(item) => <CaseCard key={item.id} item={item} record={record(item)} />}
          </Cards>
        </section>
      )}

      {tutorial.length + short.length > 0 && (
        <section aria-labelledby="drills-title">
          <h2 id="drills-title" tabIndex={-1}>{text("home.drills")}</h2>
          <Cards part="drills" items={[...tutorial, ...short]} few={4} done={done} narrowed={narrowed}>
            {(item) =>
              item.tutorial ? (
                <CaseCard key={item.id} item={item} record={record(item)} />
              ) : (
                <DrillCard key={item.id} item={item} standing={standing(item)} />
              )
            }
          </Cards>
        </section>
      )}

      {both.length > 0 && (
        <section aria-labelledby="contrasts-title">
          <h2 id="contrasts-title" tabIndex={-1}>{text("home.contrasts")}</h2>
          <p>{text("home.contrasts_about")}</p>
          <Cards part="contrasts" items={both} few={2} done={(item) => contrastRecord(item).times > 0} narrowed={narrowed}>
            {(item) => <ContrastCard key={item.id} item={item} record={contrastRecord(item)} />}
          </Cards>
        </section>
      )}

      {finished.length > 0 && (
        <section aria-labelledby="finished-title">
          <h2 id="finished-title" tabIndex={-1}>{text("home.finished")}</h2>
          <SessionList sessions={finished} />
        </section>
      )}
    </div>
  );
}
