// The form of a draft of an order, a delivery or a claim: it is saved by itself, and the sums of an order follow what is
// typed. Both are the server's answers; without this file its buttons do the same.

const FIGURES_MS = 300, SAVE_MS = 2000, RETRY_MS = 10000;
const form = document.querySelector("form[data-draft]");
const said = document.getElementById("draft-said");
let figuresTimer = 0, saveTimer = 0, asked = null, saving = null, changed = false, failed = false, ended = false, leaving = false;

function post(address, signal) {
  const body = new URLSearchParams(new FormData(form));
  return fetch(address, { method: "POST", body, headers: { accept: "application/json" }, signal, keepalive: leaving });
}

function say(text, wrong = false) {
  said.textContent = text;
  failed = wrong;
  said.classList.toggle("failed", wrong);
}

function showFigures(figures) {
  for (const place of form.querySelectorAll("[data-figure]")) {
    const text = figures?.[place.dataset.figure];
    place.textContent = text ?? (place.matches("strong") ? "–" : "");
  }
}

async function compute() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await post(form.dataset.figures, asked.signal);
    if (answer.ok) showFigures((await answer.json()).figures);
  } catch { /* The next change asks again; the sums stay as they were. */ }
}

function showMissing(missing) {
  const place = form.querySelector("[data-missing]");
  const item = ({ text, field }) => {
    const target = field && form.querySelector(`[id$="-${CSS.escape(field)}"]`);
    const made = document.createElement("li");
    if (target) made.append(Object.assign(document.createElement("a"), { href: `#${target.id}`, textContent: text }));
    else made.append(text);
    return made;
  };
  place.querySelector("ul").replaceChildren(...missing.map(item));
  place.hidden = !missing.length;
}

function show(saved) {
  for (const [name, value] of Object.entries(saved.fields)) form.elements[name].value = value;
  if (saved.address && location.pathname !== saved.address) history.replaceState(null, "", saved.address);
  for (const other of document.forms) { // Its other actions are made of what is saved now.
    if (other.elements.subject?.value === saved.fields.subject && other.elements.version) other.elements.version.value = saved.fields.version;
  }
  if (!form.dataset.figures) return;
  form.querySelector("[data-guarantee]").textContent = saved.guarantee;
  showFigures(saved.figures);
  showMissing(saved.missing);
}

async function send() {
  changed = false;
  say(form.dataset.saving);
  try {
    const answer = await post(form.dataset.save);
    const told = await answer.json();
    if (answer.ok) show(told);
    changed ||= !answer.ok;
    ended = answer.status === 409;
    say(told.said, !answer.ok);
  } catch {
    changed = true;
    say(form.dataset.offline, true);
    saveTimer = setTimeout(save, RETRY_MS);
  }
}

function save() {
  clearTimeout(saveTimer);
  if (!changed || saving || ended) return saving;
  saving = send().finally(() => { saving = null; });
  return saving;
}

function onChange(event) {
  if (event.type === "input" && !event.target.name) return;
  changed = true;
  clearTimeout(figuresTimer);
  clearTimeout(saveTimer);
  if (form.dataset.figures) figuresTimer = setTimeout(compute, FIGURES_MS);
  saveTimer = setTimeout(save, SAVE_MS);
}

// A form that is sent by hand waits for a save on its way, whose version it then sends.
function onSubmit(event) {
  clearTimeout(saveTimer);
  changed = false;
  if (!saving) return;
  event.preventDefault();
  saving.then(() => form.requestSubmit(event.submitter));
}

// Another action of the row begins from what is typed: it waits until that is saved, and is left out if it cannot be.
function onOther(event) {
  const other = event.target;
  if (other === form || other.elements.subject?.value !== form.elements.subject.value) return;
  const pending = save();
  if (!pending) return;
  event.preventDefault();
  pending.then(() => failed ? said.scrollIntoView({ block: "center" }) : other.requestSubmit(event.submitter));
}

if (form) {
  form.classList.add("scripted");
  for (const kind of ["input", "change"]) form.addEventListener(kind, onChange);
  form.addEventListener("submit", onSubmit);
  document.addEventListener("submit", onOther);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("pagehide", () => { leaving = true; save(); });
  // Only what could not be saved is lost.
  addEventListener("beforeunload", (event) => changed && failed && event.preventDefault());
}
