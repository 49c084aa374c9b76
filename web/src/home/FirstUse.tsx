// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "preact/hooks";
import { keepChoice, readChoice } from "../choices";
import { marked, text } from "../text";

/** The working agreement between a trainee and the program: shown open until it has been read. */
export function FirstUse() {
  const [read, setRead] = useState(readChoice("agreement") === "read");
  const [justRead, setJustRead] = useState(false);
  const summary = useRef<HTMLElement>(null);
  useEffect(() => {
    if (justRead) summary.current?.focus();
  }, [justRead]);

  if (read) {
    return (
      <details class="agreement-again">
        <summary ref={summary}>{text("home.agreement.again")}</summary>
        <Agreement />
      </details>
    );
  }
  return (
    <section class="card agreement" aria-labelledby="agreement-title">
      <h2 id="agreement-title">{text("home.agreement.title")}</h2>
      <p>{marked("home.agreement.short", { strong: (inside) => <strong>{inside}</strong> })}</p>
      <details>
        <summary>{text("home.agreement.again")}</summary>
        <Agreement />
      </details>
      <p>
        <button
          type="button"
          onClick={() => {
            keepChoice("agreement", "read");
            setRead(true);
            setJustRead(true);
          }}
        >
          {text("home.agreement.done")}
        </button>
      </p>
    </section>
  );
}

function Agreement() {
  return (
    <dl class="agreement-list">
      <dt>{text("home.agreement.kept")}</dt>
      <dd>{text("home.agreement.kept_text")}</dd>
      <dt>{text("home.agreement.read")}</dt>
      <dd>{text("home.agreement.read_text")}</dd>
      <dt>{text("home.agreement.long")}</dt>
      <dd>{text("home.agreement.long_text")}</dd>
      <dt>{text("home.agreement.counts")}</dt>
      <dd>{marked("home.agreement.counts_text", { strong: (inside) => <strong>{inside}</strong> })}</dd>
      <dt>{text("home.agreement.hard")}</dt>
      <dd>{text("home.agreement.hard_text")}</dd>
    </dl>
  );
}
