// One more row without a round trip: the rest of the page stays as it is, and the new row has the focus. Without this
// file the server adds the row.

const ROW = "fieldset.row";

function emptied(row, number) {
  const made = row.cloneNode(true);
  const last = /-(\d+)(-|$)/;
  const of = Number(last.exec(row.querySelector("[name]").name)[1]);
  const renamed = (text) => text.replaceAll(`-${of}-`, `-${number}-`).replace(new RegExp(`-${of}$`), `-${number}`);
  for (const each of [made, ...made.querySelectorAll("[id], [for], [name], [aria-describedby]")]) {
    for (const name of ["id", "for", "name", "aria-describedby"])
      if (each.hasAttribute(name)) each.setAttribute(name, each.getAttribute(name).split(" ").map(renamed).join(" "));
    each.removeAttribute("aria-invalid");
  }
  for (const field of made.querySelectorAll("input, textarea, select")) empty(field);
  made.querySelectorAll("small.error").forEach((error) => error.remove());
  for (const place of made.querySelectorAll(".date-place")) place.replaceWith(place.querySelector("[data-date]"));
  const legend = made.querySelector("legend");
  if (legend) legend.textContent = legend.textContent.replace(/\d+/, number + 1);
  return made;
}

// The value that the server gives a field of a new row.
function empty(field) {
  delete field.dataset.ready;
  if (field.type === "checkbox" || field.type === "radio") field.checked = false;
  else if (field.matches("select")) field.value = field.dataset.initial ?? field.options[0]?.value ?? "";
  else field.value = field.dataset.initial ?? "";
  field.closest("details")?.removeAttribute("open");
}

function add(button) {
  const rows = [...(button.closest("article") ?? button.form).querySelectorAll(ROW)];
  const row = rows.at(-1);
  if (!row?.querySelector("[name]")) return false;
  const made = emptied(row, rows.length);
  row.after(made);
  made.querySelector("input:not([type=hidden]), select, textarea").focus();
  return true;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.('button[name="do"][value="more"]');
  if (button && add(button)) event.preventDefault();
});
