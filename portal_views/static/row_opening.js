// Opens a row of a table by a double click, or by Enter while it is focused; arrow keys move between the rows of a table.
// Without this file the link of the row does the same.

const OPERABLE = "a, button, input, select, textarea, label, summary, form, [popover]";
const rowOf = (event) => event.target.closest?.(".rows > tbody > tr");
const linkOf = (row) => row.querySelector("td.first a[href]");
const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]).filter(linkOf);

// One row of each table is reached by Tab.
function focusable(row) {
  for (const each of rowsOf(row.closest("table"))) each.tabIndex = each === row ? 0 : -1;
}

function move(row, step) {
  const rows = rowsOf(row.closest("table"));
  const next = rows[rows.indexOf(row) + step];
  if (!next) return;
  focusable(next);
  next.focus();
}

document.addEventListener("dblclick", (event) => {
  const row = rowOf(event);
  if (row && !event.target.closest(OPERABLE)) linkOf(row)?.click();
});

document.addEventListener("keydown", (event) => {
  const row = event.target;
  if (row !== rowOf(event) || !linkOf(row)) return;
  if (event.key === "Enter") linkOf(row).click();
  else if (event.key === "ArrowDown") move(row, 1);
  else if (event.key === "ArrowUp") move(row, -1);
  else return;
  event.preventDefault();
});

function prepare() {
  for (const table of document.querySelectorAll("table.rows")) {
    const rows = rowsOf(table);
    if (rows.length && !rows.some((each) => each.tabIndex === 0)) focusable(rows[0]);
  }
}

prepare();
// What live updates exchange is a table without its focusable row again.
new MutationObserver(prepare).observe(document.body, { childList: true, subtree: true });
