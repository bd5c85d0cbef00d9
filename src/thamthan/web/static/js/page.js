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

// What was typed and kept in this tab goes when its letter has been saved, when somebody else logs
// in, and at log-out.
const TYPED = "thamthan:typed:";
function forget(isWanted) {
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(TYPED) && isWanted(...key.slice(TYPED.length).split(":"))) sessionStorage.removeItem(key);
    }
  } catch {
    // Nothing is kept where nothing may be kept.
  }
}

const { person, letter, version } = document.body.dataset;
if (person) forget((whose) => whose !== person);
if (letter) forget((_whose, which, seen) => which === letter && Number(seen) < Number(version));
for (const form of document.querySelectorAll("form[data-log-out]")) {
  form.addEventListener("submit", () => forget(() => true));
}

// A text that is ready to be pasted elsewhere is taken with one press.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const told = button.parentElement.querySelector("[data-copied]");
    const text = source.value ?? source.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without TLS a browser lends no clipboard: it is marked, and Ctrl+C takes it.
      if (source.select) source.select();
      else getSelection().selectAllChildren(source);
      if (told) told.textContent = "เลือกข้อความไว้แล้ว กด Ctrl+C เพื่อคัดลอก";
    }
    if (told) told.hidden = false;
  });
}

// All boxes of the list that follows are ticked by one press, or all cleared where all were ticked.
for (const offer of document.querySelectorAll("[data-tick-all]")) {
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    const boxes = [...offer.nextElementSibling.querySelectorAll('input[type="checkbox"]')];
    const wanted = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = wanted;
  });
}

// On a phone a row of pages is wider than the screen: the one that is open is brought into sight.
for (const here of document.querySelectorAll(".project-tabs [aria-current], .beside [aria-current]")) {
  const row = here.closest(".project-tabs, .beside ul, .beside");
  row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
}
