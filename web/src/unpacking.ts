// SPDX-License-Identifier: Apache-2.0
// Long answers come compressed where the browser can unpack them. They are heard as the texts that they were, in the order in
// which they came.
import type { Socket } from "./connection";

let able = typeof DecompressionStream === "function";

export const subprotocol = (): string => (able ? "askwell.v1.deflate" : "askwell.v1");

async function unpack(data: Blob): Promise<string> {
  return new Response(data.stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

export function unpacking(socket: WebSocket): Socket {
  const line: Socket = {
    get readyState() {
      return socket.readyState;
    },
    onopen: null,
    onclose: null,
    onmessage: null,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
  let before: Promise<void> | null = null;
  socket.onopen = () => line.onopen?.();
  socket.onclose = () => line.onclose?.();
  socket.onmessage = ({ data }: MessageEvent<string | Blob>) => {
    if (typeof data === "string" && !before) {
      line.onmessage?.({ data });
      return;
    }
    const heard = Promise.all([typeof data === "string" ? data : unpack(data), before])
      .then(([text]) => line.onmessage?.({ data: text }))
      .catch(() => {
        // The next line carries everything as text, and what was not answered is asked again on it.
        able = false;
        socket.close();
      })
      .then(() => {
        if (before === heard) before = null;
      });
    before = heard;
  };
  return line;
}
