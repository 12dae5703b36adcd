// The preview of a client status follows its form. Without this file it shows what is saved.

const form = document.getElementById("status-form"), preview = document.getElementById("status-preview");

function part(name) { return preview.querySelector(`[data-says=${name}]`); }

function written() {
  const chosen = form.querySelector("[name=wording]:checked"), given = new FormData(form);
  const own = !chosen || chosen.value === "own";
  const text = (name) => (own ? given.get(name) : chosen.dataset[name]) ?? "";
  return { label: text("label"), description: text("description"), color: text("color"), name: given.get("name") };
}

function show() {
  const says = written(), day = form.elements.expectedOn?.value;
  for (const name of ["label", "description", "name"])
    part(name).textContent = (says[name] ?? "").replaceAll("{project}", preview.dataset.project);
  for (const paint of preview.querySelectorAll(".stripe rect, .dot circle")) paint.setAttribute("fill", says.color);
  const expected = part("expectedOn");
  expected.hidden = !day;
  if (day) expected.textContent = `${expected.dataset.lead} ${inWords(day)}`;
}

function inWords(day) {
  return new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
}

form?.addEventListener("input", show);
