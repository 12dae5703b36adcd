// The clients in Node.js; prints one line of JSON for each step.
import WebSocket from "ws";
import { environmentOf, run } from "./scenarios.mjs";

globalThis.WebSocket ??= WebSocket;
await run(environmentOf(`${process.env.WERKSTAND_URL}/graphql`, process.env.WERKSTAND_TOKEN), (result) =>
  console.log(JSON.stringify(result)),
);
process.exit(0);
