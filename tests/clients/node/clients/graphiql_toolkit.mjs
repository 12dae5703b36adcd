import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { createClient } from "graphql-ws";
import { parse } from "graphql";
import { CHANGES, LATE_UPDATE, ORDERS, expectOrders, expectStaleVersion, hearChange } from "./scenario.mjs";

export const name = "GraphiQL toolkit";

export function connect(environment) {
  const { url, token } = environment;
  const authorization = { Authorization: `Bearer ${token}` };
  const wsClient = createClient({ url: url.replace("http", "ws"), connectionParams: authorization });
  const fetcher = createGraphiQLFetcher({ url, headers: authorization, wsClient, fetch: globalThis.fetch.bind(globalThis) });
  const once = async (query, variables) => {
    const { data, errors } = await first(await fetcher({ query, variables }, { documentAST: parse(query) }));
    if (errors) throw new Error(errors[0].message);
    return data;
  };
  return {
    query: async () => expectOrders(await once(ORDERS)),
    mutation: async ({ statusId }) => expectStaleVersion(await once(LATE_UPDATE, { id: statusId })),
    subscription: ({ orderId }) =>
      hearChange(environment, orderId, (heard, failed) => {
        let results;
        (async () => {
          results = await fetcher({ query: CHANGES, operationName: "ScenarioChanges" }, { documentAST: parse(CHANGES) });
          for await (const { data } of results) heard(data);
        })().catch(failed);
        return () => results?.return?.();
      }),
  };
}

/** A fetcher answers with a result, or with a series of them, as GraphiQL takes both. */
async function first(answer) {
  if (!answer[Symbol.asyncIterator]) return answer;
  for await (const result of answer) return result;
}
