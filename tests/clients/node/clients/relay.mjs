import { Environment, Network, Observable, RecordSource, Store, commitMutation, fetchQuery, requestSubscription } from "relay-runtime";
import { createClient } from "graphql-ws";
import CHANGES from "../relay/__generated__/ScenarioChangesSubscription.graphql.js";
import LATE_UPDATE from "../relay/__generated__/ScenarioLateUpdateMutation.graphql.js";
import ORDERS from "../relay/__generated__/ScenarioOrdersQuery.graphql.js";
import { expectOrders, expectStaleVersion, hearChange } from "./scenario.mjs";

export const name = "Relay";

export function connect(environment) {
  const { url, token } = environment;
  const authorization = { Authorization: `Bearer ${token}` };
  const socket = createClient({ url: url.replace("http", "ws"), connectionParams: authorization });
  const fetchOperation = async ({ text, name }, variables) => {
    const body = JSON.stringify({ query: text, operationName: name, variables });
    const headers = { "Content-Type": "application/json", ...authorization };
    return (await fetch(url, { method: "POST", headers, body })).json();
  };
  const subscribe = ({ text }, variables) =>
    Observable.create((sink) => socket.subscribe({ query: text, variables }, sink));
  const relay = new Environment({
    network: Network.create(fetchOperation, subscribe),
    store: new Store(new RecordSource()),
  });
  return {
    query: async () => {
      const data = await fetchQuery(relay, ORDERS, {}).toPromise();
      expectOrders(data);
      // An order and its client status are two objects, so neither may overwrite the other's version.
      for (const { id, clientStatus } of data.orders.nodes)
        if (clientStatus && id === clientStatus.id) throw new Error("an order and its client status share an id");
    },
    mutation: async ({ statusId }) =>
      expectStaleVersion(
        await new Promise((resolve, reject) =>
          commitMutation(relay, { mutation: LATE_UPDATE, variables: { id: statusId }, onCompleted: resolve, onError: reject }),
        ),
      ),
    subscription: ({ orderId }) =>
      hearChange(environment, orderId, (heard, failed) => {
        const { dispose } = requestSubscription(relay, { subscription: CHANGES, variables: {}, onNext: heard, onError: failed });
        return dispose;
      }),
  };
}
