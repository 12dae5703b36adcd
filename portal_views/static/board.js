// Drag and drop of cards between columns; the server decides and shows the preview, as for the forms.

import "./bulk_selection.js";

const form = document.getElementById("drop");
const lists = document.querySelectorAll("[data-stage]");

function drop({ item, from, to }) {
  if (from === to) return;
  const ticked = [...document.querySelectorAll('input[name="order"][form="many"]:checked')].map((tick) => tick.value);
  const orders = ticked.includes(item.dataset.order) ? ticked : [item.dataset.order];
  for (const order of orders) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "order", value: order });
    form.append(field);
  }
  form.elements.stage.value = to.dataset.stage;
  form.submit();
}

if (form && window.Sortable) {
  for (const list of lists) {
    window.Sortable.create(list, {
      group: "board",
      sort: false,
      draggable: ".card",
      filter: "input, select, button, summary, label",
      preventOnFilter: false,
      delay: 180,
      delayOnTouchOnly: true,
      ghostClass: "ghost",
      dragClass: "lifted",
      onEnd: drop,
    });
  }
  document.querySelector(".board").classList.add("draggable");
  document.querySelector(".hint-drag").hidden = false;
}

// A page restored from the browser's memory would show the card where it was dropped, not where it is.
addEventListener("pageshow", (event) => event.persisted && location.reload());
