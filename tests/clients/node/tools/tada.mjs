// gql.tada: the schema of the running system becomes types, and TypeScript accepts a typed query and refuses a wrong one.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = new URL("../", import.meta.url);
const folder = new URL("build/tada/", here);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const write = (name, text) => writeFileSync(new URL(name, folder), text);
const call = (program, ...words) =>
  execFileSync(fileURLToPath(new URL(`node_modules/.bin/${program}`, here)), words, {
    cwd: fileURLToPath(folder),
    stdio: ["ignore", "pipe", "inherit"],
  });

write("tsconfig.json", JSON.stringify({
  compilerOptions: {
    strict: true, noEmit: true, module: "ESNext", moduleResolution: "Bundler", target: "ES2022", skipLibCheck: true,
    types: [],
    plugins: [{ name: "gql.tada/ts-plugin", schema: `${process.env.WERKSTAND_URL}/graphql`, tadaOutputLocation: "./graphql-env.d.ts" }],
  },
  include: ["."],
}));
call("gql.tada", "generate-output");
const use = (field) => `
import { initGraphQLTada, type ResultOf } from "gql.tada";
import type { introspection } from "./graphql-env";
const graphql = initGraphQLTada<{ introspection: introspection; scalars: { Decimal: string; DateTime: string; Date: string } }>();
const ORDERS = graphql(\`query Orders { orders(first: 3) { nodes { id number net { amount } } } }\`);
export const read = (data: ResultOf<typeof ORDERS>): string => data.orders.nodes[0]!.${field};
`;
write("query.ts", use("net.amount"));
call("tsc", "-p", ".");
write("query.ts", use("nothing"));
let isRefused = false;
try {
  execFileSync(fileURLToPath(new URL("node_modules/.bin/tsc", here)), ["-p", "."], { cwd: fileURLToPath(folder), stdio: "ignore" });
} catch {
  isRefused = true;
}
process.exit(isRefused ? 0 : 1);
