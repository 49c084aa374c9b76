// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from "preact";
import { useEffect, useErrorBoundary, useRef } from "preact/hooks";
import { to } from "../addresses";
import type { Route } from "../route";
import { text } from "../text";
import { KeptWords } from "./KeptWords";
import { useTitle } from "./title";

/** Around a screen: where it cannot be drawn, it says so, and leaves ways to go on. */
export function Faults({ route, children }: { route: Route | null; children: ComponentChildren }) {
  // For the browser's console as well, where whoever helps may look first.
  const [error] = useErrorBoundary((fault: unknown) => console.error(fault));
  return error === undefined ? <>{children}</> : <Fault error={error} route={route} />;
}

function Fault({ error, route }: { error: unknown; route: Route | null }) {
  const title = useRef<HTMLHeadingElement>(null);
  useTitle(text("app.fault.title"));
  useEffect(() => title.current?.focus(), []);
  const session = route !== null && "session" in route ? route.session : null;
  return (
    <div class="narrow" data-testid="fault">
      <h1 tabIndex={-1} ref={title}>
        {text("app.fault.title")}
      </h1>
      <p role="alert">{text("app.fault.line")}</p>
      <p class="actions">
        <button type="button" onClick={() => location.reload()}>
          {text("app.fault.again")}
        </button>
        {route?.screen !== "home" && <a href={to.home()}>{text("parts.problem.back")}</a>}
      </p>
      {session !== null && <KeptWords session={session} />}
      <details>
        <summary>{text("app.fault.what")}</summary>
        <pre class="words small" lang="en" data-testid="fault-text">
          {`${new Date().toISOString()} ${location.hash}\n${wordsOf(error)}`}
        </pre>
      </details>
    </div>
  );
}

/** Some browsers leave out of the stack what went wrong, some begin with it. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stack = "" } = error;
  return stack.startsWith(String(error)) ? stack : `${error}\n${stack}`;
}
