// SPDX-License-Identifier: Apache-2.0
// What every first load waits for stands in the page itself: its styles, and the scripts, each run as soon as it has come, so
// that the line to the server is open while the rest is on its way. A file of its own would cost each of them a way there and
// back. Such a script cannot be imported by its address: it leaves what it exports in a register, and whoever imports it, in
// the page or in a file, takes it from there. The server allows what stands in the page by its hash, and nothing else.
import { parseAst } from "vite";

const REGISTER = "askwell";
/** `parts` has what ran, by name; `put` adds it; `of` promises it, and is not kept when the page ends before it. */
const BEGIN = `var ${REGISTER}=(()=>{
const parts={},asked=[];let over=false;
const answer=({key,done,lost})=>{if(key in parts)done(parts[key]);else if(over)lost(new Error(key+" did not come"))};
addEventListener("DOMContentLoaded",()=>{over=true;asked.forEach(answer)});
return{parts,put(key,part){parts[key]=part;asked.forEach(answer)},of:key=>new Promise((done,lost)=>{const one={key,done,lost};asked.push(one);answer(one)})};
})()`;
/** What the bundler wrote into the page for the files that now stand in it. */
const TAGS = /[ \t]*<(?:script type="module"|link rel="(?:stylesheet|modulepreload)")[^>]*>(?:<\/script>)?\n?/g;
const IN_PAGE = /<\/?(?:script|style)|<!--/i;

/** Edits at places that the parser gave, from the last to the first. */
function edited(code, edits) {
  const last = [...edits].sort((one, other) => other.start - one.start);
  return last.reduce((text, { start, end, by }) => text.slice(0, start) + by + text.slice(end), code);
}

const nameOf = (node) => node.name ?? JSON.stringify(node.value);

/** Every node of a syntax tree, parents first. */
function* nodesOf(node) {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (child && typeof child.type === "string") yield* nodesOf(child);
  }
}

function takenFrom(part, { specifiers }) {
  const whole = specifiers.find(({ type }) => type === "ImportNamespaceSpecifier");
  if (whole) return `const ${whole.local.name}=${part};`;
  const names = specifiers.map((each) => `${each.imported ? nameOf(each.imported) : "default"}:${each.local.name}`);
  return names.length > 0 ? `const{${names.join(",")}}=${part};` : "";
}

/** Where a chunk imports what stands in the page, it takes that from the register; a file waits until it has run. */
function imports(program, { keys, here, waits }) {
  const edits = [];
  const keyOf = (source) => keys.get(source?.value?.replace(/^\.\//, "assets/"));
  for (const node of nodesOf(program)) {
    const key = keyOf(node.source);
    if (node.type === "ImportDeclaration" && key) edits.push({ start: node.start, end: node.end, by: takenFrom(waits ? `await ${REGISTER}.of("${key}")` : `${REGISTER}.parts.${key}`, node) });
    if (node.type === "ImportExpression" && key) edits.push({ start: node.start, end: node.end, by: `${REGISTER}.of("${key}")` });
    // A page stands elsewhere than the files.
    else if (node.type === "ImportExpression" && !waits && node.source.value) edits.push({ start: node.source.start, end: node.source.end, by: JSON.stringify(node.source.value.replace(/^\.\//, "/assets/")) });
    // What the bundler has asked for beside an import is here already.
    if (node.type === "Literal" && here.has(node.value)) edits.push({ start: node.start, end: node.end, by: '""' });
  }
  return edits;
}

/** What it exports goes to the register when all of it has run; nothing that is exported is set later. */
function exports(program, key) {
  return program.body.filter(({ type }) => type.startsWith("Export")).map((node) => {
    if (node.type !== "ExportNamedDeclaration" || node.declaration || node.source) throw new Error(`${key}: an export of another form`);
    const names = node.specifiers.map(({ exported, local }) => `${nameOf(exported)}:${local.name}`);
    return { start: node.start, end: node.end, by: `${REGISTER}.put("${key}",{${names.join(",")}});` };
  });
}

const element = (tag, text) => {
  if (IN_PAGE.test(text)) throw new Error(`what is to stand in the page speaks of ${IN_PAGE.exec(text)[0]}`);
  return `<${tag}>${text}</${tag}>`;
};

/** Each runs before those after it have come, so it can use nothing of theirs. */
function inOrder(chunks, keys) {
  const names = [...keys.values()];
  for (const [index, { name, imports: files }] of chunks.entries()) {
    const late = files.map((file) => keys.get(file)).find((key) => names.indexOf(key) > index);
    if (late) throw new Error(`${name} uses a module of ${late}, which runs after it: list that module under "${name}" in FILES of vite.config.js`);
  }
}

/** `names`: the chunks that stand in the page, in the order in which they run; the first starts it. */
export function page(names) {
  return {
    name: "askwell-page",
    apply: "build",
    // After the bundler has written what each file asks for beside itself.
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const chunks = names.map((name) => Object.values(bundle).find((each) => each.type === "chunk" && each.name === name));
        const missing = names.filter((__, index) => !chunks[index]);
        if (missing.length > 0) throw new Error(`no file is called ${missing.join(", ")}`);
        const keys = new Map(chunks.map(({ fileName, name }) => [fileName, name]));
        inOrder(chunks, keys);
        const sheets = [...new Set(chunks.flatMap(({ viteMetadata }) => [...viteMetadata.importedCss]))];
        const here = new Set([...keys.keys(), ...sheets]);
        const scripts = chunks.map(({ code, name }) => {
          const program = parseAst(code);
          return element("script", `(()=>{"use strict";${edited(code, [...imports(program, { keys, here, waits: false }), ...exports(program, name)]).trim()}})()`);
        });
        const styles = element("style", sheets.map((sheet) => bundle[sheet].source).join(""));
        for (const name of here) delete bundle[name];
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === "chunk") chunk.code = edited(chunk.code, imports(parseAst(chunk.code), { keys, here, waits: true }));
        }
        const html = bundle["index.html"];
        html.source = html.source
          .replace(TAGS, "")
          .replace("</head>", () => `${styles}\n  </head>`)
          .replace("</body>", () => `${[element("script", BEGIN), ...scripts].join("")}\n  </body>`);
      },
    },
  };
}
