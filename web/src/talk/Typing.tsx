// SPDX-License-Identifier: Apache-2.0
import { marked } from "../text";
import { unseen } from "./unseen";

export function Typing({ name, onSkip }: { name: string; onSkip: () => void }) {
  return (
    <div class="speech typing" aria-live="off">
      <span class="avatar-gap" />
      <span class="bubble character dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <button type="button" class="link" onClick={onSkip}>
        {marked("talk.typing", { unseen }, { name })}
      </button>
    </div>
  );
}
