// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Connection } from "../connection";
import { useObservable } from "../observable";
import { KeptWords } from "../parts/KeptWords";
import { Problem } from "../parts/Problem";
import { Unfetched } from "../parts/Unfetched";
import { useTitle } from "../parts/title";
import { Waiting } from "../parts/Waiting";
import { Practice } from "../practice";
import { text } from "../text";
import { Conversation } from "./Conversation";
import { useSaidParts } from "./said";

export { fetchParts } from "./said";

interface Props {
  connection: Connection;
  session: string;
  moment: number | null;
}

export function Talk({ connection, session, moment }: Props) {
  const practice = useMemo(() => new Practice(connection, session), [connection, session]);
  const state = useObservable(practice.state);
  const link = useObservable(connection.link);
  // Whoever came from another screen is at its heading.
  const atHeading = useRef(false);
  const parts = useSaidParts(state.view !== null);
  useTitle(state.view ? text("talk.page.title", { name: state.view.case.character.name }) : text("talk.page.untitled"));
  // Asked ahead, the answer is often here already; then it is the first thing that is drawn.
  useLayoutEffect(() => {
    void practice.open();
    return () => practice.close();
  }, [practice]);

  if (state.failed) {
    const title = text(state.failed.missing ? "talk.page.missing" : "talk.page.failed");
    return (
      <>
        <Problem title={title} text={state.failed.text} />
        <KeptWords session={session} />
      </>
    );
  }
  const said = (state.view?.turns.length ?? 0) > 0 || state.sending !== null;
  if (said && parts === "failed") return <Unfetched connection={connection} />;
  if (!state.view || (state.view.turns.length > 0 && parts === null)) {
    return (
      <div class="narrow">
        <h1
          tabIndex={-1}
          class="unseen"
          onFocus={() => {
            atHeading.current = true;
          }}
        >
          {text("talk.page.untitled")}
        </h1>
        <Waiting what="conversation" />
      </div>
    );
  }
  return (
    <Conversation
      practice={practice}
      parts={parts === "failed" ? null : parts}
      state={state}
      view={state.view}
      online={link.state === "open"}
      moment={moment}
      atHeading={atHeading.current}
    />
  );
}
