import { createClient } from "graphql-ws";
import { CHANGES, LATE_UPDATE, ORDERS, expectOrders, expectStaleVersion, hearChange } from "./scenario.mjs";

export const name = "graphql-ws";

export function connect(environment) {
  const { url, token } = environment;
  const client = createClient({ url: url.replace("http", "ws"), connectionParams: { Authorization: `Bearer ${token}` } });
  const once = (query, variables) =>
    new Promise((resolve, reject) => {
      let result;
      client.subscribe(
        { query, variables },
        { next: ({ data }) => (result = data), error: (error) => reject(new Error(JSON.stringify(error?.reason ?? error))), complete: () => resolve(result) },
      );
    });
  return {
    query: async () => expectOrders(await once(ORDERS)),
    mutation: async ({ statusId }) => expectStaleVersion(await once(LATE_UPDATE, { id: statusId })),
    subscription: ({ orderId }) =>
      hearChange(environment, orderId, (heard, failed) =>
        client.subscribe({ query: CHANGES }, { next: ({ data }) => heard(data), error: failed, complete: () => {} }),
      ),
  };
}
