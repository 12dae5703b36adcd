// The audits of graphql-http against the running system; prints what fails as lines of JSON, and their number by kind.
import { serverAudits } from "graphql-http";

const url = `${process.env.WERKSTAND_URL}/graphql`;
const authorization = `Bearer ${process.env.WERKSTAND_TOKEN}`;
const fetchFn = (address, { headers = {}, ...more } = {}) =>
  fetch(address, { ...more, headers: { ...headers, Authorization: authorization } });

for (const audit of serverAudits({ url, fetchFn })) {
  const { status, reason } = await audit.fn();
  const kind = audit.name.split(" ")[0];
  console.log(JSON.stringify({ id: audit.id, kind, name: audit.name, failed: status !== "ok", reason: String(reason ?? "") }));
}
