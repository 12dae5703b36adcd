// Opens a row of a table by a double click, or by Enter while it is focused; arrow keys move between rows. Without this
// file the link of the row does the same.

const rows = [...document.querySelectorAll(".rows tbody tr")].filter((row) => row.querySelector("td.first a[href]"));
const open = (row) => row.querySelector("td.first a[href]").click();

function focusable(row) {
  for (const each of rows) each.tabIndex = each === row ? 0 : -1;
}

function move(row, step) {
  const next = rows[rows.indexOf(row) + step];
  if (!next) return;
  focusable(next);
  next.focus();
}

for (const row of rows) {
  row.addEventListener("dblclick", (event) => {
    if (!event.target.closest("a, button, input, select, form, [popover]")) open(row);
  });
  row.addEventListener("keydown", (event) => {
    if (event.target !== row) return;
    if (event.key === "Enter") open(row);
    else if (event.key === "ArrowDown") move(row, 1);
    else if (event.key === "ArrowUp") move(row, -1);
    else return;
    event.preventDefault();
  });
}
if (rows.length) focusable(rows[0]);
