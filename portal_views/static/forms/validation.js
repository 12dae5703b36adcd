// The server names everything that is wrong at once; browsers would stop at the first. What a browser cannot even read
// it says itself, because it would send nothing for it. Without this file it says everything, one by one.

function onSubmit(event) {
  const unread = [...event.target.elements].find((field) => field.validity?.badInput);
  if (!unread) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  unread.reportValidity();
}

for (const form of document.querySelectorAll('form[method="post"]')) {
  form.noValidate = true;
  form.addEventListener("submit", onSubmit);
}
