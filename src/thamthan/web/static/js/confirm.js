// The confirm page: a field and its place on the paper light up together; a suggestion fills its
// field without a new page; each correction is checked against the rest at once.

const form = document.querySelector("form[data-confirm]");
const paper = document.getElementById("paper");
const unitOf = (field) => [...form.querySelectorAll(".unit[data-field]")].find((one) => one.dataset.field === field);
const marksOf = (field) => [...paper.querySelectorAll("[data-field]")].filter((one) => one.dataset.field === field);
const isBeside = () => getComputedStyle(paper).position === "sticky";
const INPUTS = "input:not([type=checkbox]):not([type=radio]):not([type=hidden]), textarea, select";

function light(field, isOn) {
  for (const mark of marksOf(field)) mark.classList.toggle("lit", isOn);
}

function showOnPaper(mark) {
  const folded = mark.closest("details");
  if (folded && !folded.open) return;
  const box = mark.getBoundingClientRect();
  const pane = paper.getBoundingClientRect();
  if (box.top < pane.top + 60 || box.bottom > pane.bottom - 40) {
    paper.scrollTop += box.top - pane.top - pane.height / 3;
  }
  if (box.left < pane.left + 10 || box.right > pane.right - 10) {
    paper.scrollLeft += box.left - pane.left - pane.width / 4;
  }
}

function scrollPaperTo(field) {
  // Only where the paper stands beside the form; below it, scrolling would carry the field away.
  const mark = marksOf(field)[0];
  if (mark && isBeside()) showOnPaper(mark);
}

for (const unit of form.querySelectorAll(".unit[data-field]")) {
  const field = unit.dataset.field;
  unit.addEventListener("focusin", () => {
    light(field, true);
    scrollPaperTo(field);
  });
  unit.addEventListener("focusout", () => light(field, false));
  unit.addEventListener("pointerenter", () => {
    light(field, true);
    // What is being typed keeps its place on the paper in sight.
    if (!form.contains(document.activeElement) || !document.activeElement.matches(INPUTS)) scrollPaperTo(field);
  });
  unit.addEventListener("pointerleave", () => {
    if (!unit.contains(document.activeElement)) light(field, false);
  });
}

// On the paper: pointing lights up the field, pressing goes to it.
for (const mark of paper.querySelectorAll("a[data-field]")) {
  const unit = () => unitOf(mark.dataset.field);
  mark.addEventListener("pointerenter", () => {
    unit()?.classList.add("lit");
    light(mark.dataset.field, true);
  });
  mark.addEventListener("pointerleave", () => {
    unit()?.classList.remove("lit");
    light(mark.dataset.field, false);
  });
  mark.addEventListener("click", (event) => {
    const target = unit();
    if (!target) return;
    event.preventDefault();
    const folded = target.querySelector("details");
    if (folded) folded.open = true;
    target.scrollIntoView({ block: "center" });
    target.querySelector(INPUTS)?.focus({ preventScroll: true });
  });
}

// From a field to its place, without leaving the field where both stand side by side.
form.addEventListener("click", (event) => {
  const link = event.target.closest(".words a, a[data-crop]");
  const mark = link && document.getElementById(link.hash.slice(1));
  if (!mark || !isBeside()) return;
  event.preventDefault();
  const folded = mark.closest("details");
  if (folded) folded.open = true;
  for (const one of paper.querySelectorAll(".pointed")) one.classList.remove("pointed");
  mark.classList.add("pointed");
  showOnPaper(mark);
});

for (const picture of paper.querySelectorAll(".leaf img")) {
  const tell = () => {
    const words = document.createElement("p");
    words.className = "note doubt";
    words.textContent = "เปิดภาพหน้านี้ไม่ได้ โปรดเปิดดูจากต้นฉบับ";
    picture.parentElement.replaceChildren(words);
  };
  if (picture.complete && !picture.naturalWidth && picture.loading !== "lazy") tell();
  else picture.addEventListener("error", tell);
}

// A crop of a page that cannot be shown would be an empty frame.
for (const image of form.querySelectorAll(".crop image")) {
  image.addEventListener("error", () => {
    image.closest(".crop").hidden = true;
  });
}

// The size of the paper: by buttons, and by + − 0 while the paper has the focus.
const tools = paper.querySelector("[data-zoom-tools]");
let zoom = 0;

function setZoom(step) {
  const middle = (paper.scrollTop + paper.clientHeight / 2) / paper.scrollHeight;
  zoom = step === 0 ? 0 : Math.min(3, Math.max(0, zoom + step));
  for (const level of [1, 2, 3]) paper.classList.toggle(`zoom-${level}`, zoom === level);
  paper.scrollTop = middle * paper.scrollHeight - paper.clientHeight / 2;
  tools.querySelector('[data-zoom="1"]').disabled = zoom === 3;
  tools.querySelector('[data-zoom="-1"]').disabled = zoom === 0;
}

if (tools && paper.querySelector(".leaf")) {
  tools.hidden = false;
  setZoom(0);
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (button) setZoom(Number(button.dataset.zoom));
  });
  paper.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { "+": 1, "=": 1, "-": -1, "0": 0 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setZoom(step);
  });
}

// Every correction is checked against the rest: doubts come and go, nothing typed is touched.
const asking = form.querySelector("[data-recheck]");
let waiting;
form.addEventListener("change", (event) => {
  if (!asking || !window.htmx || !event.target.name) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => window.htmx.trigger(asking, "recheck"), 120);
});
// The answer to the form itself tells the doubts anew.
form.addEventListener("submit", () => clearTimeout(waiting));
document.addEventListener("htmx:afterSettle", () => {
  for (const doubts of form.querySelectorAll(".doubts[data-unit]")) {
    const isFlagged = "flagged" in doubts.dataset;
    const unit = document.getElementById(doubts.dataset.unit);
    unit?.classList.toggle("flagged", isFlagged);
    for (const mark of unit ? marksOf(unit.dataset.field) : []) mark.classList.toggle("flagged", isFlagged);
  }
});

// A suggestion, a candidate, or what another clerk wrote fills its field.
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
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  if (!button.dataset.key) button.remove();
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
