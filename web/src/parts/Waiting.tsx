// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "preact/hooks";
import { text } from "../text";

type Fetched = "case" | "cases" | "conversation" | "conversations" | "both" | "debrief" | "findings" | "page";

/** Says that something is on its way, but only once a person would wonder. */
export function Waiting({ what }: { what: Fetched }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 400);
    return () => clearTimeout(timer);
  }, []);
  return late ? <p class="muted">{text("parts.waiting", { what })}</p> : null;
}
