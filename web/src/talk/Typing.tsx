// SPDX-License-Identifier: Apache-2.0

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
        Show it now<span class="unseen"> ({name} is typing)</span>
      </button>
    </div>
  );
}
