// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "preact/hooks";
import type { Link } from "../connection";

const BACK_SHOWN_MS = 4_000;

function text(link: Link, justBack: boolean): string {
  if (link.state === "lost") return "Connection lost. What you sent is kept; trying again…";
  if (link.state === "refused") return link.reason;
  return justBack ? "Connected again. Everything that you sent is saved." : "";
}

export function StatusLine({ link }: { link: Link }) {
  const [wasLost, setWasLost] = useState(false);
  useEffect(() => {
    if (link.state === "lost") setWasLost(true);
    if (link.state !== "open") return undefined;
    const timer = setTimeout(() => setWasLost(false), BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [link]);

  return (
    <div class="status" role="status" data-testid="status" data-state={link.state}>
      {text(link, wasLost && link.state === "open")}
    </div>
  );
}
