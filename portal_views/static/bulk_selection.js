// Counts the selected rows, and hides the bar while none is selected. Without this file the bar is always shown.

const form = document.getElementById("many");
const ticks = () => [...document.querySelectorAll('input[type="checkbox"][form="many"]')];

function count() {
  const all = form.elements.all?.checked;
  const ticked = ticks().filter((tick) => tick.checked).length;
  const said = form.querySelector("[data-count]");
  said.textContent = said.dataset.words.replace("{n}", ticked);
  said.parentElement.hidden = all;
  form.toggleAttribute("data-idle", !ticked && !form.elements.all);
  for (const tick of ticks()) tick.disabled = all;
}

if (form) {
  document.addEventListener("change", count);
  addEventListener("pageshow", count);
  count();
}
