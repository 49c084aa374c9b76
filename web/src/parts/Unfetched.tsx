// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../connection";
import { text } from "../text";

/** A screen whose files did not come: the line is down, or the server is of another version by now. */
export function Unfetched({ connection }: { connection: Connection }) {
  const [away, setAway] = useState(false);
  // The line coming back is the moment to have it all anew.
  useEffect(() => connection.link.watch((link) => link.state === "open" && location.reload()), [connection]);

  // Loading anew without a server would leave nothing at all on the screen.
  const again = async (): Promise<void> => {
    try {
      await fetch("/", { method: "HEAD", cache: "no-store" });
      location.reload();
    } catch {
      setAway(true);
    }
  };
  return (
    <div class="narrow" data-testid="unfetched">
      <h1 tabIndex={-1}>{text("app.unfetched.title")}</h1>
      <p role="alert">{text(away ? "app.unfetched.away" : "app.unfetched.why")}</p>
      <p>
        <button type="button" onClick={again}>
          {text("app.unfetched.again")}
        </button>
      </p>
    </div>
  );
}
