// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "preact/hooks";
import { useArrived } from "./arrived";
import type { Connection } from "./connection";
import { language } from "./language";
import { type Observable, useObservable } from "./observable";
import { Faults } from "./parts/Faults";
import { Header } from "./parts/Header";
import { StatusLine } from "./parts/StatusLine";
import { Stranger } from "./parts/Stranger";
import { Unfetched } from "./parts/Unfetched";
import { Waiting } from "./parts/Waiting";
import type { Route } from "./route";
import { partsOf } from "./screens";
import { text } from "./text";

interface Props {
  connection: Connection;
  route: Observable<Route>;
}

export function App({ connection, route }: Props) {
  const { here, failed } = useArrived(route);
  const link = useObservable(connection.link);
  const main = useRef<HTMLElement>(null);
  const arrived = useRef(false);
  const place = placeOf(here, failed);
  // Drawn again in another language, and not anew: the keyboard stays where the language was chosen.
  useObservable(language);

  // After a change of screen, reading and keyboard go on at its heading; the first screen leaves the focus alone.
  useEffect(() => {
    if (place === null) return;
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
      <Header screen={here?.screen ?? route.value.screen} />
      <StatusLine link={link} onRetry={() => connection.nudge()} />
      <Stranger />
      <main id="main" class={`screen screen-${failed ? "unknown" : here?.screen}`} ref={main} tabIndex={-1} key={place}>
        <Faults route={here}>
          {failed ? (
            <Unfetched connection={connection} />
          ) : here ? (
            <Screen connection={connection} route={here} />
          ) : (
            <Waiting what="page" />
          )}
        </Faults>
      </main>
    </>
  );
}

function Screen({ connection, route }: { connection: Connection; route: Route }) {
  switch (route.screen) {
    case "home": {
      const { Home } = partsOf(route.screen);
      return <Home connection={connection} />;
    }
    case "brief": {
      const { Brief } = partsOf(route.screen);
      return <Brief connection={connection} script={route.script} />;
    }
    case "talk": {
      const { Talk } = partsOf(route.screen);
      return <Talk connection={connection} session={route.session} moment={route.moment} />;
    }
    case "debrief": {
      const { Debrief } = partsOf(route.screen);
      return <Debrief connection={connection} session={route.session} moment={route.moment} until={route.until} />;
    }
    case "contrast": {
      const { ContrastPage } = partsOf(route.screen);
      return <ContrastPage connection={connection} contrast={route.contrast} />;
    }
    case "compare": {
      const { ComparePage } = partsOf(route.screen);
      return <ComparePage connection={connection} session={route.session} />;
    }
    case "trainers": {
      const { Trainers } = partsOf(route.screen);
      return <Trainers connection={connection} />;
    }
    case "progress": {
      const { ProgressPage } = partsOf(route.screen);
      return <ProgressPage connection={connection} />;
    }
    case "settings": {
      const { SettingsPage } = partsOf(route.screen);
      return <SettingsPage connection={connection} />;
    }
    case "unknown": {
      const { Unknown } = partsOf(route.screen);
      return <Unknown />;
    }
  }
}

/** Moments within one conversation are the same place; null: nowhere yet. */
function placeOf(route: Route | null, failed: boolean): string | null {
  if (failed) return "failed";
  if (!route) return null;
  if (route.screen === "brief") return `brief ${route.script}`;
  if (route.screen === "contrast") return `contrast ${route.contrast}`;
  if (route.screen === "compare") return `compare ${route.session}`;
  if (route.screen === "talk") return `talk ${route.session}`;
  if (route.screen === "debrief") return `debrief ${route.session} ${route.until}`;
  return route.screen;
}
