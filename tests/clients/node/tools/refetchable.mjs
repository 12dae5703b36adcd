// Lets relay-compiler check a refetchable fragment on every type with an id: each has to be a Node.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSchema, isNonNullType, isObjectType } from "graphql";

const here = new URL("../", import.meta.url);
for (const schema of ["operations", "portal"]) {
  const source = new URL(`../../../schema/sdl/${schema}.graphql`, here);
  const types = Object.values(buildSchema(readFileSync(source, "utf-8")).getTypeMap());
  const entities = types.filter((type) => isObjectType(type) && !type.name.startsWith("__") && isId(type.getFields().id));
  const fragments = entities.map(
    ({ name }) => `graphql\`fragment Entity_${name} on ${name} @refetchable(queryName: "Entity${name}Query") { __typename }\`;`,
  );
  const folder = new URL(`build/refetchable-${schema}/`, here);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("Entity.js", folder), [`import { graphql } from "relay-runtime";`, ...fragments].join("\n"));
  const config = { src: ".", schema: fileURLToPath(source), language: "javascript", noSourceControl: true };
  writeFileSync(new URL("relay.config.json", folder), JSON.stringify(config));
  const compiler = fileURLToPath(new URL("node_modules/.bin/relay-compiler", here));
  const { status, stdout, stderr } = spawnSync(compiler, ["relay.config.json"], { cwd: folder, encoding: "utf-8" });
  if (status !== 0) {
    console.error(stdout + stderr);
    process.exit(1);
  }
  console.log(`${schema}: ${entities.length} entities are refetchable`);
}

function isId(field) {
  return field && isNonNullType(field.type) && field.type.ofType.name === "ID" && field.args.length === 0;
}
