// The search of every page: Ctrl-K or a slash opens it, arrow keys walk through what it finds, Enter opens the first.

const PAUSE_MS = 150;
const dialog = document.getElementById("search-dialog");
const input = dialog.querySelector("input");
const list = dialog.querySelector(".search-results");
const status = dialog.querySelector("[role=status]");
let timer = 0, request = null;

const hits = () => [...list.querySelectorAll("a.hit")];

function open(event) {
  event.preventDefault();
  if (!dialog.open) dialog.showModal();
  input.select();
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]");
}

async function search() {
  request?.abort();
  const mine = (request = new AbortController());
  const query = new URLSearchParams({ text: input.value, part: "1" });
  try {
    const answer = await fetch(`/search?${query}`, { signal: mine.signal, headers: { accept: "text/html" } });
    if (answer.redirected || !answer.ok) return location.assign(`/search?text=${encodeURIComponent(input.value)}`);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    list.replaceChildren(...found.body.children);
    status.textContent = hits().length || input.value.length < 2 ? "" : list.textContent.trim();
  } catch (fault) {
    if (fault.name !== "AbortError") list.replaceChildren(); // Away: Enter leads to the page instead.
  }
}

function step(by) {
  const stops = [input, ...hits()];
  const at = stops.indexOf(document.activeElement.closest("li")?.querySelector("a.hit") ?? document.activeElement);
  stops[(at + by + stops.length) % stops.length].focus();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") open(event);
  else if (event.key === "/" && !event.ctrlKey && !event.altKey && !isTyping(event.target)) open(event);
});
document.querySelector("a.find")?.addEventListener("click", open);
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, PAUSE_MS); });
dialog.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); step(event.key === "ArrowDown" ? 1 : -1); }
  else if (event.key === "Enter" && event.target === input && hits().length) { event.preventDefault(); location.assign(hits()[0].href); }
});
