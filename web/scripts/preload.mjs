// SPDX-License-Identifier: Apache-2.0
// What a file that is imported later needs is asked for beside it, and its styles are waited for. The bundler's own form of
// this is a tenth of what starts the page; everything waits for that.
const HELPER = `
const coming = {};
const ask = (path) =>
  (coming[path] ??= new Promise((done, lost) => {
    const link = document.createElement("link");
    link.crossOrigin = "";
    link.href = "/" + path;
    link.onload = done;
    // Whoever wants it next asks anew.
    link.onerror = () => {
      delete coming[path];
      lost(new Error(path + " could not be fetched"));
    };
    if (path.endsWith(".css")) link.rel = "stylesheet";
    else done((link.rel = "modulepreload"));
    document.head.append(link);
  }));
export const __vitePreload = (load, paths = []) => Promise.all(paths.map((path) => path && ask(path))).then(load);
`;

export const preload = () => ({
  name: "askwell-preload",
  apply: "build",
  enforce: "pre",
  load: (id) => (id.endsWith("vite/preload-helper.js") ? HELPER : null),
});
