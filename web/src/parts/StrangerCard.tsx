// SPDX-License-Identifier: Apache-2.0
import { strangerRead } from "../newcomer";
import { text } from "../text";

export function StrangerCard() {
  return (
    <div class="card stranger" role="alert" data-testid="stranger">
      <p>
        <strong>{text("parts.stranger.title")}</strong> {text("parts.stranger.line")}
      </p>
      <p>
        <button
          type="button"
          class="slim"
          onClick={() => {
            strangerRead();
            // The button goes away; the focus goes on at the page.
            document.querySelector<HTMLElement>("h1")?.focus();
          }}
        >
          {text("parts.stranger.read")}
        </button>
      </p>
    </div>
  );
}
