// The errors of a refused form: they have the focus, and the title says that there are some. A link to a field that is
// folded away opens what it lies in.

const problems = document.querySelector(".problems[data-title]");

if (problems) {
  const { title } = problems.dataset;
  if (!document.title.startsWith(title)) document.title = `${title} ${document.title}`;
  problems.focus();
  problems.addEventListener("click", (event) => {
    const field = document.getElementById(event.target.closest("a")?.hash.slice(1) ?? "");
    for (let fold = field?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
}
