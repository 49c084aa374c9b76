// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, useRef } from "preact/hooks";
import { marked } from "../text";
import { unseen } from "./unseen";

export function Typing({ name, onSkip }: { name: string; onSkip: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  // When the lines are there the button goes; who stands on it goes on at the box.
  useLayoutEffect(() => {
    const own = button.current;
    return () => {
      if (own && document.activeElement === own) document.getElementById("say")?.focus();
    };
  }, []);
  return (
    <div class="speech typing" aria-live="off">
      <span class="avatar-gap" />
      <span class="bubble character dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <button ref={button} type="button" class="link" onClick={onSkip}>
        {marked("talk.typing", { unseen }, { name })}
      </button>
    </div>
  );
}
