// SPDX-License-Identifier: Apache-2.0
// Texts cut where their marks begin and end. Positions count Unicode characters, as on the wire.

export interface Mark {
  start: number;
  end: number;
  kind: "cue" | "picked";
}

export interface Piece {
  text: string;
  cue: boolean;
  picked: boolean;
}

export function pieces(text: string, marks: readonly Mark[]): Piece[] {
  const characters = Array.from(text);
  const inside = marks.filter((mark) => mark.start >= 0 && mark.start < mark.end && mark.end <= characters.length);
  const cuts = new Set([0, characters.length]);
  for (const mark of inside) cuts.add(mark.start).add(mark.end);
  const edges = [...cuts].sort((a, b) => a - b);

  const result: Piece[] = [];
  for (let index = 0; index + 1 < edges.length; index++) {
    const start = edges[index] ?? 0;
    const end = edges[index + 1] ?? 0;
    const covers = (kind: Mark["kind"]): boolean =>
      inside.some((mark) => mark.kind === kind && mark.start <= start && end <= mark.end);
    result.push({ text: characters.slice(start, end).join(""), cue: covers("cue"), picked: covers("picked") });
  }
  return result;
}
