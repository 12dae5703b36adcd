// graphql-eslint over copies of the published documents, below this folder, where ESLint looks at them.
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";

const root = new URL("../../../../", import.meta.url);
const folder = new URL("../build/linted/", import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
copyFileSync(new URL("examples/python/operations.graphql", root), new URL("operations.graphql", folder));
process.env.LINTED_DOCUMENTS = fileURLToPath(new URL("*.graphql", folder));

const eslint = new ESLint({ cwd: fileURLToPath(new URL("../", import.meta.url)) });
const results = await eslint.lintFiles(["build/linted/*.graphql"]);
const messages = results.flatMap(({ messages }) => messages);
for (const { ruleId, message, line } of messages) console.log(`${line} ${ruleId}: ${message}`);
process.exit(messages.length ? 1 : 0);
