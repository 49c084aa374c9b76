// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import type { Connection } from "../connection";
import { Disputes } from "../disputes";
import { useObservable } from "../observable";
import type { SessionView } from "../protocol";
import { DisputingContext } from "./disputing";

interface Props {
  connection: Connection;
  view: SessionView;
  online: boolean;
  children: ComponentChildren;
}

/** Inside, every label can be seen differently; what an earlier visit could not say of them is said. */
export function Disputable({ connection, view, online, children }: Props) {
  const { session } = view;
  // What stands about a label decides how its note begins: it is known before the note is drawn.
  const disputes = useMemo(() => {
    const made = new Disputes(connection, session);
    made.show(view.disputes);
    return made;
  }, [connection, session]);
  useLayoutEffect(() => disputes.show(view.disputes), [disputes, view.disputes]);
  useEffect(() => {
    disputes.askTechniques();
    void disputes.resume();
    return () => disputes.close();
  }, [disputes]);
  const techniques = useObservable(disputes.techniques);
  const disputing = useMemo(() => ({ disputes, techniques, online }), [disputes, techniques, online]);
  return <DisputingContext.Provider value={disputing}>{children}</DisputingContext.Provider>;
}
