// SPDX-License-Identifier: Apache-2.0
// The wire, as server/net/openrpc.json describes it. The types are made from that file, so that server and client cannot
// drift apart: npm run make.
export type * from "./made/protocol";
