// Days are typed as the language writes them. The hint below says which day was understood, and a button opens the
// browser's calendar. Without this file the format stands there, and the server reads what was typed.

const language = document.documentElement.lang;
const locale = language === "en" ? "en-GB" : language;
const inWords = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" });
const withTime = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });

function read(text) {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const written = /^(\d{1,2})(?:[./\s]\s?|(?=\d{6}$))(\d{1,2})(?:[./\s]\s?|(?=\d{4}$))(\d{4}|\d{2})$/.exec(text);
  const [year, month, day] = (iso?.slice(1) ?? written?.slice(1).reverse() ?? []).map(Number);
  const found = new Date(Date.UTC(year < 100 ? year + 2000 : year, month - 1, day));
  return found.getUTCMonth() === month - 1 ? found : null;
}

function readTime(text) {
  const [, day, hours, minutes] = /^(.+?)(?:,\s*|\s+|T)(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  const found = day && hours < 24 && minutes < 60 ? read(day) : null;
  return found && new Date(found.getTime() + (hours * 60 + Number(minutes)) * 60000);
}

function write(day) {
  const [year, month, number] = day.toISOString().slice(0, 10).split("-");
  return language === "en" ? `${number}/${month}/${year}` : `${number}.${month}.${year}`;
}

function enhance(field) {
  if (field.dataset.ready) return;
  field.dataset.ready = "true";
  const hint = document.getElementById(`${field.id}-hint`), timed = field.dataset.date === "time";
  const length = timed ? 16 : 10, said = timed ? withTime : inWords;
  if (hint) hint.dataset.format ??= hint.textContent;
  const calendar = Object.assign(document.createElement("input"), { type: timed ? "datetime-local" : "date", tabIndex: -1, className: "calendar" });
  calendar.setAttribute("aria-hidden", "true");

  function say() {
    const day = (timed ? readTime : read)(field.value.trim());
    if (hint) hint.textContent = day ? hint.dataset.format.replace(field.placeholder, said.format(day)) : hint.dataset.format;
    calendar.value = day ? day.toISOString().slice(0, length) : "";
  }

  calendar.addEventListener("input", (event) => {
    event.stopPropagation();
    if (!calendar.value) return;
    const chosen = new Date(timed ? `${calendar.value}Z` : `${calendar.value}T00:00:00Z`);
    field.value = timed ? `${write(chosen)}, ${calendar.value.slice(11, 16)}` : write(chosen);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.addEventListener("input", say);
  // The arrow key opens the calendar, as it opens a list; the small field beside it does so for the mouse.
  field.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || !calendar.showPicker) return;
    event.preventDefault();
    calendar.showPicker();
  });
  const place = Object.assign(document.createElement("span"), { className: "date-place" });
  field.before(place);
  place.append(field, calendar);
  say();
}

function enhanceDates(root) {
  root.querySelectorAll("input[data-date]").forEach(enhance);
}

enhanceDates(document);
new MutationObserver(() => enhanceDates(document)).observe(document.body, { childList: true, subtree: true });
