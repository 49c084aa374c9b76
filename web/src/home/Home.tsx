// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from "preact/hooks";
import { serverNow } from "../clock";
import type { Library } from "../library";
import { useObservable } from "../observable";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { text } from "../text";
import { CaseCard } from "./CaseCard";
import { ContrastCard } from "./ContrastCard";
import { DrillCard } from "./DrillCard";
import { EVERYTHING, fits } from "./filter";
import { Filters } from "./Filters";
import { FirstUse } from "./FirstUse";
import { groupCases } from "./groups";
import { LessFeedback } from "./LessFeedback";
import { SessionList } from "./SessionList";
import { today } from "./today";
import { TodayCard } from "./TodayCard";

export function Home({ library }: { library: Library }) {
  useTitle(text("home.title"));
  const cases = library.useCases();
  const sessions = useObservable(library.sessions);
  const problem = useObservable(library.problem);
  const drills = useObservable(library.drills);
  useEffect(() => {
    library.askSessions();
    library.askDrills();
  }, [library]);

  const open = sessions?.filter((session) => session.ended === null) ?? [];
  const groups = useMemo(() => groupCases(cases ?? []), [cases]);
  const [filter, setFilter] = useState(EVERYTHING);
  const shown = groups.cases.filter((item) => fits(item, filter));
  const suggestion = cases && sessions && drills ? today(groups, sessions, drills, serverNow()) : null;
  const finished = sessions?.filter((session) => session.ended !== null) ?? [];

  return (
    <div class="wide">
      <h1 tabIndex={-1}>{text("home.heading")}</h1>
      <p class="lead">{text("home.lead")}</p>
      {problem && <p role="alert">{problem}</p>}
      <FirstUse />
      {suggestion && <TodayCard today={suggestion} />}
      {sessions && <LessFeedback sessions={sessions} />}

      {open.length > 0 && (
        <section aria-labelledby="open-title">
          <h2 id="open-title">{text("home.open")}</h2>
          <SessionList sessions={open} />
        </section>
      )}

      {groups.tutorial.length > 0 && (
        <section aria-labelledby="tutorial-title">
          <h2 id="tutorial-title">{text("home.tutorial")}</h2>
          <ul class="plain cards">
            {groups.tutorial.map((item) => (
              <CaseCard key={item.id} item={item} />
            ))}
          </ul>
        </section>
      )}

      {groups.drills.length > 0 && (
        <section aria-labelledby="drills-title">
          <h2 id="drills-title">{text("home.drills")}</h2>
          <ul class="plain cards">
            {groups.drills.map((item) => (
              <DrillCard key={item.id} item={item} standing={drills?.find(({ script }) => script === item.id) ?? null} />
            ))}
          </ul>
        </section>
      )}

      <section aria-labelledby="cases-title">
        <h2 id="cases-title">{text("home.cases")}</h2>
        {cases === null && <Waiting what="cases" />}
        {cases?.length === 0 && <p>{text("home.no_cases")}</p>}
        <Filters cases={groups.cases} filter={filter} shown={shown.length} onChange={setFilter} />
        <ul class="plain cards">
          {shown.map((item) => (
            <CaseCard key={item.id} item={item} />
          ))}
        </ul>
      </section>

      {groups.contrasts.length > 0 && (
        <section aria-labelledby="contrasts-title">
          <h2 id="contrasts-title">{text("home.contrasts")}</h2>
          <p>{text("home.contrasts_about")}</p>
          <ul class="plain cards">
            {groups.contrasts.map((item) => (
              <ContrastCard key={item.id} item={item} />
            ))}
          </ul>
        </section>
      )}

      {finished.length > 0 && (
        <section aria-labelledby="finished-title">
          <h2 id="finished-title">{text("home.finished")}</h2>
          <SessionList sessions={finished} />
        </section>
      )}
    </div>
  );
}
