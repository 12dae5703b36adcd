// Runs the scenario with every client, in Node.js and in a page alike.
import * as apollo from "./apollo.mjs";
import * as plainFetch from "./fetch.mjs";
import * as toolkit from "./graphiql_toolkit.mjs";
import * as sse from "./graphql_sse.mjs";
import * as ws from "./graphql_ws.mjs";
import * as relay from "./relay.mjs";
import { ORDERS, plainRequest } from "./scenario.mjs";
import * as urql from "./urql.mjs";

const CLIENTS = [plainFetch, apollo, urql, relay, ws, sse, toolkit];
const STEPS = ["query", "mutation", "subscription"];

/** The results as lines for the harness: who did what, and the error where it did not work. */
export async function run(environment, report) {
  const [order] = (await environment.ask(ORDERS)).orders.nodes;
  const subjects = { orderId: order.id, statusId: order.clientStatus.id };
  for (const client of CLIENTS) {
    let connected;
    for (const step of STEPS) {
      try {
        connected ??= client.connect(environment);
        await connected[step](subjects);
        report({ client: client.name, step, error: null });
      } catch (error) {
        report({ client: client.name, step, error: String(error?.message ?? error).slice(0, 200) });
      }
    }
  }
}

/** Where the clients go, and a way around them for the parts of others. */
export function environmentOf(url, token, request = (query, variables) => plainRequest({ url, token }, query, variables)) {
  return { url, token, change: request, ask: request };
}
