// graphql-inspector: the schema that is served is the committed one, and the documents of the guide and the examples
// are valid in it, without anything deprecated.
import { readFileSync, readdirSync } from "node:fs";
import { diff, validate } from "@graphql-inspector/core";
import { Source, buildClientSchema, buildSchema, getIntrospectionQuery } from "graphql";

const root = new URL("../../../../", import.meta.url);
const committed = buildSchema(readFileSync(new URL("schema/sdl/operations.graphql", root), "utf-8"));
const response = await fetch(`${process.env.WERKSTAND_URL}/graphql`, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ query: getIntrospectionQuery() }),
});
const served = buildClientSchema((await response.json()).data);

const changes = (await diff(committed, served)).filter(({ criticality }) => criticality.level === "BREAKING");
for (const { message } of changes) console.log(message);

const folder = new URL("api/developer/example_queries/operations/", root);
const files = [
  ...readdirSync(folder).map((name) => new URL(name, folder)),
  new URL("examples/python/operations.graphql", root),
];
const invalid = validate(served, files.map((file) => new Source(readFileSync(file, "utf-8"), file.pathname)));
for (const { source, errors, deprecated } of invalid)
  for (const { message } of [...errors, ...deprecated]) console.log(`${source.name}: ${message}`);
process.exit(changes.length + invalid.length ? 1 : 0);
