// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vite";
import { page } from "./scripts/page.mjs";
import { preload } from "./scripts/preload.mjs";
import { shell } from "./scripts/shell.mjs";

// `npm run dev` talks to a server started beside it.
const server = "http://127.0.0.1:8080";

/**
 * What goes into one file, the first that fits; by itself the bundler would make thirty small ones. `main` starts the page
 * and must stay small: everything else waits for it. `frame` is what every screen needs to be drawn at all. These, `talk` and the
 * English texts that a conversation begins with stand in the page itself. A folder of screens is a file, with what only they use.
 */
const FILES = [
  ["choices", /\/src\/settings\/Choices/],
  ["main", /vite\/preload-helper|\/src\/(main|ahead|choices|connection|idle|language|newcomer|post|route|screens|starting|stored|styles|theme|unpacking|watched|world)\.tsx?$/],
  ["home", /\/src\/home\/|\/src\/contrast\/ContrastPage|\/src\/library\.ts$/],
  ["said", /\/src\/talk\/(saidParts|AdviceHere|AlsoTyped|Aside|Attached|Compare|Disputable|Dissent|DisputeForm|disputing|EndDialog|Ended|Exchange|GuideAnswer|HintCard|Marked|Note|NoteBox|noteWords|OwnNote|Recognition|SpokenNote|ThreadView|Tried|Typing|Unsent)\.tsx?$|\/src\/(disputes|keptDisputes|spans|thread)\.ts$|\/src\/parts\/Sign\.|\/src\/contrast\/SecondSide/],
  ["advice", /\/src\/debrief\/(Advice|kept|moment|tries|worded)\.tsx?$/],
  ["talk", /\/src\/talk\//],
  ["frame", /\/node_modules\/(preact|@messageformat)\/|\/src\/(?!(speech|later)\.ts)[^/]+\.tsx?$|\/src\/parts\/(?!StrangerCard)/],
];

export default defineConfig({
  plugins: [preload(), page(["main", "frame", "en_first", "talk"]), shell()],
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    target: "es2022",
    // The Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rollupOptions: {
      output: {
        // The server tells by "-" and eight letters or digits that a file is named by its content.
        hashCharacters: "base36",
        manualChunks: (id) => FILES.find(([, fits]) => fits.test(id.split("?")[0]))?.[0],
      },
    },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": server, "/export": server, "/ws": { target: server, ws: true } },
  },
});
