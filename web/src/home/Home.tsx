// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from "preact/hooks";
import type { Library } from "../library";
import { useObservable } from "../observable";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
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
  useTitle("Practise");
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
  const suggestion = cases && sessions && drills ? today(groups, sessions, drills, Date.now()) : null;
  const finished = sessions?.filter((session) => session.ended !== null) ?? [];

  return (
    <div class="wide">
      <h1 tabIndex={-1}>Practise a conversation</h1>
      <p class="lead">
        Talk with a scripted coachee in your own words. Beside each thing you say, the margin shows what you did, which words
        showed it, and one other way to put it.
      </p>
      {problem && <p role="alert">{problem}</p>}
      <FirstUse />
      {suggestion && <TodayCard today={suggestion} />}
      {sessions && <LessFeedback sessions={sessions} />}

      {open.length > 0 && (
        <section aria-labelledby="open-title">
          <h2 id="open-title">Go on where you were</h2>
          <SessionList sessions={open} />
        </section>
      )}

      {groups.tutorial.length > 0 && (
        <section aria-labelledby="tutorial-title">
          <h2 id="tutorial-title">New here?</h2>
          <ul class="plain cards">
            {groups.tutorial.map((item) => (
              <CaseCard key={item.id} item={item} />
            ))}
          </ul>
        </section>
      )}

      {groups.drills.length > 0 && (
        <section aria-labelledby="drills-title">
          <h2 id="drills-title">Exercises: one skill, five minutes</h2>
          <ul class="plain cards">
            {groups.drills.map((item) => (
              <DrillCard key={item.id} item={item} standing={drills?.find(({ script }) => script === item.id) ?? null} />
            ))}
          </ul>
        </section>
      )}

      <section aria-labelledby="cases-title">
        <h2 id="cases-title">Cases</h2>
        {cases === null && <Waiting what="the cases" />}
        {cases?.length === 0 && (
          <p>No case is in service. If you look after this server, the page for trainers says which files were refused.</p>
        )}
        <Filters cases={groups.cases} filter={filter} shown={shown.length} onChange={setFilter} />
        <ul class="plain cards">
          {shown.map((item) => (
            <CaseCard key={item.id} item={item} />
          ))}
        </ul>
      </section>

      {groups.contrasts.length > 0 && (
        <section aria-labelledby="contrasts-title">
          <h2 id="contrasts-title">Both ways: coach or mentor?</h2>
          <p>The same person, met twice: once as their coach and once as their mentor, and then compared.</p>
          <ul class="plain cards">
            {groups.contrasts.map((item) => (
              <ContrastCard key={item.id} item={item} />
            ))}
          </ul>
        </section>
      )}

      {finished.length > 0 && (
        <section aria-labelledby="finished-title">
          <h2 id="finished-title">Finished conversations</h2>
          <SessionList sessions={finished} />
        </section>
      )}
    </div>
  );
}
