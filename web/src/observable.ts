// SPDX-License-Identifier: Apache-2.0
// A value that components can watch.
import { useLayoutEffect, useState } from "preact/hooks";
import type { Observable } from "./watched";

export { Observable } from "./watched";

export function useObservable<T>(source: Observable<T>): T {
  const [value, setValue] = useState(source.value);
  // Before the browser draws: what is there by now need not wait for the next picture.
  useLayoutEffect(() => {
    setValue(source.value);
    return source.watch(setValue);
  }, [source]);
  return value;
}
