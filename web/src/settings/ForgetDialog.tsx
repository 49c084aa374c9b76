// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "preact/hooks";
import type { Connection } from "../connection";
import { keys } from "../entries";
import { libraryOf } from "../library";
import { useObservable } from "../observable";
import { text } from "../text";
import { forget } from "./forget";
import { TakeAlong } from "./TakeAlong";

interface Props {
  connection: Connection;
  onStay: () => void;
}

/** The next page is somebody new's. */
const startAfresh = (): void => location.replace("/");

/** Says what goes and what stays before it is done, and then that it is done. */
export function ForgetDialog({ connection, onStay }: Props) {
  const library = libraryOf(connection);
  const sessions = useObservable(library.sessions)?.filter(({ turns }) => turns > 0) ?? [];
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, setState] = useState<"asked" | "busy" | "failed" | "done">("asked");
  const [unsent] = useState(() => keys("unsent.").length);
  useEffect(() => {
    library.askSessions();
    const own = dialog.current;
    own?.showModal();
    // Closing gives the focus back to where it was; removing alone would not.
    return () => own?.close();
  }, []);
  useEffect(() => {
    if (state !== "failed") dialog.current?.querySelector("h2")?.focus();
  }, [state === "done"]);

  const carryOut = (): void => {
    if (state === "busy") return;
    setState("busy");
    forget(connection).then(
      () => setState("done"),
      () => setState("failed"),
    );
  };

  if (state === "done") {
    return (
      <dialog ref={dialog} class="forget" aria-labelledby="forget-dialog-title" data-testid="forgotten" onClose={startAfresh}>
        <h2 id="forget-dialog-title" tabIndex={-1}>{text("settings.forget.done")}</h2>
        <p>{text("settings.forget.done_line")}</p>
        <p class="actions">
          <button type="button" data-testid="start-afresh" onClick={startAfresh}>
            {text("settings.forget.afresh")}
          </button>
        </p>
      </dialog>
    );
  }
  return (
    <dialog ref={dialog} class="forget" aria-labelledby="forget-dialog-title" data-testid="forget-dialog" onCancel={onStay}>
      <h2 id="forget-dialog-title" tabIndex={-1}>{text("settings.forget.question")}</h2>
      <h3>{text("settings.forget.goes")}</h3>
      <ul>
        <li>{text("settings.forget.goes_sign_in")}</li>
        <li>{text("settings.forget.goes_drafts", { count: unsent })}</li>
        <li>{text("settings.forget.goes_choices")}</li>
        <li>{text("settings.forget.goes_pages")}</li>
      </ul>
      <h3>{text("settings.forget.stays")}</h3>
      <p>{text("settings.forget.stays_line", { count: sessions.length })}</p>
      <p>{text("settings.forget.not_ours")}</p>
      {sessions.length > 0 && <TakeAlong sessions={sessions} />}
      {state === "failed" && <p role="alert">{text("settings.forget.failed")}</p>}
      <p class="actions">
        <button type="button" data-testid="confirm-forget" aria-disabled={state === "busy"} onClick={carryOut}>
          {text("settings.forget.confirm")}
        </button>
        <button type="button" class="secondary" onClick={onStay}>
          {text("settings.forget.stay")}
        </button>
      </p>
    </dialog>
  );
}
