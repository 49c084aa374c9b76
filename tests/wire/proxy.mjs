// SPDX-License-Identifier: Apache-2.0
// Bad weather between a client and the server: a TCP proxy on loopback that cuts, splits or delays.
import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/**
 * `cut()` tells after how many bytes (both directions together) each new connection is reset; `pieces` sends that many
 * bytes at a time; `delay` waits so many milliseconds before each piece.
 */
export async function startProxy(port, { cut = () => Infinity, pieces = Infinity, delay = 0 } = {}) {
  const sockets = new Set();
  const proxy = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    let left = cut();
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    }
    const end = () => {
      near.resetAndDestroy();
      far.resetAndDestroy();
    };
    const carry = async (from, to) => {
      for await (const chunk of from) {
        for (let at = 0; at < chunk.length; at += pieces) {
          const piece = chunk.subarray(at, Math.min(chunk.length, at + pieces, at + left));
          to.write(piece);
          left -= piece.length;
          if (left <= 0) return end();
          if (delay > 0) await pause(delay);
        }
      }
      to.end();
    };
    carry(near, far).catch(end);
    carry(far, near).catch(end);
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  return {
    port: proxy.address().port,
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => proxy.close(done));
    },
  };
}
