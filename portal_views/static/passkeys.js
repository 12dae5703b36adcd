// Passkeys: fetches options from the server, asks the browser, and submits the form with its answer.

const known = window.PublicKeyCredential;
const parsers = { create: known?.parseCreationOptionsFromJSON, get: known?.parseRequestOptionsFromJSON };

async function answer(form) {
  const response = await fetch(form.dataset.options, { method: "POST", headers: { accept: "application/json" } });
  const options = await response.json();
  if (!response.ok) throw new Error(options.message, { cause: "server" });
  const ceremony = form.dataset.passkey;
  const credential = await navigator.credentials[ceremony]({ publicKey: parsers[ceremony].call(known, options) });
  return JSON.stringify(credential.toJSON());
}

function tell(form, error) {
  const problem = form.querySelector("[data-passkey-problem]");
  problem.textContent = error.cause === "server" ? error.message : form.dataset.failed;
  problem.hidden = false;
}

async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button");
  button.setAttribute("aria-busy", "true");
  try {
    form.elements.credential.value = await answer(form);
    form.submit();
  } catch (error) {
    tell(form, error);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!parsers[form.dataset.passkey]) continue;
  form.hidden = false;
  form.nextElementSibling.hidden = true;
  form.addEventListener("submit", submit);
}
