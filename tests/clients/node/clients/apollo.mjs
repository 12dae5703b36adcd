import { ApolloClient, HttpLink, InMemoryCache, gql, split } from "@apollo/client/core/index.js";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions/index.js";
import { getMainDefinition } from "@apollo/client/utilities/index.js";
import { createClient } from "graphql-ws";
import { CHANGES, LATE_UPDATE, ORDERS, expectOrders, expectStaleVersion, hearChange } from "./scenario.mjs";

export const name = "Apollo Client";

export function connect(environment) {
  const { url, token } = environment;
  const http = new HttpLink({ uri: url, headers: { Authorization: `Bearer ${token}` } });
  const socket = createClient({ url: url.replace("http", "ws"), connectionParams: { Authorization: `Bearer ${token}` } });
  const isSubscription = ({ query }) => getMainDefinition(query).operation === "subscription";
  const client = new ApolloClient({
    link: split(isSubscription, new GraphQLWsLink(socket), http),
    cache: new InMemoryCache(),
  });
  return {
    query: async () => expectOrders((await client.query({ query: gql(ORDERS) })).data),
    mutation: async ({ statusId }) =>
      expectStaleVersion((await client.mutate({ mutation: gql(LATE_UPDATE), variables: { id: statusId } })).data),
    subscription: ({ orderId }) =>
      hearChange(environment, orderId, (heard, failed) => {
        const subscription = client.subscribe({ query: gql(CHANGES) }).subscribe(({ data }) => heard(data), failed);
        return () => subscription.unsubscribe();
      }),
  };
}
