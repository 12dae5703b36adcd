// Fields that find a row by typing: a combobox with a list, as the ARIA practices describe it. What is chosen stands
// above it and is sent by its id; without this script a button searches instead.

const PAUSE_MS = 150;
let count = 0;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// A line breaks behind the @ and the dots of an e-mail address, as address_breaks does on the server.
function breakable(text) {
  return text.split(/(?<=[@.])/).flatMap((part) => [part, element("wbr")]);
}

function enhance(root) {
  if (root.dataset.ready) return;
  root.dataset.ready = "true";
  const { lookup: kind, name, remove } = root.dataset;
  const many = "many" in root.dataset;
  const input = root.querySelector("input[type=search]");
  const given = [...root.querySelectorAll(".chosen input:checked")];
  const chosen = element("ul", { class: "chosen chips" });
  const listId = `lookup-${++count}`;
  const list = element("ul", { id: listId, role: "listbox", class: "offered", "aria-label": root.querySelector("label").textContent });
  const status = element("span", { role: "status", class: "unseen" });
  let options = [], active = -1, timer = 0, request = null, ready = false;

  function choose({ value, label }) {
    if (!many) chosen.replaceChildren();
    if (![...chosen.querySelectorAll("input")].some((each) => each.value === value)) {
      const button = element("button", { type: "button", "aria-label": remove.replace("{name}", label) }, "×");
      const item = element("li", {}, element("input", { type: "hidden", name, value }), element("span", {}, label), button);
      button.addEventListener("click", () => { item.remove(); input.focus(); tell(); });
      chosen.append(item);
    }
    input.value = "";
    close();
    tell();
  }

  // The form hears of a choice as of any other field.
  function tell() {
    if (ready) root.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(place) {
    active = options.length ? (place + options.length) % options.length : -1;
    [...list.children].forEach((each, n) => each.setAttribute("aria-selected", String(n === active)));
    if (active < 0) return;
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function show(found) {
    options = found.options;
    status.textContent = found.said;
    list.replaceChildren(...options.map((each, n) => {
      const hint = each.hint ? [" ", element("span", { class: "muted small" }, ...breakable(each.hint))] : [];
      const item = element("li", { role: "option", id: `${listId}-${n}`, "aria-selected": "false" }, each.label, ...hint);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(each); });
      return item;
    }));
    if (!options.length) list.append(element("li", { role: "presentation", class: "muted" }, found.said));
    list.hidden = false;
    active = -1;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", "true");
  }

  async function search(then) {
    request?.abort();
    const mine = (request = new AbortController());
    try {
      const answer = await fetch(`/choices/${kind}?${new URLSearchParams({ q: input.value })}`, { signal: mine.signal, headers: { accept: "application/json" } });
      if (!answer.ok) return close();
      show(await answer.json());
      then?.();
    } catch (fault) {
      if (fault.name !== "AbortError") close();
    }
  }

  function step(by) {
    if (!list.hidden) return mark(active < 0 && by < 0 ? -1 : active + by);
    search(() => mark(by > 0 ? 0 : -1));
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, PAUSE_MS); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); step(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "Enter" && (active >= 0 || input.value)) {
      // While something is typed, Enter chooses; the form is sent with an empty field only.
      event.preventDefault();
      if (active >= 0) choose(options[active]);
      else search(() => (options.length === 1 ? choose(options[0]) : mark(0)));
    }
  });

  root.querySelectorAll(".chosen, .found, button").forEach((each) => each.remove());
  input.removeAttribute("name");
  input.type = "text";
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId })) input.setAttribute(key, value);
  list.hidden = true;
  root.querySelector(".search").before(chosen);
  root.querySelector(".search").append(list, status);
  for (const each of given) if (each.value) choose({ value: each.value, label: each.nextElementSibling?.firstChild.textContent.trim() ?? "" });
  ready = true;
}

function enhanceAll() {
  document.querySelectorAll("[data-lookup]").forEach(enhance);
}

enhanceAll();
// What live updates exchange is a field without its script again.
new MutationObserver(enhanceAll).observe(document.body, { childList: true, subtree: true });
