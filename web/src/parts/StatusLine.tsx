// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "preact/hooks";
import type { Link } from "../connection";
import { stranger } from "../newcomer";
import { useObservable } from "../observable";
import { served, text } from "../text";

const BACK_SHOWN_MS = 4_000;

function words(link: Link, justBack: boolean): string {
  if (link.state === "lost") return text("link.lost");
  if (link.state === "refused") return `${served(`error.${link.key}`, link.reason || text("link.account_needed"))} ${text("link.kept")}`;
  return justBack ? text("link.back") : "";
}

interface Props {
  link: Link;
  onRetry: () => void;
}

export function StatusLine({ link, onRetry }: Props) {
  const isStranger = useObservable(stranger);
  const [wasLost, setWasLost] = useState(false);
  useEffect(() => {
    if (link.state === "lost") setWasLost(true);
    if (link.state !== "open") return undefined;
    const timer = setTimeout(() => setWasLost(false), BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [link]);

  return (
    <div class="status" role="status" data-testid="status" data-state={link.state}>
      {words(link, wasLost && link.state === "open" && !isStranger)}
      {link.state === "refused" && (
        <button type="button" class="link" data-testid="sign-in-again" onClick={onRetry}>
          {text("link.retry")}
        </button>
      )}
    </div>
  );
}
