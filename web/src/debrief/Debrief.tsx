// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../connection";
import { Problem } from "../parts/Problem";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { words } from "../practice";
import type { Debrief as DebriefData, SessionView } from "../protocol";
import { DebriefPage } from "./DebriefPage";

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
  useTitle(loaded ? `Debrief: ${loaded.debrief.case.title}` : "Debrief");
  useEffect(() => {
    let gone = false;
    Promise.all([connection.call("session.debrief", { session }), connection.call("session.open", { session })]).then(
      ([debrief, view]) => gone || setLoaded({ debrief, view }),
      (error: unknown) => gone || setFailed(words(error)),
    );
    return () => {
      gone = true;
    };
  }, [connection, session]);

  if (failed) return <Problem title="There is no debrief to show" text={failed} />;
  if (!loaded) {
    return (
      <div class="wide">
        <h1 tabIndex={-1}>Debrief</h1>
        <Waiting what="the debrief" />
      </div>
    );
  }
  return <DebriefPage debrief={loaded.debrief} view={loaded.view} moment={moment} />;
}
