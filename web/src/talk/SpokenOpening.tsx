// SPDX-License-Identifier: Apache-2.0
import type { Line } from "../protocol";
import { marked, text } from "../text";
import { unseen } from "./unseen";

/** How a conversation begins, for those who listen: what one voice says comes in one breath. */
export function SpokenOpening({ lines, name, language }: { lines: Line[]; name: string; language: string }) {
  const breaths: Line[][] = [];
  for (const line of lines) {
    const last = breaths[breaths.length - 1];
    if (last && last[0]?.voice === line.voice) last.push(line);
    else breaths.push([line]);
  }
  return (
    <>
      {breaths.map((said, index) => (
        <span key={index}>
          {said[0]?.voice === "guide" ? marked("talk.spoken.guide", { unseen }) : text("talk.spoken.who", { name })}{" "}
          <span lang={language}>{said.map((line) => line.text).join(" ")}</span>{" "}
        </span>
      ))}
    </>
  );
}
