// A plan's file is looked at line by line with the keys alone: arrows move, Y takes, X leaves out.

const lines = () => [...document.querySelectorAll("[data-line]")];
const here = () => document.activeElement?.closest?.("[data-line]");
const told = document.querySelector("[data-keys]");
if (told) told.hidden = false;

function go(step) {
  const all = lines();
  const at = all.indexOf(here());
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea")) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    go(event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  // The Thai layout has ั and ป, ื where the others have Y, X and N.
  const key = { y: "y", "ั": "y", x: "x", "ป": "x", n: "n", "ื": "n" }[event.key.toLowerCase()];
  const button = key && here()?.querySelector(`[data-key="${key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// A line that was decided stays where it is; the next one is looked at. One that was corrected is
// looked at again, and what was refused stands before whoever typed it.
document.addEventListener("htmx:afterSwap", (event) => {
  const line = document.getElementById(event.detail.target?.id ?? "");
  if (!line?.matches("[data-line]")) return;
  const wrong = line.querySelector("[aria-invalid=true]");
  if (wrong) {
    wrong.focus();
    return;
  }
  const all = lines();
  const decided = event.detail.requestConfig?.elt?.matches?.("[data-choices], [data-choices] *");
  const next = (decided && all[all.indexOf(line) + 1]) || line;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
});
