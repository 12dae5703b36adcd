// A page of several forms: sending one would lose what was typed in another, so that the browser asks first.

const changed = new Set();
let sent = null;

for (const form of document.querySelectorAll('main form[method="post"]')) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", () => (sent = form));
}
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form !== sent)) event.preventDefault();
  sent = null;
});
