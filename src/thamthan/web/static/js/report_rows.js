// A table of a report: rows are added, removed, pasted from a spreadsheet and compared one by one.

const BLANK = "__row__";
const randomKey = () => [...crypto.getRandomValues(new Uint8Array(6))].map((one) => one.toString(16).padStart(2, "0")).join("");

class RowTable {
  constructor(box, changed) {
    this.box = box;
    this.key = box.dataset.key;
    this.body = box.querySelector("[data-rows]");
    this.template = box.querySelector("template");
    this.changed = changed;
    this.saved = new Map();
    this.held = new Set();
    for (const row of this.rows()) this.saved.set(row.dataset.row, this.wordsOf(row));
    // Where rows can be added, one empty one is enough.
    for (const row of this.empty().slice(1)) row.remove();
    const add = box.querySelector("[data-add-row]");
    if (add) {
      add.hidden = false;
      add.addEventListener("click", () => this.add().querySelector("[data-cell]").focus());
    }
    this.body.addEventListener("paste", (event) => this.paste(event));
    this.body.addEventListener("input", (event) => this.release(event.target.closest("[data-row]")));
  }

  rows() {
    return [...this.body.querySelectorAll("[data-row]")];
  }

  row(key) {
    return this.rows().find((one) => one.dataset.row === key);
  }

  empty() {
    return this.rows().filter((row) => !this.seen(row).value && !this.wordsOf(row));
  }

  cells(row) {
    return [...row.querySelectorAll("[data-cell]")];
  }

  seen(row) {
    return row.querySelector("[data-seen]");
  }

  // Nothing in any cell is the same as a row that was removed, or was never there.
  wordsOf(row) {
    const values = this.cells(row).map((cell) => cell.value);
    if (row.querySelector("[data-gone]")?.checked || !values.some((one) => one.trim())) return "";
    return JSON.stringify(values);
  }

  dirty() {
    return this.rows().filter((row) => this.wordsOf(row) !== (this.saved.get(row.dataset.row) ?? ""));
  }

  unsent() {
    return this.dirty().filter((row) => !this.held.has(row.dataset.row));
  }

  add(key = randomKey(), cells = {}, seen = "") {
    const part = this.template.content.cloneNode(true);
    const row = part.querySelector("[data-row]");
    row.dataset.row = key;
    for (const one of row.querySelectorAll("[name]")) one.name = one.name.replace(BLANK, key);
    row.querySelector(`[name="rk-${this.key}"]`).value = key;
    this.body.append(part);
    this.put(row, cells, seen);
    this.count();
    return row;
  }

  count() {
    this.rows().forEach((row, at) => {
      row.querySelector("[data-number]").textContent = at + 1;
      for (const cell of this.cells(row)) cell.setAttribute("aria-label", `${cell.dataset.heading} แถวที่ ${at + 1}`);
    });
  }

  put(row, cells, seen) {
    for (const cell of this.cells(row)) cell.value = cells[cell.dataset.cell] ?? "";
    const gone = row.querySelector("[data-gone]");
    if (gone) gone.checked = false;
    this.seen(row).value = seen;
  }

  // Cells of a spreadsheet go into cells here, from where one pastes to the right and downward.
  paste(event) {
    const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "") ?? "";
    const cell = event.target.closest("[data-cell]");
    if (!cell || !(text.includes("\t") || (text.includes("\n") && cell.tagName === "INPUT"))) return;
    event.preventDefault();
    let row = cell.closest("[data-row]");
    const from = this.cells(row).indexOf(cell);
    for (const line of text.split("\n")) {
      row ??= this.add();
      const cells = this.cells(row);
      line.split("\t").forEach((words, at) => {
        if (cells[from + at]) cells[from + at].value = words.trim();
      });
      this.release(row);
      row = this.rows()[this.rows().indexOf(row) + 1];
    }
    this.changed();
  }

  release(row) {
    if (!row || !this.held.delete(row.dataset.row)) return;
    this.say(row, "");
    for (const line of row.querySelectorAll("[data-cell-wrong]")) line.remove();
    for (const cell of this.cells(row)) cell.removeAttribute("aria-invalid");
  }

  say(row, words) {
    let line = row.querySelector("[data-row-wrong]");
    row.classList.toggle("wrong-row", Boolean(words));
    if (!words) {
      line?.remove();
      return null;
    }
    if (!line) {
      line = document.createElement("p");
      line.className = "wrong";
      line.dataset.rowWrong = "";
      row.querySelector("th").append(line);
    }
    line.textContent = words;
    return line;
  }

  // Both rows stand there: one press keeps one's own, another takes the other's.
  quarrel(row, clash) {
    this.held.add(row.dataset.row);
    const line = this.say(row, clash.words);
    if (clash.full) return;
    for (const [label, isMine] of [["ใช้ของฉัน", true], ["ใช้ของอีกคน", false]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button small";
      button.textContent = label;
      button.addEventListener("click", () => {
        if (isMine) this.seen(row).value = clash.seen;
        else {
          this.put(row, clash.cells ?? {}, clash.seen);
          this.saved.set(row.dataset.row, this.wordsOf(row));
        }
        this.held.delete(row.dataset.row);
        this.say(row, "");
        this.changed();
      });
      line.append(" ", button);
    }
  }

  fault(row, wrong) {
    this.held.add(row.dataset.row);
    for (const cell of this.cells(row)) {
      const words = wrong[cell.dataset.cell];
      cell.parentElement.querySelector("[data-cell-wrong]")?.remove();
      if (!words) continue;
      const line = document.createElement("p");
      line.className = "wrong";
      line.dataset.cellWrong = "";
      line.textContent = words;
      cell.setAttribute("aria-invalid", "true");
      cell.parentElement.append(line);
    }
  }

  // What was sent: by row, the words that went. What stands there now: from the server.
  took(sent, said) {
    const there = new Map(said.rows.map((one) => [one.key, one]));
    for (const [key, words] of sent) {
      const row = this.row(key);
      if (said.clashes[key]) this.quarrel(row, said.clashes[key]);
      else if (said.problems[key]) this.fault(row, said.problems[key]);
      else {
        this.saved.set(key, words);
        this.seen(row).value = there.get(key)?.seen ?? "";
      }
    }
    this.follow(there, sent);
  }

  // Rows that another added, changed or removed meanwhile, where nothing is typed here.
  follow(there, sent = new Map()) {
    const dirty = new Set(this.dirty().map((row) => row.dataset.row));
    for (const [key, one] of there) {
      const row = this.row(key) ?? this.add(key);
      if (sent.has(key) || dirty.has(key) || this.seen(row).value === one.seen) continue;
      this.put(row, one.cells, one.seen);
      this.saved.set(key, this.wordsOf(row));
    }
    for (const row of this.rows()) {
      const key = row.dataset.row;
      if (!this.seen(row).value || there.has(key) || sent.has(key) || dirty.has(key)) continue;
      this.saved.delete(key);
      row.remove();
    }
    this.count();
  }

  keep() {
    return this.dirty().map((row) => ({ key: row.dataset.row, seen: this.seen(row).value, words: this.wordsOf(row) }));
  }

  restore(kept) {
    if (kept.length) for (const row of this.empty()) row.remove();
    for (const one of kept) {
      const row = this.row(one.key) ?? this.add(one.key);
      if (this.wordsOf(row) === one.words) continue;
      const values = one.words ? JSON.parse(one.words) : [];
      this.cells(row).forEach((cell, at) => {
        cell.value = values[at] ?? "";
      });
      this.seen(row).value = one.seen;
    }
  }
}

globalThis.RowTable = RowTable;
