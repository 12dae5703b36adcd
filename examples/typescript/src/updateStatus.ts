// Third story: a change that meets another one, and a change whose answer was lost.
import { randomUUID } from "node:crypto";
import type { Client } from "@urql/core";
import { graphql } from "./gql";
import { ACTIVE, allOrders } from "./listOrders";
import { collect, data, mutate } from "./results";

const READ = graphql(`
  query ReadStatus($id: ID!) {
    order(id: $id) {
      id
      clientStatus {
        id
        label
        version
      }
    }
  }
`);
const UPDATE = graphql(`
  mutation UpdateStatus($id: ID!, $label: String!, $expectedVersion: Int!, $key: String!) {
    clientStatusUpdate(
      input: { id: $id, label: $label, expectedVersion: $expectedVersion, idempotencyKey: $key }
    ) {
      clientStatus {
        id
        label
        version
      }
      errors {
        __typename
        message
        remedy
        ... on StaleVersion {
          currentVersion
          changedBy
        }
      }
      replayed
    }
  }
`);

interface Seen {
  id: string;
  label: string;
  version: number;
}

async function statusOf(client: Client, id: string): Promise<Seen> {
  return data(await client.query(READ, { id }, { requestPolicy: "network-only" }).toPromise()).order!.clientStatus!;
}

async function update(client: Client, seen: Seen, label: string, key: string = randomUUID()) {
  const variables = { id: seen.id, expectedVersion: seen.version, label, key };
  return (await mutate(client, UPDATE, variables)).clientStatusUpdate;
}

export async function story(client: Client): Promise<void> {
  const order = (await collect(allOrders(client, ACTIVE))).at(-1)!;
  const seen = await statusOf(client, order.id);
  await update(client, seen, `Changed by one ${randomUUID().slice(0, 4)}`);

  const [conflict] = (await update(client, seen, "Changed by another")).errors;
  console.log(`  ${conflict?.__typename}: ${conflict?.message}`);

  const fresh = await statusOf(client, order.id);
  const [label, key] = [`Decided ${randomUUID().slice(0, 4)}`, randomUUID()];
  await update(client, fresh, label, key);
  console.log(`  the client is now told: ${(await statusOf(client, order.id)).label}`);

  const repeated = await update(client, fresh, label, key); // As if the answer had been lost.
  console.log(`  replayed: ${repeated.replayed}, errors: ${repeated.errors.length}`);

  const [other] = (await update(client, fresh, "Something else", key)).errors;
  console.log(`  ${other?.__typename}: ${other?.message}`);
}
