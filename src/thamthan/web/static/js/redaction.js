// Boxes that a copy must lack: drawn by mouse or finger, moved and sized by keys, kept in the form.

const form = document.querySelector("[data-redaction]");
const kept = form?.querySelector("[data-boxes]");
const said = form?.querySelector("[data-said]");
const count = document.querySelector("[data-count]");
const SMALLEST = 0.004;
const STEP = 0.005;
let boxes = [];
let chosen = null;

function within(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

function save() {
  kept.value = JSON.stringify(boxes.map((box) => box.at.map((part, i) => (i ? Number(part.toFixed(5)) : part))));
  count.textContent = boxes.length;
}

function place(box) {
  const [, left, top, right, bottom] = box.at;
  box.mark.style.left = `${left * 100}%`;
  box.mark.style.top = `${top * 100}%`;
  box.mark.style.width = `${(right - left) * 100}%`;
  box.mark.style.height = `${(bottom - top) * 100}%`;
}

function choose(box) {
  chosen?.mark.classList.remove("chosen");
  chosen = box;
  box?.mark.classList.add("chosen");
}

function remove(box) {
  boxes = boxes.filter((other) => other !== box);
  box.mark.remove();
  choose(null);
  save();
  said.textContent = `ลบกรอบแล้ว เหลือ ${boxes.length} แห่ง`;
}

function moved(box, left, top) {
  const wide = box.at[3] - box.at[1];
  const high = box.at[4] - box.at[2];
  const x = within(left, 0, 1 - wide);
  const y = within(top, 0, 1 - high);
  box.at = [box.at[0], x, y, x + wide, y + high];
  place(box);
}

function byKey(box, event) {
  const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    remove(box);
    return;
  }
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  if (event.shiftKey) {
    box.at[3] = within(box.at[3] + move[0], box.at[1] + SMALLEST, 1);
    box.at[4] = within(box.at[4] + move[1], box.at[2] + SMALLEST, 1);
    place(box);
  } else {
    moved(box, box.at[1] + move[0], box.at[2] + move[1]);
  }
  save();
}

function spot(sheet, event) {
  const round = sheet.getBoundingClientRect();
  return [
    within((event.clientX - round.left) / round.width, 0, 1),
    within((event.clientY - round.top) / round.height, 0, 1),
  ];
}

function drag(box, sheet, event) {
  event.stopPropagation();
  choose(box);
  const [x, y] = spot(sheet, event);
  const offset = [x - box.at[1], y - box.at[2]];
  box.mark.setPointerCapture(event.pointerId);
  const move = (later) => {
    const [nowX, nowY] = spot(sheet, later);
    moved(box, nowX - offset[0], nowY - offset[1]);
  };
  const end = () => {
    box.mark.removeEventListener("pointermove", move);
    save();
  };
  box.mark.addEventListener("pointermove", move);
  box.mark.addEventListener("pointerup", end, { once: true });
  box.mark.addEventListener("pointercancel", end, { once: true });
}

function add(at) {
  const sheet = form.querySelector(`[data-page="${at[0]}"]`);
  if (!sheet) return null;
  const mark = document.createElement("button");
  mark.type = "button";
  mark.className = "cover-box";
  mark.setAttribute("aria-label", `กรอบปิดทับ หน้า ${at[0]}`);
  const box = { at: [...at], mark };
  boxes.push(box);
  mark.addEventListener("focus", () => choose(box));
  mark.addEventListener("keydown", (event) => byKey(box, event));
  mark.addEventListener("pointerdown", (event) => drag(box, sheet, event));
  sheet.append(mark);
  place(box);
  return box;
}

function draw(sheet, event) {
  if (event.button !== 0 || event.target.closest(".cover-box")) return;
  event.preventDefault();
  const [fromX, fromY] = spot(sheet, event);
  const page = Number(sheet.dataset.page);
  const box = add([page, fromX, fromY, fromX, fromY]);
  sheet.classList.add("is-drawing");
  sheet.setPointerCapture(event.pointerId);
  const move = (later) => {
    const [x, y] = spot(sheet, later);
    box.at = [page, Math.min(fromX, x), Math.min(fromY, y), Math.max(fromX, x), Math.max(fromY, y)];
    place(box);
  };
  const end = () => {
    sheet.removeEventListener("pointermove", move);
    sheet.classList.remove("is-drawing");
    if (box.at[3] - box.at[1] < SMALLEST || box.at[4] - box.at[2] < SMALLEST) {
      remove(box);
      return;
    }
    choose(box);
    save();
    said.textContent = `เพิ่มกรอบแล้ว รวม ${boxes.length} แห่ง`;
  };
  sheet.addEventListener("pointermove", move);
  sheet.addEventListener("pointerup", end, { once: true });
  sheet.addEventListener("pointercancel", end, { once: true });
}

if (form) {
  for (const at of JSON.parse(kept.value || "[]")) add(at);
  save();
  for (const sheet of form.querySelectorAll("[data-page]")) {
    sheet.addEventListener("pointerdown", (event) => draw(sheet, event));
  }
  for (const button of form.querySelectorAll("[data-add]")) {
    button.addEventListener("click", () => {
      const box = add([Number(button.dataset.add), 0.35, 0.45, 0.65, 0.49]);
      save();
      box.mark.focus();
    });
  }
  form.querySelector("[data-remove]").addEventListener("click", () => chosen && remove(chosen));
  form.querySelector("[data-clear]").addEventListener("click", () => {
    for (const box of [...boxes]) remove(box);
  });
}
