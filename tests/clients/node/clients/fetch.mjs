import { CHANGES, LATE_UPDATE, ORDERS, expectOrders, expectStaleVersion, hearChange, plainRequest } from "./scenario.mjs";

export const name = "fetch";

export function connect(environment) {
  return {
    query: async () => expectOrders(await plainRequest(environment, ORDERS)),
    mutation: async ({ statusId }) => expectStaleVersion(await plainRequest(environment, LATE_UPDATE, { id: statusId })),
    subscription: ({ orderId }) =>
      hearChange(environment, orderId, (heard, failed) => {
        const controller = new AbortController();
        read(environment, controller.signal, heard).catch((error) => controller.signal.aborted || failed(error));
        return () => controller.abort();
      }),
  };
}

/** Server-sent events as fetch gives them: blocks of lines, each block an event. */
async function read({ url, token }, signal, heard) {
  const response = await fetch(url, {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json", Accept: "text/event-stream", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: CHANGES }),
  });
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) throw new Error(await response.text());
  let text = "";
  for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ; ) {
    const { value, done } = await reader.read();
    if (done) throw new Error("the stream has ended");
    const blocks = (text + value).split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const line = block.split("\n").find((each) => each.startsWith("data: {"));
      if (line) heard(JSON.parse(line.slice(6)).data);
    }
  }
}
