// The client of this example: urql over HTTP, subscriptions over server-sent events.
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-sse";

const URL = process.env.WERKSTAND_URL ?? "http://127.0.0.1:8000";
const HEADERS = { Authorization: `Bearer ${process.env.WERKSTAND_TOKEN}`, "Accept-Language": "en" };

export function connect(): Client {
  const events = createClient({ url: `${URL}/graphql/stream`, headers: HEADERS });
  return new Client({
    url: `${URL}/graphql`,
    fetchOptions: { headers: HEADERS },
    preferGetMethod: false,
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({ unsubscribe: events.subscribe({ query: query!, variables }, sink as never) }),
        }),
      }),
    ],
  });
}
