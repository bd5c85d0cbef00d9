// Writing a project: each part is saved by itself when one stops typing, one saving after the other.
// Until the server has it a copy stays in this tab; what another person saved is never written over.

const root = document.querySelector("[data-writing]");
const told = document.querySelector("[data-saved]") ?? document.createElement("span");
const conflict = document.querySelector("[data-conflict]");
const offer = document.querySelector("[data-kept]");
const forms = [...document.querySelectorAll("form[data-save]")];
const isOpen = Boolean(root.dataset.open);
const keyOf = (form) => `thamthan:typed:${root.dataset.person}:project-${root.dataset.writing}-${form.dataset.name}:0`;
const saved = new Map();
let version = Number(root.dataset.version);
let isHeld = false;
let isSaving = false;
let wait = 2000;
let later;

function fields(form) {
  const given = new FormData(form);
  given.delete("csrfmiddlewaretoken");
  given.delete("version");
  return given;
}
// The key of a step is the server's: it is no change of the person's.
const wordsOf = (form) => JSON.stringify([...fields(form).entries()].filter(([name]) => !name.startsWith("pk-")));

function keep(form) {
  const words = wordsOf(form);
  try {
    if (words === saved.get(form)) sessionStorage.removeItem(keyOf(form));
    else sessionStorage.setItem(keyOf(form), words);
  } catch {
    // A browser that keeps nothing loses nothing that it had.
  }
  return words;
}

const dirty = () => forms.find((form) => wordsOf(form) !== saved.get(form) && !form.dataset.refused);

async function save() {
  clearTimeout(later);
  const form = dirty();
  if (!isOpen || isSaving || isHeld || !form) return;
  isSaving = true;
  const words = keep(form);
  const given = fields(form);
  given.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  given.set("version", version);
  told.textContent = "กำลังบันทึก…";
  let next = 0;
  try {
    const answer = await fetch(form.dataset.save, { method: "POST", body: new URLSearchParams([...given.entries()]), headers: { "HX-Request": "true" } });
    if (answer.headers.get("HX-Redirect")) {
      isHeld = true;
      told.textContent = "ออกจากระบบแล้ว ข้อความเก็บไว้ในเครื่องนี้ เข้าสู่ระบบใหม่แล้วเปิดหน้านี้ จะนำกลับมาได้";
      isSaving = false;
      return;
    }
    const said = await answer.json();
    if (answer.ok) {
      stands(said.version);
      saved.set(form, words);
      wait = 2000;
      keep(form);
      document.querySelector("[data-lacking]").innerHTML = said.lacking;
      if (form.dataset.name === "steps") number(form, said.steps);
      told.textContent = `บันทึกแล้ว ครั้งที่ ${said.version} เวลา ${said.at} น.`;
    } else if (said.code === "changed_meanwhile") quarrel(said.message, said.version);
    else {
      // Until it is typed otherwise there is no use in asking again; other parts are saved.
      form.dataset.refused = "yes";
      told.textContent = said.message;
    }
  } catch {
    told.textContent = "ยังส่งไม่ถึงระบบ เก็บไว้ในเครื่องนี้แล้ว จะลองใหม่เอง";
    next = wait;
    wait = Math.min(wait * 2, 30000);
  }
  isSaving = false;
  if (next || (!isHeld && dirty())) later = setTimeout(save, next || 300);
}

function stands(now) {
  version = Number(now);
  for (const form of forms) form.elements.namedItem("version").value = now;
}

// A step that was new has its key now, so that what hangs on it stays.
function number(form, keys) {
  const typed = [...form.querySelectorAll("[data-row]")].filter((row) => row.querySelector('[name^="name-"]').value.trim());
  typed.forEach((row, at) => {
    row.querySelector('[name^="pk-"]').value = keys[at] ?? "";
  });
}

function quarrel(words, theirs) {
  isHeld = true;
  conflict.hidden = false;
  conflict.querySelector("[data-conflict-words]").textContent = `${words} ข้อความของท่านยังอยู่ในหน้านี้`;
  conflict.querySelector("[data-conflict-take]").onclick = () => {
    isHeld = false;
    conflict.hidden = true;
    stands(theirs);
    save();
  };
  told.textContent = "ยังไม่ได้บันทึก มีผู้อื่นบันทึกก่อน";
}

// There is always an empty row to write in.
function addRow(typedIn) {
  const row = typedIn.closest?.("[data-row]");
  if (!row || row.nextElementSibling) return;
  const next = row.cloneNode(true);
  next.classList.remove("is-chosen");
  const up = (text) => text.replace(/-(\d+)$/, (_, at) => `-${Number(at) + 1}`);
  for (const one of next.querySelectorAll("input, select, textarea")) {
    one.name = up(one.name);
    if (one.id) one.id = up(one.id);
    if (one.type === "checkbox") one.checked = false;
    else if (one.tagName !== "SELECT" && !one.name.startsWith("unit-") && !one.name.startsWith("weight-")) one.value = "";
  }
  for (const label of next.querySelectorAll("label[for]")) label.htmlFor = up(label.htmlFor);
  for (const tag of next.querySelectorAll(".tag")) tag.remove();
  const shown = next.querySelector("[data-number]");
  if (shown) shown.textContent = Number(shown.textContent) + 1;
  row.after(next);
  document.dispatchEvent(new Event("project:rows"));
}

// A part that is missing is named by its address: it opens where it was folded.
function unfold() {
  const part = document.getElementById(location.hash.slice(1) || "nothing");
  const folded = part?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  part.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

let waiting;
for (const form of forms) {
  saved.set(form, wordsOf(form));
  const changed = (event) => {
    if (event.type === "input") addRow(event.target);
    delete form.dataset.refused;
    keep(form);
    clearTimeout(waiting);
    waiting = setTimeout(save, event.type === "change" && event.target.tagName !== "INPUT" ? 200 : 1200);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", async (event) => {
    // What the other parts hold is saved with it: the page does not go away.
    event.preventDefault();
    delete form.dataset.sent;
    delete form.dataset.refused;
    await save();
    if (wordsOf(form) === saved.get(form) && !isHeld) told.textContent ||= "บันทึกแล้ว";
  });
}
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") save();
});
addEventListener("beforeunload", (event) => {
  if (isOpen && !isHeld && dirty()) {
    save();
    event.preventDefault();
  }
});

// Words that never reached the server are offered back, never put in unasked.
try {
  const kept = forms.map((form) => [form, sessionStorage.getItem(keyOf(form))]).filter(([form, words]) => words && words !== saved.get(form));
  if (kept.length && isOpen) {
    offer.hidden = false;
    offer.querySelector("[data-kept-take]").addEventListener("click", () => {
      for (const [form, words] of kept) {
        for (const [name, value] of JSON.parse(words)) {
          let one = form.elements.namedItem(name);
          while (!one && /-\d+$/.test(name) && form.querySelector("[data-row]")) {
            addRow([...form.querySelectorAll("[data-row]")].pop().querySelector("input"));
            one = form.elements.namedItem(name);
          }
          if (!one) continue;
          if (one instanceof RadioNodeList || one.type === "checkbox") {
            for (const box of one instanceof RadioNodeList ? one : [one]) if (box.value === value) box.checked = true;
          } else one.value = value;
        }
      }
      offer.hidden = true;
      document.dispatchEvent(new Event("project:rows"));
      save();
    });
    offer.querySelector("[data-kept-drop]").addEventListener("click", () => {
      for (const [form] of kept) sessionStorage.removeItem(keyOf(form));
      offer.hidden = true;
    });
  }
} catch {
  // Nothing is kept where nothing may be kept.
}
