// Uploads that can be paused and resumed; without this file the form sends small files in one request.

const FILE = "query ($id: ID!) { file(id: $id) { id name state } }";
const RETRY_DELAYS = [0, 1000, 3000, 5000, 10000, 20000];
// The rest of a folder waits, so that what has begun is soon complete.
const AT_ONCE = 3;
const waiting = [];
let busy = 0;

const bound = new WeakSet();
const forms = () => [...document.querySelectorAll("form.upload, div.upload")];

// Parts of a page are replaced while it is open, and their forms with them.
function bindAll() {
  forms().filter((form) => !bound.has(form)).forEach(bind);
}

function bind(form) {
  bound.add(form);
  const chosen = inputOf(form);
  const words = form.dataset;
  form.appendChild(document.createElement("ul")).className = "uploads";
  form.hidden = false;
  form.querySelector("button[type=submit]")?.setAttribute("hidden", "");
  form.querySelector("small").textContent = words.explained;
  chosen.required = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const input of [chosen, folderInput(chosen, words)].filter(Boolean)) {
    input.addEventListener("click", () => touch(form));
    input.addEventListener("change", () => {
      begin(form, input.files);
      input.value = "";
    });
  }
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    touch(form);
    begin(form, await filesIn(event.dataTransfer));
  });
}

// What was chosen goes to the form that is shown, also when a live update replaced the one that was asked.
function begin(form, files) {
  const shown = form.isConnected ? form : document.getElementById(inputOf(form).id)?.closest(".upload") ?? form;
  touch(shown);
  for (const file of files) start(shown, file);
}

const inputOf = (form) => form.querySelector("input[type=file]");

// A folder is chosen by a button of its own, for keyboards and phones, where the browser can.
function folderInput(chosen, words) {
  const input = document.createElement("input");
  if (!("webkitdirectory" in input)) return null;
  Object.assign(input, { type: "file", webkitdirectory: true });
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "quiet compact folder", textContent: words.folder });
  button.addEventListener("click", () => input.click());
  chosen.after(button);
  return input;
}

// What is under way is not replaced by live updates.
const touch = (form) => form.closest("[data-live]")?.setAttribute("data-touched", "");

bindAll();
new MutationObserver(bindAll).observe(document.body, { childList: true, subtree: true });

// The client of tus is loaded with the first file: most who open a page upload nothing.
let client;
function tusOf(form) {
  client ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: form.dataset.tus, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  return client;
}

// Pasted files go to the form that is shown; pasted text is none of our business.
document.addEventListener("paste", (event) => {
  const form = forms().find((each) => each.contains(event.target)) ?? forms().find((each) => each.checkVisibility());
  if (!form || !event.clipboardData.files.length) return;
  event.preventDefault();
  begin(form, event.clipboardData.files);
});

async function start(form, file) {
  const words = form.dataset;
  const row = rowOf(form.querySelector("ul.uploads"), words, file);
  const speed = speedometer();
  await tusOf(form);
  const turn = turnOf(() => upload.start());
  const upload = new tus.Upload(file, {
    endpoint: "/files/uploads",
    metadata: { filename: file.name, orderId: orderOf(form) },
    headers: authorityOf(form),
    retryDelays: RETRY_DELAYS,
    removeFingerprintOnSuccess: true,
    onProgress: (sent, total) => row.show(sent, total, speed(sent)),
    onError: (error) => {
      turn.end();
      row.fail(reasonOf(error) ?? words.failed);
    },
    onSuccess: () => {
      turn.end();
      finish(form, row, upload.url);
    },
  });
  row.pause.addEventListener("click", () => {
    const runs = row.pause.getAttribute("aria-pressed") === "false";
    row.pause.setAttribute("aria-pressed", String(runs));
    row.pause.textContent = runs ? words.resume : words.pause;
    if (runs) {
      upload.abort();
      turn.end();
    } else turn.take();
  });
  row.remove.addEventListener("click", async () => {
    turn.end();
    await upload.abort(true).catch(() => null);
    row.item.remove();
  });
  const [previous] = await upload.findPreviousUploads();
  if (previous) upload.resumeFromPreviousUpload(previous);
  row.say(words.waiting);
  turn.take();
}

// Behind a mailed link there is no session: its token stands in the page.
const authorityOf = (form) => (form.dataset.authorization ? { authorization: form.dataset.authorization } : {});

// Within the form of a draft the order is the draft, once it is saved.
function orderOf(form) {
  return form.querySelector("input[name=order]")?.value ?? form.closest("form")?.elements.subject?.value ?? "";
}

// The right to send, of which there are only so many at once.
function turnOf(begin) {
  let holds = false;
  const enter = () => {
    holds = true;
    begin();
  };
  return {
    take() {
      waiting.push(enter);
      next();
    },
    end() {
      if (waiting.includes(enter)) waiting.splice(waiting.indexOf(enter), 1);
      if (!holds) return;
      holds = false;
      busy -= 1;
      next();
    },
  };
}

function next() {
  while (busy < AT_ONCE && waiting.length) {
    busy += 1;
    waiting.shift()();
  }
}

// All files that were dropped, also those in folders. Entries must be asked for before the first wait.
async function filesIn(dropped) {
  const entries = [...dropped.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...dropped.files];
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    found.push(...(await Promise.all(some.map(filesOf))).flat());
  }
}

function rowOf(list, words, file) {
  const item = list.appendChild(document.createElement("li"));
  const name = item.appendChild(document.createElement("span"));
  name.textContent = file.name;
  const bar = item.appendChild(document.createElement("progress"));
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const text = item.appendChild(document.createElement("small"));
  text.setAttribute("role", "status");
  const [pause, remove] = [words.pause, words.remove].map((word) => {
    const button = item.appendChild(document.createElement("button"));
    button.type = "button";
    button.className = "quiet";
    button.textContent = word;
    return button;
  });
  pause.setAttribute("aria-pressed", "false");
  return {
    item,
    pause,
    remove,
    show(sent, total, perSecond) {
      bar.value = sent / total;
      const left = perSecond > 0 ? ` · ${sizeText(perSecond)}/s · ${words.left} ${timeText((total - sent) / perSecond)}` : "";
      text.textContent = `${sizeText(sent)} / ${sizeText(total)}${left}`;
    },
    say(sentence) {
      text.textContent = sentence;
    },
    fail(sentence) {
      text.textContent = sentence;
      text.className = "error";
      pause.setAttribute("aria-pressed", "true");
      pause.textContent = words.resume;
    },
    refuse(sentence) {
      text.textContent = sentence;
      text.className = "error";
    },
    done() {
      bar.value = 1;
      pause.remove();
    },
  };
}

// The mean of the last seconds, so that a short pause does not make the time left jump.
function speedometer() {
  const seen = [];
  return (sent) => {
    const now = performance.now();
    seen.push([now, sent]);
    while (seen.length > 2 && now - seen[0][0] > 8000) seen.shift();
    const [since, before] = seen[0];
    return now - since > 500 ? ((sent - before) * 1000) / (now - since) : 0;
  };
}

// The server puts a file together once all bytes are there; from then on it can be chosen.
async function finish(form, row, url) {
  row.done();
  row.say(form.dataset.checking);
  const id = url.slice(url.lastIndexOf("/") + 1);
  for (;;) {
    const file = await found(form, id);
    if (file?.state === "CHECKING") row.say(form.dataset.viruses);
    if (file?.state === "QUARANTINED") {
      row.refuse(form.dataset.infected);
      return;
    }
    if (file?.state === "FINISHED") {
      row.item.remove();
      offer(form, file);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 700));
  }
}

async function found(form, id) {
  const answer = await fetch(form.dataset.api, {
    method: "POST",
    headers: { "content-type": "application/json", ...authorityOf(form) },
    body: JSON.stringify({ query: FILE, variables: { id } }),
  }).catch(() => null);
  return answer?.ok ? (await answer.json()).data?.file : null;
}

function offer(form, file) {
  const name = form.dataset.field ?? "fileIds";
  const within = [form.parentElement, form.closest("details")?.parentElement];
  const field = within.map((each) => each?.querySelector(`input[name=${name}]`)).find(Boolean);
  const fields = field.closest("fieldset");
  fields.hidden = false;
  const label = fields.appendChild(document.createElement("label"));
  const box = label.appendChild(document.createElement("input"));
  Object.assign(box, { type: "checkbox", name, value: file.id, checked: true });
  if (field.hasAttribute("form")) box.setAttribute("form", field.getAttribute("form"));
  label.append(` ${file.name}`);
  fields.querySelector("p.muted")?.remove();
}

function reasonOf(error) {
  try {
    return JSON.parse(error.originalResponse.getBody()).message;
  } catch {
    return null;
  }
}

function sizeText(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return `${number.format(bytes / 1000 ** power)} ${units[power]}`;
}

function timeText(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
