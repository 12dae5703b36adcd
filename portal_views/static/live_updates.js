// Live updates: the parts of a page marked `data-live` follow the server. Without this file a reload does the same.

const CLOSED = 2;
const said = document.getElementById("live-said");
let feed = null, missed = performance.now() > 4000, timer = 0, busy = false, ended = false;

function listen() {
  if (feed || ended || document.hidden) return;
  feed = new EventSource("/live");
  feed.onopen = () => { if (missed) soon(); missed = true; };
  feed.onerror = () => { if (feed?.readyState === CLOSED) { rest(); setTimeout(listen, 5000); } };
  feed.addEventListener("changed", soon);
  feed.addEventListener("ended", () => { ended = true; rest(); });
}

function rest() { feed?.close(); feed = null; }

function soon() { clearTimeout(timer); timer = setTimeout(refresh, 100 + Math.random() * 300); }

async function refresh() {
  if (busy) return soon();
  if (ended || document.hidden) return;
  busy = true;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.redirected) { ended = true; rest(); } // Signed out: what stands here stays until it is left.
    else if (answer.status === 404) location.reload();
    else if (answer.ok) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch { setTimeout(soon, 5000); } finally { busy = false; }
}

function show(fresh) {
  const parts = [...document.querySelectorAll("[data-live]:not([data-touched])")];
  const changed = parts.filter((part) => same(fresh, part) && differ(part, same(fresh, part)));
  changed.forEach((part) => replace(part, same(fresh, part)));
  const time = new Date().toLocaleTimeString(document.documentElement.lang);
  if (changed.length) said.textContent = `${said.dataset.said} ${time}`;
}

function replace(part, next) {
  const at = part.contains(document.activeElement) ? document.activeElement : null;
  for (const fold of next.querySelectorAll("details[id]")) fold.open = same(part, fold)?.open ?? fold.open;
  for (const card of next.querySelectorAll("article[id]")) card.toggleAttribute("data-fresh", differ(card, same(part, card)));
  part.replaceWith(next);
  if (at) focusAgain(at, next);
}

// Focus what was focused: by its id, a row of a table by its link, all else by where it leads and what it says.
function focusAgain(at, next) {
  const found = at.id ? same(next, at) : at.matches("tr") ? rowAlike(next, at) : alike(next, at);
  found?.focus({ preventScroll: true });
}

function rowAlike(next, row) {
  const link = row.querySelector("td.first a");
  const found = link && alike(next, link)?.closest("tr");
  if (found) found.tabIndex = 0;
  return found;
}

// A link that leads to the same place, or a control with the same words.
function alike(next, at) {
  const matches = (each) => ["href", "name", "value"].every((name) => each.getAttribute(name) === at.getAttribute(name));
  const words = (each) => at.hasAttribute("href") || each.textContent === at.textContent;
  return [...next.querySelectorAll(at.localName)].find((each) => matches(each) && words(each));
}

const same = (within, element) => within.querySelector(`[id="${CSS.escape(element.id)}"]`);
const differ = (part, other) => !other || plain(part) !== plain(other);

function plain(part) {
  const copy = part.cloneNode(true);
  for (const key of copy.querySelectorAll("[name=key]")) key.remove(); // New in every answer.
  for (const row of copy.querySelectorAll("tr[tabindex]")) row.removeAttribute("tabindex"); // Set by the script of rows.
  for (const each of [copy, ...copy.querySelectorAll("details, [data-fresh]")])
    for (const name of ["open", "data-fresh"]) each.removeAttribute(name);
  return copy.outerHTML;
}

const touch = (element) => element.closest("[data-live]")?.setAttribute("data-touched", "");

document.addEventListener("input", (event) => touch(event.target));
document.querySelectorAll(".problems").forEach(touch); // A form that was refused is still in use.
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
listen();
