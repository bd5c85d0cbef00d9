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
let wait = 2000;
let isSaving = false;
let later;

const keys = [...form.querySelectorAll("[data-key]")].map((box) => box.dataset.key);
const boxOf = (key) => form.querySelector(`[data-key="${key}"]`);
const field = (name) => form.elements.namedItem(name);
const wordsOf = (key) => JSON.stringify(NAMES.map((name) => field(`${name}-${key}`)?.value ?? null));
const dirty = () => keys.filter((key) => wordsOf(key) !== saved.get(key));

function keep() {
  const left = dirty();
  try {
    if (!left.length) localStorage.removeItem(KEY);
    else {
      const typed = Object.fromEntries(left.map((key) => [key, { words: wordsOf(key), seen: field(`v-${key}`).value }]));
      localStorage.setItem(KEY, JSON.stringify({ at: Date.now(), typed }));
    }
  } catch {
    // A browser that keeps nothing loses nothing that it had.
  }
  return left;
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
        for (const [name, value] of Object.entries(said.fields)) if (field(`${name}-${key}`)) field(`${name}-${key}`).value = value;
        saved.set(key, wordsOf(key));
      }
      say(key, "");
      soon();
    });
    line.append(" ", button);
  }
}

async function save() {
  clearTimeout(later);
  const left = keep().filter((key) => !held.has(key));
  if (isSaving || !left.length) return;
  isSaving = true;
  const sent = new Map(left.map((key) => [key, wordsOf(key)]));
  const given = new URLSearchParams({ csrfmiddlewaretoken: field("csrfmiddlewaretoken").value });
  for (const key of left) for (const name of [...NAMES, "v"]) if (field(`${name}-${key}`)) given.set(`${name}-${key}`, field(`${name}-${key}`).value);
  told.textContent = "กำลังบันทึก…";
  let next = 0;
  try {
    const answer = await fetch(form.dataset.answers, { method: "POST", body: given, headers: { "HX-Request": "true" } });
    if (answer.headers.get("HX-Redirect")) throw new Error("logged out");
    const said = await answer.json();
    if (!answer.ok) {
      told.textContent = said.message;
      for (const key of left) held.add(key);
    } else {
      version.value = said.version;
      for (const other of document.querySelectorAll("[data-version]")) other.value = said.version;
      for (const key of left) {
        if (said.conflicts[key]) quarrel(key, said.conflicts[key]);
        else if (said.problems[key]) {
          say(key, said.problems[key]);
          held.add(key);
        } else {
          saved.set(key, sent.get(key));
          if (said.versions[key]) field(`v-${key}`).value = said.versions[key];
          say(key, "");
        }
      }
      wait = 2000;
      const wrong = held.size ? ` ยังไม่ได้บันทึก ${held.size} ช่อง` : "";
      told.textContent = `บันทึกแล้ว เวลา ${said.at} น.${wrong}`;
      const lacking = document.querySelector("[data-lacking]");
      if (lacking) lacking.textContent = said.lacking ? `ยังขาด ${said.lacking} ข้อ` : "พร้อมส่ง";
    }
  } catch {
    told.textContent = "ไม่มีสัญญาณ เก็บไว้ในเครื่องนี้แล้ว จะส่งเองเมื่อมีสัญญาณ";
    next = wait;
    wait = Math.min(wait * 2, 30000);
  }
  isSaving = false;
  const again = keep().filter((key) => !held.has(key));
  if (next || again.length) later = setTimeout(save, next || 300);
}

function soon() {
  clearTimeout(later);
  keep();
  later = setTimeout(save, 1000);
}

for (const key of keys) saved.set(key, wordsOf(key));
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
    if (!dirty().length) return;
    event.preventDefault();
    const pressed = event.submitter;
    await save();
    delete one.dataset.sent;
    if (!dirty().length) one.requestSubmit(pressed);
  });
}

// What never reached the server is put back where nobody wrote since; elsewhere both words show.
try {
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
  for (const [key, one] of Object.entries(kept?.typed ?? {})) {
    if (!saved.has(key) || one.words === saved.get(key)) continue;
    const values = JSON.parse(one.words);
    NAMES.forEach((name, at) => {
      if (field(`${name}-${key}`) && values[at] !== null) field(`${name}-${key}`).value = values[at];
    });
    field(`v-${key}`).value = one.seen;
  }
  if (dirty().length) {
    told.textContent = `มี ${dirty().length} ช่องที่ยังไม่ถึงระบบ นำกลับมาให้แล้ว กำลังส่ง`;
    soon();
  }
} catch {
  // Nothing is kept where nothing may be kept.
}
