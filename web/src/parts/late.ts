// SPDX-License-Identifier: Apache-2.0
// What only a picture needs comes after the page, which says everything without it.
import { useEffect, useState } from "preact/hooks";

/** Null while it is on its way; "failed" when it cannot be had, as without a connection. `load` is the same each time. */
export function useLate<T extends object>(load: () => Promise<T>): T | "failed" | null {
  const [late, setLate] = useState<T | "failed" | null>(null);
  useEffect(() => {
    let gone = false;
    load().then(
      (come) => gone || setLate(come),
      () => gone || setLate("failed"),
    );
    return () => {
      gone = true;
    };
  }, [load]);
  return late;
}
