// The confirm page: a field and its words in the letter light up together; a suggestion fills its
// field without a new page; a page with something typed is not left by accident.

const form = document.querySelector("form[data-confirm]");
if (form) {
  const paper = document.getElementById("paper");
  const byField = (root, field) => [...root.querySelectorAll("[data-field]")].filter((one) => one.dataset.field === field);

  const light = (field, isOn) => {
    for (const mark of byField(paper, field)) mark.classList.toggle("lit", isOn);
  };

  const scrollPaperTo = (field) => {
    const mark = byField(paper, field)[0];
    // Only where the letter stands beside the form; below it, scrolling would carry the field away.
    if (!mark || getComputedStyle(paper).position !== "sticky") return;
    const box = mark.getBoundingClientRect();
    const pane = paper.getBoundingClientRect();
    if (box.top < pane.top + 40 || box.bottom > pane.bottom - 40) {
      paper.scrollTop += box.top - pane.top - pane.height / 3;
    }
  };

  for (const unit of form.querySelectorAll(".unit[data-field]")) {
    const field = unit.dataset.field;
    unit.addEventListener("focusin", () => {
      light(field, true);
      scrollPaperTo(field);
    });
    unit.addEventListener("focusout", () => light(field, false));
    unit.addEventListener("mouseenter", () => light(field, true));
    unit.addEventListener("mouseleave", () => {
      if (!unit.contains(document.activeElement)) light(field, false);
    });
  }

  for (const mark of paper.querySelectorAll("a.found")) {
    const unit = () => form.querySelector(mark.hash);
    mark.addEventListener("mouseenter", () => unit()?.classList.add("lit"));
    mark.addEventListener("mouseleave", () => unit()?.classList.remove("lit"));
    mark.addEventListener("click", (event) => {
      const target = unit();
      if (!target) return;
      event.preventDefault();
      const folded = target.querySelector("details");
      if (folded) folded.open = true;
      target.scrollIntoView({ block: "center" });
      target.querySelector("input:not([type=checkbox]):not([type=radio]), textarea, select")?.focus({ preventScroll: true });
    });
  }

  let isTyped = false;
  form.addEventListener("input", () => {
    isTyped = true;
  });
  form.addEventListener("submit", () => {
    isTyped = false;
  });
  addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });

  // Enter goes on to the next field; only the button registers.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("textarea, button, a, summary")) return;
    event.preventDefault();
    const fields = [...form.querySelectorAll("input:not([type=hidden]), textarea, select")].filter((one) => one.offsetParent);
    fields[fields.indexOf(event.target) + 1]?.focus();
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=take]");
    if (!button) return;
    const [path, ...rest] = button.value.split("=");
    const field = form.elements.namedItem(path);
    if (!field) return;
    event.preventDefault();
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.value = rest.join("=");
    isTyped = true;
    field.focus();
    button.remove();
  });

  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-own]")) return;
    const unit = event.target.closest(".unit");
    const folded = unit.querySelector("details");
    if (folded) folded.open = true;
    unit.querySelector('input[name$=".own"]')?.focus();
  });

  form.addEventListener("input", (event) => {
    if (!event.target.name?.endsWith(".own") || !event.target.value) return;
    const own = event.target.closest(".unit").querySelector("[data-own]");
    if (own) own.checked = true;
  });
}
