// On every page: the key "/" goes to the search box, unless something is being typed.

const box = () => document.getElementById("s-q") ?? document.getElementById("top-q");

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const field = box();
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
