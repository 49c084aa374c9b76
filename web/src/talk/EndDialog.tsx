// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "preact/hooks";

interface Props {
  name: string;
  onStay: () => void;
  onEnd: () => void;
}

export function EndDialog({ name, onStay, onEnd }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <dialog ref={dialog} aria-labelledby="end-title" onCancel={onStay}>
      <h2 id="end-title">End the conversation with {name}?</h2>
      <p>
        You go on to the debrief; from there you can still go back to a moment and try it again. To take a break instead, just
        close the page.
      </p>
      <p class="actions">
        <button type="button" data-testid="confirm-end" onClick={onEnd}>
          End it and see the debrief
        </button>
        <button type="button" class="secondary" onClick={onStay}>
          Go on talking
        </button>
      </p>
    </dialog>
  );
}
