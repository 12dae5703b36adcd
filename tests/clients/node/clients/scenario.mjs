// What every client is asked to do, and the parts that are no client's own: documents, checks, and someone who changes
// an order while a client listens.

export const ORDERS = /* GraphQL */ `
  query ScenarioOrders {
    orders(first: 3, where: { status: { eq: ACTIVE } }) {
      nodes {
        id
        number
        version
        net {
          amount
          currency
        }
        clientStatus {
          id
          label
          version
        }
      }
    }
  }
`;
export const LATE_UPDATE = /* GraphQL */ `
  mutation ScenarioLateUpdate($id: ID!) {
    clientStatusUpdate(input: { id: $id, label: "Too late", expectedVersion: 999999 }) {
      clientStatus {
        id
        version
      }
      errors {
        __typename
        message
        ... on StaleVersion {
          currentVersion
        }
      }
    }
  }
`;
export const CHANGES = /* GraphQL */ `
  subscription ScenarioChanges {
    orderChanged {
      id
      number
      version
    }
  }
`;
const COMMENT = /* GraphQL */ `
  mutation Comment($id: ID!) {
    orderComment(input: { id: $id, text: "Someone says something.", visibility: INTERNAL }) {
      errors {
        message
      }
    }
  }
`;
const SECONDS = 20;

export function expectOrders(data) {
  if (data?.orders?.nodes?.length !== 3) throw new Error(`no orders: ${JSON.stringify(data)}`);
}

export function expectStaleVersion(data) {
  const [error] = data?.clientStatusUpdate?.errors ?? [];
  if (error?.__typename !== "StaleVersion" || !(error.currentVersion >= 0))
    throw new Error(`no StaleVersion: ${JSON.stringify(data)}`);
}

/** One request without any client. */
export async function plainRequest({ url, token }, query, variables = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

/** Resolves when `listen(heard, failed)` has called `heard` with data of an order that someone changes meanwhile. */
export async function hearChange(environment, id, listen) {
  let stop = () => {};
  let someone, late;
  try {
    await new Promise((resolve, reject) => {
      late = setTimeout(() => reject(new Error("nothing was heard")), SECONDS * 1000);
      stop = listen(
        (data) => data?.orderChanged?.id === id && resolve(),
        (error) => reject(error instanceof Error ? error : new Error(JSON.stringify(error?.reason ?? error))),
      );
      someone = setInterval(() => environment.change(COMMENT, { id }).catch(reject), 700);
    });
  } finally {
    clearInterval(someone);
    clearTimeout(late);
    stop?.();
  }
}
