// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "vite";

// `npm run dev` talks to a server started beside it.
const server = "http://127.0.0.1:8080";

export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    target: "es2021",
    // The Content-Security-Policy allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: true,
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": server, "/export": server, "/ws": { target: server, ws: true } },
  },
});
