// Writing: the paper follows what is typed, and what is typed is saved by itself. Until the server
// has it, a copy stays in this tab; what another person saved is never written over.

const form = document.querySelector("form[data-draft]");
const columns = document.querySelector(".draft-columns");
const sheets = document.querySelector("[data-sheets]");
const paper = document.querySelector(".draft-paper");
const told = document.querySelector("[data-saved]");
const drawing = document.querySelector("[data-drawing]");
const conflict = document.querySelector("[data-conflict]");
const offer = document.querySelector("[data-kept]");
const version = form.elements.namedItem("version");
const isOpen = Boolean(form.dataset.open);
const KEY = `thamthan:typed:${form.dataset.person}:draft-${form.dataset.draft}:0`;
columns.classList.add("scripted");

function fields() {
  const given = new FormData(form);
  given.delete("csrfmiddlewaretoken");
  given.delete("version");
  return given;
}
const wordsOf = (given) => JSON.stringify([...given.entries()]);
const isSecret = () => form.elements.namedItem("secrecy").value !== "open";

function post(address, given, more = {}) {
  given.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  for (const [name, value] of Object.entries(more)) given.set(name, value);
  return fetch(address, { method: "POST", body: new URLSearchParams([...given.entries()]), headers: { "HX-Request": "true" } });
}

// The paper: one picture in the making at a time, always of the latest words.
let drawn = "";
let isDrawing = false;
async function draw() {
  const words = wordsOf(shown());
  if (isDrawing || words === drawn) return;
  isDrawing = true;
  drawn = words;
  paper.classList.add("drawing");
  try {
    const answer = await post(form.dataset.preview, shown());
    if (answer.ok) {
      sheets.innerHTML = await answer.text();
      drawing.textContent = "หน้ากระดาษจริง ตรงกับที่พิมพ์";
    } else drawing.textContent = "ยังวาดหน้ากระดาษไม่ได้ จะลองใหม่เมื่อพิมพ์ต่อ";
  } catch {
    drawn = "";
    drawing.textContent = "สัญญาณขาด หน้ากระดาษยังเป็นของก่อนหน้า";
  }
  isDrawing = false;
  paper.classList.remove("drawing");
  if (drawn && wordsOf(shown()) !== drawn) draw();
}

// A form that is closed to this person is disabled, and the browser would leave its fields out.
function shown() {
  const box = form.querySelector("fieldset");
  const was = box.disabled;
  box.disabled = false;
  const given = fields();
  box.disabled = was;
  return given;
}

// Saving: one at a time; the same saving keeps its name until the server has answered.
let saved = wordsOf(shown());
let isSaving = false;
let isHeld = false;
let attempt = null;
let wait = 2000;
let again;

function keep(words) {
  try {
    if (isSecret() || words === saved) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, words);
  } catch {
    // A browser that keeps nothing loses nothing that it had.
  }
}

async function save() {
  const given = fields();
  const words = wordsOf(given);
  keep(words);
  if (!isOpen || isSaving || isHeld || words === saved) return;
  isSaving = true;
  if (!attempt || attempt.words !== words) attempt = { words, ref: crypto.randomUUID?.() ?? "" };
  told.textContent = "กำลังบันทึก…";
  let next = 0;
  try {
    const answer = await post(form.dataset.save, given, { version: version.value, save_ref: attempt.ref });
    if (answer.headers.get("HX-Redirect")) throw new Error("logged out");
    const said = await answer.json();
    if (answer.ok) {
      stands(said.version);
      saved = words;
      attempt = null;
      wait = 2000;
      keep(wordsOf(fields()));
      told.textContent = `บันทึกแล้ว ครั้งที่ ${said.version} เวลา ${said.at} น.`;
    } else if (said.code === "changed_meanwhile") quarrel(said.message, said.version);
    else told.textContent = said.message;
  } catch {
    told.textContent = isSecret()
      ? "ยังส่งไม่ถึงระบบ จะลองใหม่เอง โปรดอย่าปิดหน้านี้"
      : "ยังส่งไม่ถึงระบบ เก็บไว้ในเครื่องนี้แล้ว จะลองใหม่เอง";
    next = wait;
    wait = Math.min(wait * 2, 30000);
  }
  isSaving = false;
  if (next) again = setTimeout(save, next);
  else if (!isHeld && wordsOf(fields()) !== words) soon();
}

function stands(number) {
  version.value = number;
  for (const one of document.querySelectorAll("[data-version]")) one.value = number;
}

function quarrel(words, theirs) {
  isHeld = true;
  conflict.hidden = false;
  conflict.querySelector("[data-conflict-words]").textContent = words;
  conflict.querySelector("[data-conflict-take]").onclick = () => {
    isHeld = false;
    conflict.hidden = true;
    attempt = null;
    stands(theirs);
    save();
  };
  told.textContent = "ยังไม่ได้บันทึก มีผู้อื่นบันทึกก่อน";
}

let toDraw;
let toSave;
function soon() {
  clearTimeout(toDraw);
  clearTimeout(toSave);
  clearTimeout(again);
  toDraw = setTimeout(draw, 350);
  toSave = setTimeout(save, 1200);
  keep(wordsOf(fields()));
}

form.addEventListener("input", (event) => {
  addRow(event.target);
  soon();
});
form.addEventListener("change", soon);
form.addEventListener("submit", () => keep(wordsOf(fields())));
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});

// What was typed is on the server before the draft is put up or signed.
for (const deed of document.querySelectorAll(".draft-deed")) {
  deed.addEventListener("submit", async (event) => {
    if (!isOpen || wordsOf(fields()) === saved) return;
    event.preventDefault();
    const pressed = event.submitter;
    await save();
    delete deed.dataset.sent;
    if (wordsOf(fields()) === saved) deed.requestSubmit(pressed);
  });
}

// There is always one empty row more in each list.
function addRow(field) {
  const row = field.closest?.("[data-row]");
  if (!row || row.nextElementSibling) return;
  const next = row.cloneNode(true);
  for (const one of next.querySelectorAll("input, select")) {
    const up = (text) => text.replace(/-(\d+)-/, (_, at) => `-${Number(at) + 1}-`);
    one.name = up(one.name);
    one.id = up(one.id);
    if (one.tagName === "SELECT") one.selectedIndex = 0;
    else one.value = "";
    one.setAttribute("aria-label", one.getAttribute("aria-label").replace(/\d+/, (at) => Number(at) + 1));
  }
  row.after(next);
}

sheets.addEventListener("click", (event) => {
  const pair = event.target.closest("[data-opening]");
  if (!pair) return;
  form.elements.namedItem("opening").value = pair.dataset.opening;
  form.elements.namedItem("closing").value = pair.dataset.closing;
  soon();
});

for (const tab of document.querySelectorAll("[data-tab]")) {
  tab.addEventListener("click", () => {
    columns.dataset.shown = tab.dataset.tab;
    for (const one of document.querySelectorAll("[data-tab]")) one.setAttribute("aria-pressed", String(one === tab));
  });
}

// Words that never reached the server are offered back, never put in unasked.
try {
  const kept = sessionStorage.getItem(KEY);
  if (kept && kept !== saved && isOpen) {
    offer.hidden = false;
    offer.querySelector("[data-kept-take]").addEventListener("click", () => {
      for (const [name, value] of JSON.parse(kept)) {
        let field = form.elements.namedItem(name);
        if (!field && /-\d+-/.test(name)) {
          const last = [...form.querySelectorAll(`[data-rows="${name.split("-")[0]}"] [data-row] input`)].pop();
          addRow(last);
          field = form.elements.namedItem(name);
        }
        if (field?.type === "checkbox") field.checked = true;
        else if (field) field.value = value;
      }
      offer.hidden = true;
      soon();
    });
    offer.querySelector("[data-kept-drop]").addEventListener("click", () => {
      sessionStorage.removeItem(KEY);
      offer.hidden = true;
    });
  }
} catch {
  // Nothing is kept where nothing may be kept.
}

// Who else saves meanwhile is told before one's own words are refused.
async function look() {
  if (document.visibilityState === "visible" && !isHeld && !isSaving) {
    try {
      const answer = await fetch(form.dataset.state);
      const said = await answer.json();
      if (said.version > Number(version.value) && !isSaving && !said.is_mine) {
        quarrel(`${said.by} บันทึกร่างนี้เป็นครั้งที่ ${said.version} แล้ว ข้อความของท่านยังอยู่ในหน้านี้`, said.version);
      }
    } catch {
      // The next look will tell.
    }
  }
  setTimeout(look, 15000);
}
if (isOpen) setTimeout(look, 15000);
draw();
