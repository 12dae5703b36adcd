// Second story: archive many orders, with a preview, progress, and a retry of what failed.
import { randomUUID } from "node:crypto";
import type { Client } from "@urql/core";
import { graphql } from "./gql";
import type { OperationFragment, OrderWhere } from "./gql/graphql";
import { data, firstEvent, mutate } from "./results";

// Among the active ones are some whose delivery awaits its review: these cannot be archived.
const SOME_THAT_FAIL: OrderWhere = { archived: false, status: { in: ["COMPLETED", "ACTIVE"] } };

export const OPERATION = graphql(`
  fragment Operation on BulkOperation {
    id
    state
    total
    done
    applied
    failed
    selection
  }
`);
const PREVIEW = graphql(`
  mutation PreviewArchive($where: OrderWhere!) {
    orderBulkArchive(input: { where: $where, dryRun: true }) {
      bulkOperation {
        ...Operation
        results {
          outcome
          order {
            id
            number
          }
          errors {
            message
          }
        }
      }
      errors {
        message
      }
    }
  }
`);
const ARCHIVE = graphql(`
  mutation Archive($selection: ID!, $key: String!) {
    orderBulkArchive(input: { selection: $selection, idempotencyKey: $key }) {
      bulkOperation {
        ...Operation
      }
      errors {
        message
      }
    }
  }
`);
const RESTORE = graphql(`
  mutation Restore($ids: [ID!]!, $key: String!) {
    orderBulkRestore(input: { orderIds: $ids, idempotencyKey: $key }) {
      bulkOperation {
        ...Operation
      }
      errors {
        message
      }
    }
  }
`);
const READ = graphql(`
  query OperationProgress($id: ID!) {
    bulkOperation(id: $id) {
      ...Operation
    }
  }
`);
const WATCH = graphql(`
  subscription WatchOperation($id: ID!) {
    bulkOperationProgress(id: $id) {
      ...Operation
    }
  }
`);
const RETRY = graphql(`
  mutation RetryFailed($id: ID!, $key: String!) {
    bulkOperationRetry(input: { id: $id, idempotencyKey: $key }) {
      bulkOperation {
        ...Operation
      }
      errors {
        message
      }
    }
  }
`);

/** Follow an operation until it is done: listen, and read it again when nothing was heard. */
async function toTheEnd(client: Client, operation: OperationFragment): Promise<OperationFragment> {
  const { id } = operation;
  while (operation.state === "RUNNING") {
    console.log(`  ${operation.done} of ${operation.total}`);
    await firstEvent(client, WATCH, { id }, (event) => event.bulkOperationProgress.state !== "RUNNING", 2).catch(() => {});
    operation = data(await client.query(READ, { id }, { requestPolicy: "network-only" }).toPromise()).bulkOperation!;
  }
  console.log(`  done: ${operation.applied} changed, ${operation.failed} failed`);
  return operation;
}

export async function story(client: Client): Promise<void> {
  const { bulkOperation: preview, errors } = (await mutate(client, PREVIEW, { where: SOME_THAT_FAIL })).orderBulkArchive;
  if (!preview?.selection) throw new Error(errors[0]?.message);
  for (const { order, outcome, errors } of preview.results)
    if (outcome === "FAILED") console.log(`  would fail: ${order?.number}: ${errors[0]?.message}`);
  console.log(`  ${preview.applied} of ${preview.total} could be archived`);

  const variables = { selection: preview.selection, key: randomUUID() };
  const done = await toTheEnd(client, (await mutate(client, ARCHIVE, variables)).orderBulkArchive.bulkOperation!);
  if (done.failed) {
    const again = await mutate(client, RETRY, { id: done.id, key: randomUUID() });
    await toTheEnd(client, again.bulkOperationRetry.bulkOperation!);
  }
  const ids = preview.results.flatMap(({ order, outcome }) => (order && outcome === "APPLIED" ? [order.id] : []));
  const restored = await mutate(client, RESTORE, { ids, key: randomUUID() });
  await toTheEnd(client, restored.orderBulkRestore.bulkOperation!);
}
