// Progress of a running operation; without this file the page reloads every few seconds.

async function look() {
  const part = document.querySelector("#operation[data-runs]");
  if (!part) return;
  if (!document.hidden) {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const now = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = now.getElementById("operation");
      if (fresh && !fresh.hasAttribute("data-runs")) return location.reload();
      if (fresh) {
        part.replaceWith(fresh);
        document.getElementById("so-far").textContent = now.getElementById("so-far").textContent;
      }
    }
  }
  setTimeout(look, 1500);
}

setTimeout(look, 1000);
