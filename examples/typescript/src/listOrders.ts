// First story: orders by a filter, page after page, and what changes while one looks on.
import { randomUUID } from "node:crypto";
import type { Client } from "@urql/core";
import { graphql } from "./gql";
import type { OrderRowFragment, OrderWhere } from "./gql/graphql";
import { collect, data, firstEvent, mutate } from "./results";

export const ACTIVE: OrderWhere = { status: { eq: "ACTIVE" } };

export const ORDER_ROW = graphql(`
  fragment OrderRow on Order {
    id
    number
    project
    statusLabel
    version
  }
`);
const LIST = graphql(`
  query ListOrders($where: OrderWhere, $first: Int!, $after: String) {
    orders(first: $first, after: $after, where: $where, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes {
        ...OrderRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
const WATCH = graphql(`
  subscription WatchOrders {
    orderChanged {
      ...OrderRow
    }
  }
`);
const COMMENT = graphql(`
  mutation Comment($id: ID!, $text: String!, $key: String!) {
    orderComment(input: { id: $id, text: $text, visibility: INTERNAL, idempotencyKey: $key }) {
      errors {
        message
      }
    }
  }
`);

/** Every order that the filter finds, read page by page as they are needed. */
export async function* allOrders(client: Client, where: OrderWhere, first = 5): AsyncGenerator<OrderRowFragment> {
  let after: string | null | undefined;
  do {
    const variables = { where, first, after };
    const page = data(await client.query(LIST, variables, { requestPolicy: "network-only" }).toPromise()).orders;
    yield* page.nodes;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
}

export async function story(client: Client): Promise<void> {
  const orders = await collect(allOrders(client, ACTIVE));
  for (const order of orders) console.log(`${order.number}  ${order.statusLabel.padEnd(12)} ${order.project}`);
  const { id } = orders[0]!;
  const heard = firstEvent(client, WATCH, {}, ({ orderChanged }) => orderChanged.id === id);
  const comment = () => mutate(client, COMMENT, { id, text: "A comment, to see it live.", key: randomUUID() });
  const someone = setInterval(comment, 1000); // Someone else does this in real life.
  const { orderChanged } = await heard.finally(() => clearInterval(someone));
  console.log(`${orderChanged.number} has just changed`);
}
