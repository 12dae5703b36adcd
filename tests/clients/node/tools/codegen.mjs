// GraphQL Code Generator's client-preset, against the address of the running system.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generate } from "@graphql-codegen/cli";

const folder = new URL("../build/codegen/", import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(
  new URL("orders.ts", folder),
  "import { graphql } from './gql';\nexport const ORDERS = graphql(`query Orders { orders(first: 3) { nodes { id status } } }`);\n",
);
const path = fileURLToPath(folder);
const files = await generate(
  {
    schema: `${process.env.WERKSTAND_URL}/graphql`,
    documents: [`${path}orders.ts`],
    generates: { [`${path}gql/`]: { preset: "client" } },
    silent: true,
  },
  true,
);
const types = files.find(({ filename }) => filename.endsWith("graphql.ts"));
process.exit(types?.content.includes("OrdersQuery") ? 0 : 1);
