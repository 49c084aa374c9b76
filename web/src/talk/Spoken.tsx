// SPDX-License-Identifier: Apache-2.0
import { Avatar } from "../parts/Avatar";
import { Icon } from "../parts/Icon";
import type { Line } from "../protocol";

/** Lines of the character in bubbles; lines of the guide outside of the conversation, and marked as such. */
export function Spoken({ lines, name }: { lines: Line[]; name: string }) {
  return (
    <>
      {lines.map((line, index) =>
        line.voice === "guide" ? (
          <p key={index} class="guide" dir="auto">
            <span class="guide-who">
              <Icon name="guide" />
              Guide<span class="unseen">: </span>
            </span>
            {line.text}
          </p>
        ) : (
          <div key={index} class="speech">
            {lines[index - 1]?.voice === "character" ? <span class="avatar-gap" /> : <Avatar name={name} />}
            <p class="bubble character" dir="auto">
              <span class="unseen">{name}: </span>
              {line.text}
            </p>
          </div>
        ),
      )}
    </>
  );
}
