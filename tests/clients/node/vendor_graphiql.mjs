// Copies GraphiQL and what it needs from the installed packages to portal_views/static/vendor/graphiql, or, with
// --check, fails when a copy differs. The fonts inside GraphiQL's style sheet are left out: they are 320 kB, and the
// page has the portal's own.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

const here = new URL("node_modules/", import.meta.url);
const there = new URL("../../../portal_views/static/vendor/graphiql/", import.meta.url);
const FILES = [
  ["graphiql", "graphiql.min.js", "graphiql-3.9.0.min.js"],
  ["graphiql", "graphiql.min.css", "graphiql-3.9.0.min.css"],
  ["graphiql", "LICENSE", "graphiql.LICENSE.txt"],
  ["graphiql", null, "graphiql-bundled.LICENSE.txt"],
  ["react", "umd/react.production.min.js", "react-18.3.1.min.js"],
  ["react", "LICENSE", "react.LICENSE.txt"],
  ["react-dom", "umd/react-dom.production.min.js", "react-dom-18.3.1.min.js"],
  ["graphql-ws", "umd/graphql-ws.min.js", "graphql-ws-6.4.2.min.js"],
  ["graphql-ws", "LICENSE.md", "graphql-ws.LICENSE.txt"],
];

// The licences of all packages that the bundle of GraphiQL is made of.
function bundledLicences(name, seen = new Set()) {
  const folder = new URL(`${name}/`, here);
  if (seen.has(name) || !existsSync(folder)) return "";
  seen.add(name);
  const { version, license, dependencies = {} } = JSON.parse(readFileSync(new URL("package.json", folder), "utf-8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? readFileSync(new URL(file, folder), "utf-8").trim() : "";
  const own = `${name} ${version} (${license})\n\n${text}\n\n----\n\n`;
  return own + Object.keys(dependencies).sort().map((each) => bundledLicences(each, seen)).join("");
}

function content(name, source) {
  if (source === null) return bundledLicences(name).replace(/[ \t\r]+$/gm, "");
  const text = readFileSync(new URL(`${name}/${source}`, here), "utf-8").replace(/\n?\/[/*][#@] sourceMappingURL=.*$/m, "");
  return source.endsWith(".css") ? text.replace(/@font-face\s*\{[^}]*\}/g, "") : text;
}

const stale = FILES.filter(([name, source, target]) => {
  const wanted = content(name, source);
  const path = new URL(target, there);
  let present = "";
  try {
    present = readFileSync(path, "utf-8");
  } catch {}
  if (present === wanted) return false;
  if (!process.argv.includes("--check")) writeFileSync(path, wanted);
  return true;
});
for (const [, , target] of stale) console.log(`${process.argv.includes("--check") ? "differs" : "written"}: ${target}`);
process.exit(process.argv.includes("--check") && stale.length ? 1 : 0);
