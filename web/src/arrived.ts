// SPDX-License-Identifier: Apache-2.0
// Where a person is: at the place that the address names once its screen has come, and until then where they were.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Observable, useObservable } from "./observable";
import type { Route } from "./route";
import { fetchScreen, isHere } from "./screens";

export function useArrived(route: Observable<Route>): { here: Route | null; failed: boolean } {
  const wanted = useObservable(route);
  const here = useRef<Route | null>(null);
  const [failed, setFailed] = useState<Route | null>(null);
  const [, redraw] = useState({});
  if (isHere(wanted.screen)) here.current = wanted;
  useLayoutEffect(() => {
    // It may have come between the drawing and now.
    if (here.current === wanted) return undefined;
    let gone = false;
    fetchScreen(wanted.screen).then(
      () => gone || redraw({}),
      () => gone || setFailed(wanted),
    );
    return () => {
      gone = true;
    };
  }, [wanted]);
  return { here: here.current, failed: failed === wanted };
}
