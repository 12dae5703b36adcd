// What urql answers, as a promise of data and as a series of events.
import type { Client, DocumentInput, OperationResult, AnyVariables } from "@urql/core";

const ATTEMPTS = 3;

/** The data of an answer; top-level errors are thrown, expected refusals are part of the data. */
export function data<Data, Variables extends AnyVariables>(result: OperationResult<Data, Variables>): Data {
  if (result.error) throw result.error;
  return result.data!;
}

/** Send a change until it is answered. Its idempotency key makes sure that it happens once. */
export async function mutate<Data, Variables extends AnyVariables>(
  client: Client,
  document: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  for (let attempt = 1; ; attempt++) {
    const result = await client.mutation(document, variables).toPromise();
    if (result.error?.networkError && attempt < ATTEMPTS) continue;
    return data(result);
  }
}

/** The first event that is wanted; rejected when the subscription fails or, given a limit, after that many seconds. */
export function firstEvent<Data, Variables extends AnyVariables>(
  client: Client,
  document: DocumentInput<Data, Variables>,
  variables: Variables,
  isWanted: (event: Data) => boolean,
  seconds = 60,
): Promise<Data> {
  return new Promise((resolve, reject) => {
    const stop = (act: () => void) => {
      clearTimeout(timer);
      setTimeout(() => subscription.unsubscribe());
      act();
    };
    const timer = setTimeout(() => stop(() => reject(new Error("nothing was heard"))), seconds * 1000);
    const subscription = client.subscription(document, variables).subscribe(({ data: event, error }) => {
      if (error) stop(() => reject(error));
      else if (event && isWanted(event)) stop(() => resolve(event));
    });
  });
}

/** All items of a series. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}
