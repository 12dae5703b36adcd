// Counts and sums up the selected rows, and hides the bar while none is selected. Without this file the bar is always shown.

const form = document.getElementById("many");
const ticks = () => [...document.querySelectorAll('input[type="checkbox"][form="many"]')];
const head = document.querySelector("[data-tick-all]");

// The amounts of the ticked rows in each currency; cents are whole numbers, so that nothing is rounded.
function sums(ticked) {
  const cents = {};
  for (const { dataset } of ticked) {
    if (dataset.amount) cents[dataset.currency] = (cents[dataset.currency] ?? 0) + Math.round(dataset.amount * 100);
  }
  const language = document.documentElement.lang;
  const money = ([currency, sum]) => new Intl.NumberFormat(language, { style: "currency", currency }).format(sum / 100);
  return Object.entries(cents).map(money).join(" + ").replaceAll("-", "−");
}

function count() {
  const all = form.elements.all?.checked;
  const chosen = ticks().filter((tick) => tick.checked);
  const ticked = chosen.length;
  const said = form.querySelector("[data-count]");
  said.textContent = said.dataset.words.replace("{n}", ticked);
  const summed = form.querySelector("[data-sums]");
  if (summed) summed.textContent = ticked ? `· ${sums(chosen)}` : "";
  said.parentElement.hidden = all;
  form.toggleAttribute("data-idle", !ticked && !all);
  for (const tick of ticks()) tick.disabled = all;
  if (!head) return;
  head.checked = ticked > 0 && ticked === ticks().length;
  head.indeterminate = ticked > 0 && !head.checked;
}

function tickAll() {
  for (const tick of ticks()) tick.checked = head.checked;
}

if (form) {
  if (head) {
    head.hidden = false;
    head.previousElementSibling.remove();
    head.addEventListener("change", tickAll);
  }
  document.addEventListener("change", count);
  addEventListener("pageshow", count);
  count();
}
