// The confirm page by keyboard: Enter says "right, next", Ctrl+Enter registers, Alt+1–9 choose what
// a hand may have written; a page with something typed is not left by accident.

const form = document.querySelector("form[data-confirm]");
const main = form.querySelector(".act-bar .button.main");
const FIELDS = "input:not([type=hidden]):not([type=checkbox]), textarea, select";
const doubtful = () => [...form.querySelectorAll(".doubtful .unit")];
const isShown = (one) => one.offsetParent !== null && !one.closest("details:not([open])");

// The field of a doubtful unit that is asked about: the one that a hand completed, the chosen way to
// count, else the first.
function fieldOf(unit) {
  const fields = [...unit.querySelectorAll(FIELDS)].filter(isShown);
  return (
    fields.find((one) => one.dataset.hand) ??
    fields.find((one) => one.type === "radio" && one.checked) ??
    fields.find((one) => one.type !== "radio") ??
    unit.querySelector("summary") ??
    fields[0]
  );
}

// Only the part that a hand wrote is chosen, so that typing it leaves the print as it is.
function chooseHandPart(field) {
  const { value } = field;
  if (field.dataset.hand === "tail") {
    const printed = /^.*\/\s*(?:ว\s*)?/.exec(value)?.[0].length ?? 0;
    field.setSelectionRange(printed, value.length);
  } else if (field.dataset.hand === "head") {
    const day = /^\s*[0-9๐-๙]*/.exec(value)[0].length;
    field.setSelectionRange(0, day);
  }
}

form.addEventListener("focusin", (event) => {
  const field = event.target;
  if (!field.dataset?.hand) return;
  chooseHandPart(field);
  // A press of the mouse puts the caret elsewhere after this, so that it is chosen once more; but
  // not what somebody quick has typed by then: their next key would take its place.
  const { value } = field;
  requestAnimationFrame(() => {
    if (document.activeElement === field && field.value === value) chooseHandPart(field);
  });
});

// What was typed into the print: "12" before "มี.ค. 2569" gets its space.
form.addEventListener("focusout", (event) => {
  const field = event.target;
  if (field.dataset?.hand !== "head") return;
  const spaced = field.value.replace(/^\s*([0-9๐-๙]{1,2})\s*(?=[ก-ฮเ-ไ])/, "$1 ");
  if (spaced !== field.value) field.value = spaced;
});

function goTo(target) {
  if (!target) return;
  target.focus({ preventScroll: true });
  (target.closest(".unit") ?? target).scrollIntoView({ block: "center" });
  if (target.matches("input[type=text]") && !target.dataset.hand) target.select();
}

function goOn(from) {
  const units = doubtful();
  const unit = from.closest(".doubtful .unit");
  if (unit) {
    const tick = unit.querySelector('input[name^="checked:"]');
    if (tick && !tick.checked) tick.click();
    const next = units.slice(units.indexOf(unit) + 1).map(fieldOf).find(Boolean);
    goTo(next ?? main);
    return;
  }
  const fields = [...form.querySelectorAll(FIELDS)].filter(isShown);
  goTo(fields[fields.indexOf(from) + 1] ?? main);
}

form.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    // The field is left first, as by a press on the button.
    document.activeElement?.blur();
    form.requestSubmit(main);
    return;
  }
  if (event.key === "Enter" && !event.shiftKey && !event.target.matches("button, a, :not(.doubtful *) > summary")) {
    // In a doubtful unit Enter goes on from a text of many lines too, where Shift+Enter breaks the
    // line, and from a row that is folded, which Space opens.
    if (event.target.matches("textarea") && !event.target.closest(".doubtful")) return;
    event.preventDefault();
    goOn(event.target);
    return;
  }
  const key = /^Digit([1-9])$/.exec(event.code ?? "")?.[1] ?? /^[1-9]$/.exec(event.key)?.[0];
  const onCandidate = event.target.matches("[data-key]");
  if (key && !event.ctrlKey && !event.metaKey && (event.altKey || onCandidate)) {
    const button = event.target.closest(".unit")?.querySelector(`[data-key="${key}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  }
});

// Ctrl+Enter works wherever on the page the focus is.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
  if (form.contains(event.target) || event.target.closest("form")) return;
  event.preventDefault();
  form.requestSubmit(main);
});

// With a script these are reached by their keys or by the paper itself: Tab goes from doubt to doubt.
for (const one of form.querySelectorAll(".candidates button, .words a")) one.tabIndex = -1;

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

// Begin where something is to be looked at. A phone would open its keyboard over the picture.
const isAsked = form.querySelector('[role="alert"]') || location.hash;
if (!isAsked && matchMedia("(hover: hover) and (pointer: fine)").matches) {
  const first = doubtful().map(fieldOf).find(Boolean);
  if (first) {
    first.focus({ preventScroll: true });
  } else if (form.dataset.read !== undefined) {
    main?.focus({ preventScroll: true });
  }
}
