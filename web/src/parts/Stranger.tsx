// SPDX-License-Identifier: Apache-2.0
import { stranger, strangerRead } from "../newcomer";
import { useObservable } from "../observable";

/** Says that the sign-in had ended and what that means, until it has been read. */
export function Stranger() {
  const shown = useObservable(stranger);
  return (
    <div role="alert">
      {shown && (
        <div class="card stranger" data-testid="stranger">
          <p>
            <strong>Your sign-in had ended.</strong> There are no accounts here, so the server takes this browser for somebody new, and
            your conversations from before are not listed. They are still on the server: whoever looks after it can give you the
            transcripts. What you had typed and not sent is kept in this browser, and shown where you typed it.
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
              I have read this
            </button>
          </p>
        </div>
      )}
    </div>
  );
}
