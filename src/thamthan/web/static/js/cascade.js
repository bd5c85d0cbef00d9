// Whoever ticks a kind or pastes codes means that way of choosing: its button is pressed for them.
for (const part of document.querySelectorAll(".of-choice")) {
  part.addEventListener("input", () => {
    const way = part.previousElementSibling?.querySelector('input[type="radio"]');
    if (way) way.checked = true;
  });
}
