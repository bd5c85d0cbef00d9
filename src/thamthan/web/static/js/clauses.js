// The adopt page: a clause and its place on the paper light up together; a clause is split at the
// cursor or at the two ends of the words that are selected. All of it works without this script.

const paper = document.getElementById("paper");
const pane = () => document.getElementById("clauses");
const marksOf = (field) => [...(paper?.querySelectorAll("[data-field]") ?? [])].filter((one) => one.dataset.field === field);
const isBeside = () => paper && getComputedStyle(paper).position === "sticky";

function light(field, isOn) {
  for (const mark of marksOf(field)) mark.classList.toggle("lit", isOn);
  const mark = marksOf(field)[0];
  if (!isOn || !mark || !isBeside() || mark.closest("details:not([open])")) return;
  const box = mark.getBoundingClientRect();
  const frame = paper.getBoundingClientRect();
  if (box.top < frame.top + 60 || box.bottom > frame.bottom - 40) {
    paper.scrollTop += box.top - frame.top - frame.height / 3;
  }
}

// The pane is put in anew after each change, so the page listens, not the rows.
for (const [event, isOn] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(event, (happened) => {
    const row = happened.target.closest?.("#clauses [data-field]");
    if (!row || row.contains(happened.relatedTarget)) return;
    light(row.dataset.field, isOn);
  });
}

if (paper) {
  for (const [event, isOn] of [["pointerover", true], ["pointerout", false]]) {
    paper.addEventListener(event, (happened) => {
      const field = happened.target.closest("[data-field]")?.dataset.field;
      if (!field) return;
      for (const mark of marksOf(field)) mark.classList.toggle("lit", isOn);
      pane()?.querySelector(`[data-field="${field}"]`)?.classList.toggle("lit", isOn);
    });
  }
  const tools = paper.querySelector("[data-zoom-tools]");
  let zoom = 0;
  const setZoom = (step) => {
    const middle = (paper.scrollTop + paper.clientHeight / 2) / paper.scrollHeight;
    zoom = step === 0 ? 0 : Math.min(3, Math.max(0, zoom + step));
    for (const level of [1, 2, 3]) paper.classList.toggle(`zoom-${level}`, zoom === level);
    paper.scrollTop = middle * paper.scrollHeight - paper.clientHeight / 2;
  };
  if (tools && paper.querySelector(".leaf")) {
    tools.hidden = false;
    tools.addEventListener("click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button) setZoom(Number(button.dataset.zoom));
    });
  }
}

// The letter begins where its clauses do; while one is worked over, where that one stands.
function toItsPlace() {
  const one = pane()?.querySelector(".as-written-box[data-field]");
  const field = one?.dataset.field ?? paper?.querySelector("a[data-field]")?.dataset.field;
  if (!field || !isBeside()) return;
  light(field, true);
  if (!one) for (const mark of marksOf(field)) mark.classList.remove("lit");
}
toItsPlace();

function showWithScript() {
  for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
}
showWithScript();
document.addEventListener("htmx:afterSettle", () => {
  showWithScript();
  if (pane()?.classList.contains("editing")) toItsPlace();
  pane()?.querySelector("[autofocus]")?.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-split]");
  if (!button) return;
  const form = button.closest("form");
  const text = form.elements.namedItem("text");
  const { selectionStart: start, selectionEnd: end, value } = text;
  const ends = start === end ? [start] : [start, end];
  const parts = [0, ...ends, value.length].map((at, index, all) => value.slice(at, all[index + 1] ?? at));
  text.value = parts.map((part) => part.trim()).filter(Boolean).join("\n");
  // Pressed, not submitted: htmx tells by the press which button it was.
  form.querySelector('button[name="deed"][value="split"]').click();
});

// What is typed beside a choice chooses it.
document.addEventListener("input", (event) => {
  const picks = event.target.dataset?.picks;
  if (!picks) return;
  const choice = event.target.form.querySelector(`input[name="due"][value="${picks}"]`);
  if (choice) choice.checked = true;
});

// What is typed and not yet saved is not left behind without a word.
let isTyped = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("#clauses.editing form")) isTyped = true;
});
document.addEventListener("submit", () => {
  isTyped = false;
});
document.addEventListener("htmx:confirm", (event) => {
  if (!isTyped || event.detail.elt.tagName !== "A") return;
  event.preventDefault();
  if (!window.confirm("สิ่งที่พิมพ์ยังไม่ได้บันทึก จะออกโดยไม่บันทึกหรือไม่")) return;
  isTyped = false;
  event.detail.issueRequest(true);
});
addEventListener("beforeunload", (event) => {
  if (isTyped) event.preventDefault();
});
