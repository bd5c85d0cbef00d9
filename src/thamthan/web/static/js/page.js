// On every page: a form is sent once, however often its button is pressed.

for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    const words = form.querySelector("[data-busy]");
    if (words) words.hidden = false;
  });
}

// A page taken back from the browser's memory can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Whoever cannot see the page hears first what went wrong.
const wrong = document.querySelector('[role="alert"][tabindex="-1"]');
if (wrong) wrong.focus({ preventScroll: false });
