// SPDX-License-Identifier: Apache-2.0
import { useContext } from "preact/hooks";
import { Avatar } from "../parts/Avatar";
import { Icon } from "../parts/Icon";
import type { Line } from "../protocol";
import { marked, text } from "../text";
import { CaseLanguage } from "./caseLanguage";
import { unseen } from "./unseen";

/** Lines of the character in bubbles; lines of the guide outside of the conversation, and marked as such. */
export function Spoken({ lines, name }: { lines: Line[]; name: string }) {
  const language = useContext(CaseLanguage);
  return (
    <>
      {lines.map((line, index) =>
        line.voice === "guide" ? (
          <p key={index} class="guide" dir="auto">
            <span class="guide-who">
              <Icon name="guide" />
              {marked("talk.spoken.guide", { unseen })}
            </span>
            <span lang={language}>{line.text}</span>
          </p>
        ) : (
          <div key={index} class="speech">
            {lines[index - 1]?.voice === "character" ? <span class="avatar-gap" /> : <Avatar name={name} />}
            <p class="bubble character" dir="auto">
              <span class="unseen">{text("talk.spoken.who", { name })} </span>
              <span lang={language}>{line.text}</span>
            </p>
          </div>
        ),
      )}
    </>
  );
}
