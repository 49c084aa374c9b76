// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "preact/hooks";
import type { Connection } from "./connection";
import { ComparePage } from "./contrast/ComparePage";
import { ContrastPage } from "./contrast/ContrastPage";
import { Debrief } from "./debrief/Debrief";
import { Brief } from "./home/Brief";
import { Home } from "./home/Home";
import { Unknown } from "./home/Unknown";
import { language } from "./language";
import type { Library } from "./library";
import { type Observable, useObservable } from "./observable";
import { Header } from "./parts/Header";
import { StatusLine } from "./parts/StatusLine";
import { Stranger } from "./parts/Stranger";
import { ProgressPage } from "./progress/ProgressPage";
import type { Route } from "./route";
import { SettingsPage } from "./settings/SettingsPage";
import { Talk } from "./talk/Talk";
import { text } from "./text";
import { Trainers } from "./trainers/Trainers";

interface Props {
  connection: Connection;
  library: Library;
  route: Observable<Route>;
}

export function App({ connection, library, route }: Props) {
  const here = useObservable(route);
  const link = useObservable(connection.link);
  const main = useRef<HTMLElement>(null);
  const arrived = useRef(false);
  const place = placeOf(here);
  // Drawn again in another language, and not anew: the keyboard stays where the language was chosen.
  useObservable(language);

  // After a change of screen, reading and keyboard go on at its heading; the first screen leaves the focus alone.
  useEffect(() => {
    if (arrived.current) {
      scrollTo(0, 0);
      main.current?.querySelector<HTMLElement>("h1")?.focus();
    }
    arrived.current = true;
  }, [place]);

  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {text("app.skip")}
      </a>
      <Header screen={here.screen} />
      <StatusLine link={link} onRetry={() => connection.nudge()} />
      <Stranger />
      <main id="main" class={`screen screen-${here.screen}`} ref={main} tabIndex={-1} key={place}>
        <Screen connection={connection} library={library} route={here} />
      </main>
    </>
  );
}

function Screen({ connection, library, route }: { connection: Connection; library: Library; route: Route }) {
  switch (route.screen) {
    case "home":
      return <Home library={library} />;
    case "brief":
      return <Brief library={library} script={route.script} />;
    case "talk":
      return <Talk connection={connection} session={route.session} moment={route.moment} />;
    case "debrief":
      return <Debrief connection={connection} session={route.session} moment={route.moment} />;
    case "contrast":
      return <ContrastPage library={library} contrast={route.contrast} />;
    case "compare":
      return <ComparePage connection={connection} session={route.session} />;
    case "trainers":
      return <Trainers library={library} />;
    case "progress":
      return <ProgressPage connection={connection} library={library} />;
    case "settings":
      return <SettingsPage library={library} />;
    case "unknown":
      return <Unknown />;
  }
}

/** Moments within one conversation are the same place. */
function placeOf(route: Route): string {
  if (route.screen === "brief") return `brief ${route.script}`;
  if (route.screen === "contrast") return `contrast ${route.contrast}`;
  if (route.screen === "compare") return `compare ${route.session}`;
  if (route.screen === "talk" || route.screen === "debrief") return `${route.screen} ${route.session}`;
  return route.screen;
}
