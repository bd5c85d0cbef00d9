// A report: every field is saved by itself when one stops typing. What has not reached the server
// stays in this browser, also when it is closed, and goes as soon as there is a line; where another
// person wrote the same field both words are shown, and neither is lost.

const form = document.querySelector("form[data-report]");
const told = document.querySelector("[data-saved]");
const KEY = `thamthan:report:${form.dataset.person}:${form.dataset.report}`;
const version = form.elements.namedItem("version");
const NAMES = ["n", "o", "t", "s"];
const saved = new Map();
const held = new Set();
const tables = new Map();
let wait = 2000;
let isSaving = false;
let later;

const keys = [...form.querySelectorAll("[data-key]")].map((box) => box.dataset.key);
const boxOf = (key) => form.querySelector(`[data-key="${key}"]`);
const field = (name) => form.querySelector(`[name="${name}"]`);
// Ticks: what of a list stands in the report, and which doubts a person is sure of.
const ticksOf = (key, sort) => [...form.querySelectorAll(`[name="${sort}-${key}"]`)];
const ticked = (key, sort) => ticksOf(key, sort).filter((one) => one.checked).map((one) => one.value);
const wordsOf = (key) => JSON.stringify([...NAMES.map((name) => field(`${name}-${key}`)?.value ?? null), ticked(key, "k"), ticked(key, "w")]);
const isWhole = (key) => wordsOf(key) === saved.get(key);
const dirty = () => keys.filter((key) => !isWhole(key) || tables.get(key)?.dirty().length);
// What can go: neither wrong nor quarrelled over.
const sendable = (key) => !held.has(key) && (!isWhole(key) || !tables.has(key) || tables.get(key).unsent().length > 0);
const heldCount = () => held.size + [...tables.values()].reduce((sum, one) => sum + one.held.size, 0);

function keep() {
  const left = dirty();
  try {
    if (!left.length) localStorage.removeItem(KEY);
    else {
      const typed = Object.fromEntries(
        left.map((key) => [key, { words: wordsOf(key), seen: field(`v-${key}`).value, rows: tables.get(key)?.keep() }]),
      );
      localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), typed }));
    }
  } catch {
    // A browser that keeps nothing loses nothing that it had.
  }
  return left;
}

function putTicks(key, sort, values) {
  for (const one of ticksOf(key, sort)) one.checked = values.includes(one.value);
}

function say(key, words) {
  let line = boxOf(key).querySelector("[data-wrong]");
  if (!words) {
    line?.remove();
    boxOf(key).classList.remove("wrong-field");
    return;
  }
  if (!line) {
    line = document.createElement("p");
    line.className = "wrong";
    line.dataset.wrong = "";
    boxOf(key).append(line);
  }
  line.textContent = words;
  boxOf(key).classList.add("wrong-field");
}

// Both words stand there: one press keeps one's own, another takes the other's.
function quarrel(key, said) {
  held.add(key);
  say(key, `อีกคนกรอกไว้ว่า ${said.words}`);
  const line = boxOf(key).querySelector("[data-wrong]");
  for (const [label, deed] of [["ใช้ของฉัน", "mine"], ["ใช้ของอีกคน", "theirs"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = label;
    button.addEventListener("click", () => {
      held.delete(key);
      field(`v-${key}`).value = said.version;
      if (deed === "theirs") {
        for (const name of NAMES) if (field(`${name}-${key}`)) field(`${name}-${key}`).value = said.fields[name];
        for (const one of ticksOf(key, "k")) one.checked = !said.fields.left_out.includes(one.value);
        saved.set(key, wordsOf(key));
      }
      say(key, "");
      soon();
    });
    line.append(" ", button);
  }
}

// A number that looks wrong is asked about beside its field, once for the number that stands there.
function ask(key, doubts) {
  const place = boxOf(key).querySelector("[data-doubts]");
  if (!place) return;
  const shown = ticksOf(key, "w").map((one) => one.value);
  if (shown.join() === doubts.map((one) => one.key).join()) return;
  place.replaceChildren();
  place.hidden = !doubts.length;
  for (const one of doubts) {
    const note = document.createElement("div");
    note.className = "note doubt";
    const words = document.createElement("p");
    words.textContent = one.words;
    const label = document.createElement("label");
    label.className = "choice";
    const tick = document.createElement("input");
    Object.assign(tick, { type: "checkbox", name: `w-${key}`, value: one.key, checked: one.sure });
    label.append(tick, "ตรวจแล้ว ตัวเลขนี้ถูกต้อง");
    note.append(words, label);
    place.append(note);
  }
}

// What the system filled is another thing now, where nobody typed and nobody is typing.
function refill(key, values) {
  if (!isWhole(key)) return;
  for (const name of ["n", "o", "t"]) {
    const one = field(`${name}-${key}`);
    if (one && one !== document.activeElement) one.value = values[name];
  }
  saved.set(key, wordsOf(key));
}

function request(left) {
  const given = new URLSearchParams({ csrfmiddlewaretoken: field("csrfmiddlewaretoken").value });
  for (const key of left) {
    for (const name of [...NAMES, "v"]) if (field(`${name}-${key}`)) given.set(`${name}-${key}`, field(`${name}-${key}`).value);
    for (const one of ticksOf(key, "l")) given.append(`l-${key}`, one.value);
    for (const sort of ["k", "w"]) for (const value of ticked(key, sort)) given.append(`${sort}-${key}`, value);
    for (const row of tables.get(key)?.unsent() ?? []) {
      for (const one of row.querySelectorAll("[name]")) if (one.type !== "checkbox" || one.checked) given.append(one.name, one.value);
    }
  }
  return given;
}

function took(said, sent) {
  version.value = said.version;
  for (const other of document.querySelectorAll("[data-version]")) other.value = said.version;
  for (const [key, { words, rows }] of sent) {
    if (said.tables[key] && !said.conflicts[key]) tables.get(key).took(rows, said.tables[key]);
    if (said.conflicts[key]) quarrel(key, said.conflicts[key]);
    else if (said.problems[key] && !tables.has(key)) {
      say(key, said.problems[key]);
      held.add(key);
    } else {
      saved.set(key, words);
      if (said.versions[key]) field(`v-${key}`).value = said.versions[key];
      say(key, said.problems[key] ?? "");
    }
  }
  for (const [key, values] of Object.entries(said.filled)) if (!sent.has(key)) refill(key, values);
  for (const key of keys) {
    const was = isWhole(key);
    ask(key, said.doubts[key] ?? []);
    if (was) saved.set(key, wordsOf(key));
  }
  for (const [key, words] of Object.entries(said.knows)) {
    const line = boxOf(key).querySelector("[data-knows]");
    if (line) line.textContent = words;
  }
  const wrong = heldCount() ? ` ยังไม่ได้บันทึก ${heldCount()} ช่อง` : "";
  told.textContent = `บันทึกแล้ว เวลา ${said.at} น.${wrong}`;
  const lacking = document.querySelector("[data-lacking]");
  if (lacking) lacking.textContent = said.lacking ? `ยังขาด ${said.lacking} ข้อ` : "พร้อมส่ง";
}

async function save() {
  clearTimeout(later);
  const left = keep().filter(sendable);
  if (isSaving || !left.length) return;
  isSaving = true;
  const sent = new Map(
    left.map((key) => [
      key,
      { words: wordsOf(key), rows: new Map((tables.get(key)?.unsent() ?? []).map((row) => [row.dataset.row, tables.get(key).wordsOf(row)])) },
    ]),
  );
  told.textContent = "กำลังบันทึก…";
  let next = 0;
  try {
    const answer = await fetch(form.dataset.answers, { method: "POST", body: request(left), headers: { "HX-Request": "true" } });
    const isOurs = answer.headers.get("Content-Type")?.includes("json");
    if (answer.headers.get("HX-Redirect") || (!isOurs && answer.status < 500)) {
      // Another is logged in here now, or nobody: it stays with its writer, and goes to nobody else.
      told.textContent = "ยังไม่ได้ส่ง เก็บไว้ให้ท่านในเครื่องนี้แล้ว โปรดเข้าสู่ระบบแล้วเปิดหน้านี้ใหม่";
      isSaving = false;
      return;
    }
    const said = await answer.json();
    if (answer.ok) {
      took(said, sent);
      wait = 2000;
    } else {
      told.textContent = said.message;
      for (const key of left) held.add(key);
    }
  } catch {
    told.textContent = "ไม่มีสัญญาณ เก็บไว้ในเครื่องนี้แล้ว จะส่งเองเมื่อมีสัญญาณ";
    next = wait;
    wait = Math.min(wait * 2, 30000);
  }
  isSaving = false;
  const again = keep().filter(sendable);
  if (next || again.length) later = setTimeout(save, next || 300);
}

function soon() {
  clearTimeout(later);
  keep();
  later = setTimeout(save, 1000);
}

for (const key of keys) {
  saved.set(key, wordsOf(key));
  if (boxOf(key).dataset.kind === "table") tables.set(key, new RowTable(boxOf(key), soon));
}
form.addEventListener("input", (event) => {
  const box = event.target.closest("[data-key]");
  if (box && held.delete(box.dataset.key)) say(box.dataset.key, "");
  soon();
});
form.addEventListener("change", soon);
addEventListener("online", save);
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});

// A report is sent when every word of it has reached the server, and not before.
for (const one of document.querySelectorAll("form[data-report], form[data-nil]")) {
  one.addEventListener("submit", async (event) => {
    if (!dirty().length) {
      // Every row is there already: a page of many tables sends none of them twice.
      for (const row of form.querySelectorAll("[data-row] [name]")) row.disabled = true;
      return;
    }
    event.preventDefault();
    const pressed = event.submitter;
    // What is on its way is waited for; a press in between is not lost.
    while (isSaving) await new Promise((done) => setTimeout(done, 50));
    await save();
    delete one.dataset.sent;
    if (dirty().length) {
      told.textContent = `${told.textContent} จึงยังไม่ได้ส่งรายงาน`;
      return;
    }
    one.requestSubmit(pressed);
  });
}

// What never reached the server is put back where nobody wrote since; elsewhere both words show.
try {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
  for (const [key, one] of Object.entries(kept?.typed ?? {})) {
    if (!saved.has(key)) continue;
    if (one.rows) tables.get(key)?.restore(one.rows);
    if (one.words === saved.get(key)) continue;
    const values = JSON.parse(one.words);
    NAMES.forEach((name, at) => {
      if (field(`${name}-${key}`) && values[at] !== null) field(`${name}-${key}`).value = values[at];
    });
    putTicks(key, "k", values[NAMES.length]);
    putTicks(key, "w", values[NAMES.length + 1]);
    field(`v-${key}`).value = one.seen;
  }
  if (dirty().length) {
    told.textContent = `มี ${dirty().length} ช่องที่ยังไม่ถึงระบบ นำกลับมาให้แล้ว กำลังส่ง`;
    soon();
  }
} catch {
  // Nothing is kept where nothing may be kept.
}
