// Cards between columns, by mouse, finger and keys; the server decides and shows the preview, as for the forms.

import "./bulk_selection.js";

const form = document.getElementById("drop");
const said = document.getElementById("board-said");
const lists = [...document.querySelectorAll("[data-stage]")];
let lifted = null;

function move(item, to) {
  const ticked = [...document.querySelectorAll('input[name="order"][form="many"]:checked')].map((tick) => tick.value);
  const orders = ticked.includes(item.dataset.order) ? ticked : [item.dataset.order];
  for (const order of orders) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "order", value: order });
    form.append(field);
  }
  form.elements.stage.value = to.dataset.stage;
  form.submit();
}

// Keys: the arrows lead from card to card. The space bar lifts one, left and right aim at a column, Enter or the space
// bar lets it go there, Esc leaves it where it is.

const tell = (word, list) => { said.textContent = form.dataset[word].replace("{place}", list?.dataset.name ?? ""); };
const links = (list) => [...list.querySelectorAll("a[data-card]")];

function walk(link, by, along) {
  const list = link.closest("[data-stage]");
  const place = links(list).indexOf(link);
  if (along) return links(list)[place + by]?.focus();
  for (let next = lists.indexOf(list) + by; lists[next]; next += by) {
    const there = links(lists[next]);
    if (there.length) return there[Math.min(place, there.length - 1)].focus();
  }
}

function lift(card) {
  lifted = { card, list: card.closest("[data-stage]"), aim: card.closest("[data-stage]") };
  card.classList.add("lifted");
  tell("lifted", lifted.list);
}

function aim(by) {
  lifted.aim.closest(".column").classList.remove("aimed");
  lifted.aim = lists[lists.indexOf(lifted.aim) + by] ?? lifted.aim;
  lifted.aim.closest(".column").classList.add("aimed");
  lifted.aim.scrollIntoView({ block: "nearest", inline: "nearest" });
  tell("over", lifted.aim);
}

function drop(goes) {
  const { card, list, aim: to } = lifted;
  card.classList.remove("lifted");
  to.closest(".column").classList.remove("aimed");
  lifted = null;
  if (goes && to !== list) move(card, to);
  else tell("dropped");
}

const steps = { ArrowUp: [-1, true], ArrowDown: [1, true], ArrowLeft: [-1, false], ArrowRight: [1, false] };

function onKey(event) {
  const link = event.target.closest?.("a[data-card]");
  if (!link || event.ctrlKey || event.altKey || event.metaKey) return;
  const step = steps[event.key];
  if (event.key === " ") lifted ? drop(true) : lift(link.closest(".card"));
  else if (lifted && event.key === "Enter") drop(true);
  else if (lifted && event.key === "Escape") drop(false);
  else if (lifted && step) step[1] || aim(step[0]);
  else if (step) walk(link, ...step);
  else return;
  event.preventDefault();
}

if (form && window.Sortable) {
  for (const list of lists) {
    window.Sortable.create(list, {
      group: "board",
      sort: false,
      draggable: ".card",
      filter: "input, select, button, summary, label, .card-sheet",
      preventOnFilter: false,
      delay: 180,
      delayOnTouchOnly: true,
      ghostClass: "ghost",
      dragClass: "dragged",
      onEnd: ({ item, from, to }) => from === to || move(item, to),
    });
  }
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusout", () => lifted && drop(false));
  document.querySelector(".board").classList.add("draggable");
  document.querySelector(".hint-drag").hidden = false;
  for (const link of document.querySelectorAll("a[data-card]")) link.setAttribute("aria-keyshortcuts", "Space");
}

// What was done is said once: a reload or a bookmark of the address does not say it again.
if (document.querySelector(".toast")) {
  const address = new URL(location.href);
  for (const name of ["done", "undo"]) address.searchParams.delete(name);
  history.replaceState(null, "", address);
}

// A page restored from the browser's memory would show the card where it was dropped, not where it is.
addEventListener("pageshow", (event) => event.persisted && location.reload());
