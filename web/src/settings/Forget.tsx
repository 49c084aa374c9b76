// SPDX-License-Identifier: Apache-2.0
import { useState } from "preact/hooks";
import type { Connection } from "../connection";
import { text } from "../text";
import { ForgetDialog } from "./ForgetDialog";

/** For whoever practises on a computer that others use. */
export function Forget({ connection }: { connection: Connection }) {
  const [asked, setAsked] = useState(false);
  return (
    <section aria-labelledby="forget-title">
      <h2 id="forget-title">{text("settings.forget.title")}</h2>
      <p>{text("settings.forget.lead")}</p>
      <p>
        <button type="button" class="secondary" data-testid="forget" aria-haspopup="dialog" onClick={() => setAsked(true)}>
          {text("settings.forget.ask")}
        </button>
      </p>
      {asked && <ForgetDialog connection={connection} onStay={() => setAsked(false)} />}
    </section>
  );
}
