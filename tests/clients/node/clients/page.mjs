// The clients in a page of another port. What others do goes around the browser, by a function that the harness adds.
import { environmentOf, run } from "./scenarios.mjs";

const settings = new URLSearchParams(location.hash.slice(1));
const around = async (query, variables) => JSON.parse(await window.askAround(query, JSON.stringify(variables ?? {})));
const results = [];
await run(environmentOf(settings.get("url"), settings.get("token"), around), (result) => results.push(result));
window.results = results;
