import { Client, cacheExchange, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-ws";
import { CHANGES, LATE_UPDATE, ORDERS, expectOrders, expectStaleVersion, hearChange } from "./scenario.mjs";

export const name = "urql";

export function connect(environment) {
  const { url, token } = environment;
  const socket = createClient({ url: url.replace("http", "ws"), connectionParams: { Authorization: `Bearer ${token}` } });
  const client = new Client({
    url,
    fetchOptions: { headers: { Authorization: `Bearer ${token}` } },
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query: request.query, variables: request.variables }, sink) }),
        }),
      }),
    ],
  });
  const data = (result) => {
    if (result.error) throw result.error;
    return result.data;
  };
  return {
    query: async () => expectOrders(data(await client.query(ORDERS, {}).toPromise())),
    mutation: async ({ statusId }) =>
      expectStaleVersion(data(await client.mutation(LATE_UPDATE, { id: statusId }).toPromise())),
    subscription: ({ orderId }) =>
      hearChange(environment, orderId, (heard, failed) => {
        const { unsubscribe } = client
          .subscription(CHANGES, {})
          .subscribe((result) => (result.error ? failed(result.error) : heard(result.data)));
        return unsubscribe;
      }),
  };
}
