// SPDX-License-Identifier: Apache-2.0
// The points of a language pack in the text of its file: everything else stays byte for byte. Used by fit.mjs.

/** As `askwell fmt` lays packs out. */
const WIDTH = 120;
const STEP = "  ";

/** Where each value of valid JSON stands: { start, end, members: Map, items: [] }. */
export function places(text) {
  let at = 0;
  const blank = () => {
    while (/\s/.test(text[at] ?? "")) at++;
  };
  const string = () => {
    const start = at++;
    while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    return JSON.parse(text.slice(start, ++at));
  };
  const list = (close, one) => {
    at++;
    for (blank(); text[at] !== close; blank()) {
      one();
      blank();
      if (text[at] === ",") at++;
      blank();
    }
    at++;
  };
  const value = () => {
    blank();
    const node = { start: at, end: at, members: new Map(), items: [] };
    if (text[at] === "{")
      list("}", () => {
        const name = string();
        blank();
        at++;
        node.members.set(name, value());
      });
    else if (text[at] === "[") list("]", () => node.items.push(value()));
    else if (text[at] === '"') string();
    else while (at < text.length && !/[\s,\]}]/.test(text[at])) at++;
    node.end = at;
    return node;
  };
  return value();
}

const indentAt = (text, at) => /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", at - 1) + 1))[0];

/** The points as an object behind `name`, on one line where they fit. `like` is how they stood, for its way of breaking
 *  lines; `comma`: another member follows. */
function rendered(points, name, indent, comma, like = "") {
  const members = Object.entries(points).map(([id, value]) => `${JSON.stringify(id)}: ${value}`);
  const inside = `${indent}${indent.includes("\t") ? "\t" : STEP}`;
  if (members.length === 0) return "{}";
  const one = `{ ${members.join(", ")} }`;
  const rows = like.split("\n");
  if (rows.length > 2 && rows.slice(1, -1).every((row) => /^\s*"[^"]*":\s*-?\d+,?\s*$/.test(row)))
    return `{\n${members.map((member) => /^\s*/.exec(rows[1])[0] + member).join(",\n")}\n${/^\s*/.exec(rows.at(-1))[0]}}`;
  if (indent.length + name.length + 4 + one.length + (comma ? 1 : 0) <= WIDTH) return one;
  const lines = [];
  for (const [i, member] of members.entries()) {
    const last = lines.at(-1);
    const more = i + 1 < members.length ? 1 : 0;
    if (last !== undefined && inside.length + last.length + 2 + member.length + more <= WIDTH) lines[lines.length - 1] = `${last}, ${member}`;
    else lines.push(member);
  }
  return `{\n${lines.map((line) => inside + line).join(",\n")}\n${indent}}`;
}

const commaAt = (text, at) => /^\s*,/.test(text.slice(at, at + 400));

/** The change that gives the object at `owner` the member `name`, behind the member `behind` (or the last) if it is new. */
function change(text, owner, name, points, behind) {
  if (points === undefined) return null;
  const there = owner.members.get(name);
  if (there) {
    const like = text.slice(there.start, there.end);
    // Points that stay as they are keep even their way of being written.
    if (JSON.stringify(sorted(JSON.parse(like))) === JSON.stringify(sorted(points))) return null;
    return { start: there.start, end: there.end, text: rendered(points, name, indentAt(text, there.start), commaAt(text, there.end), like) };
  }
  const { end } = owner.members.get(behind) ?? [...owner.members.values()].at(-1);
  const lines = text.slice(owner.start, owner.end).includes("\n");
  const indent = indentAt(text, [...owner.members.values()][0].start);
  return { start: end, end, text: `,${lines ? `\n${indent}` : " "}"${name}": ${rendered(points, name, indent, commaAt(text, end))}` };
}

const sorted = (points) => Object.entries(points).sort(([a], [b]) => (a < b ? -1 : 1));

/** The text of the pack with other points: { cues: [points in the order of the pack], defaults: [...], start, wordings }. */
export function withPoints(text, { cues, defaults, start, wordings }) {
  const root = places(text);
  const changes = [change(text, root, "start", start, "cues")];
  for (const [name, list] of Object.entries({ cues, defaults }))
    (root.members.get(name)?.items ?? []).forEach((owner, i) => changes.push(change(text, owner, "points", list[i])));
  const written = root.members.get("wordings")?.members.get("points");
  // Which wordings there are may have changed too; askwell fmt lays them out.
  if (written && wordings) changes.push({ start: written.start, end: written.end, text: JSON.stringify(wordings) });
  return changes
    .filter(Boolean)
    .sort((a, b) => b.start - a.start)
    .reduce((whole, one) => whole.slice(0, one.start) + one.text + whole.slice(one.end), text);
}
