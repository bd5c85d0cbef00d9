// The map of a project's places: a tap puts the chosen place where it was tapped; an area grows by a
// corner with each tap. Whatever is tapped stands in the fields as numbers, and without this they
// are typed.

const SVG = "http://www.w3.org/2000/svg";
const box = document.querySelector("[data-map]");
const svg = box?.querySelector(".place-map");
const told = box?.querySelector("[data-map-told]");
const list = document.querySelector("#places [data-rows]");
let chosen = null;

const field = (row, name) => row.querySelector(`[name^="${name}-"]`);
const rows = () => [...(list?.querySelectorAll("[data-place]") ?? [])];

function make(name, facts) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(facts)) node.setAttribute(key, value);
  return node;
}

const digits = (text) => text.replace(/[๐-๙]/g, (one) => one.charCodeAt(0) - 0x0e50);
function cornersOf(row) {
  if (field(row, "kind").value === "area") {
    return digits(field(row, "corners").value)
      .split("\n")
      .map((line) => line.split(/[,\s]+/).filter(Boolean).map(Number))
      .filter((pair) => pair.length === 2 && pair.every(Number.isFinite));
  }
  const pair = [field(row, "latitude").value, field(row, "longitude").value].map((one) => digits(one).trim());
  return pair.every((one) => one && Number.isFinite(Number(one))) ? [pair.map(Number)] : [];
}

const frame = svg && { west: Number(svg.dataset.west), north: Number(svg.dataset.north), across: Number(svg.dataset.across), down: Number(svg.dataset.down) };
const onMap = ([latitude, longitude]) => [(longitude - frame.west) * frame.across, (frame.north - latitude) * frame.down];

function draw() {
  if (!svg) return;
  const marks = svg.querySelector(".map-typing");
  svg.querySelector(".map-marks").replaceChildren();
  marks.replaceChildren();
  rows().forEach((row, at) => {
    const points = cornersOf(row).map(onMap);
    if (!points.length) return;
    const group = make("g", row === chosen ? { class: "map-chosen" } : {});
    if (points.length > 1) group.append(make("path", { class: "map-shape", d: `M${points.map((one) => one.map(Math.round).join(" ")).join("L")}z` }));
    for (const [x, y] of field(row, "kind").value === "area" ? points : []) group.append(make("circle", { class: "map-point", cx: x, cy: y, r: 10 }));
    const middle = [0, 1].map((axis) => points.reduce((sum, one) => sum + one[axis], 0) / points.length);
    const number = make("text", { class: "map-number", x: middle[0], y: middle[1], dy: 11 });
    number.textContent = at + 1;
    group.append(make("circle", { class: "map-point", cx: middle[0], cy: middle[1], r: 24 }), number);
    marks.append(group);
  });
}

function choose(row) {
  chosen = row;
  for (const one of rows()) {
    one.classList.toggle("is-chosen", one === row);
    one.querySelector("[data-choose]")?.setAttribute("aria-pressed", String(one === row));
  }
  if (box) {
    box.classList.toggle("is-choosing", Boolean(row));
    told.hidden = !row;
    if (row) {
      const which = field(row, "name").value || `ที่ ${rows().indexOf(row) + 1}`;
      told.textContent = field(row, "kind").value === "area" ? `แตะแผนที่ทีละมุมของ “${which}”` : `แตะแผนที่ตรงที่ตั้งของ “${which}”`;
    }
  }
  draw();
}

function put(row, latitude, longitude) {
  const pair = [latitude, longitude].map((one) => one.toFixed(6));
  if (field(row, "kind").value === "area") {
    const corners = field(row, "corners");
    corners.value = `${corners.value.trim()}\n${pair.join(", ")}`.trim();
  } else {
    field(row, "latitude").value = pair[0];
    field(row, "longitude").value = pair[1];
  }
  draw();
  field(row, "name").dispatchEvent(new Event("input", { bubbles: true }));
}

// Whoever taps without having chosen means the first place that lies nowhere yet.
svg?.addEventListener("click", (event) => {
  const row = chosen ?? rows().find((one) => !cornersOf(one).length);
  if (!row || row.closest("fieldset")?.disabled) return;
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  put(row, frame.north - at.y / frame.down, frame.west + at.x / frame.across);
  if (field(row, "kind").value === "area") choose(row);
  else choose(null);
});

list?.addEventListener("click", (event) => {
  const row = event.target.closest("[data-place]");
  if (!row) return;
  if (event.target.closest("[data-choose]")) {
    choose(row === chosen ? null : row);
    if (chosen) svg?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  } else if (event.target.closest("[data-clear]")) {
    for (const name of ["latitude", "longitude", "corners"]) field(row, name).value = "";
    field(row, "name").dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  } else if (event.target.closest("[data-here]")) here(row, event.target.closest("[data-here]"));
});

function here(row, button) {
  const words = button.textContent;
  button.disabled = true;
  button.textContent = "กำลังหาตำแหน่ง…";
  const done = (said) => {
    button.disabled = false;
    button.textContent = said;
    setTimeout(() => {
      button.textContent = words;
    }, 6000);
  };
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      put(row, coords.latitude, coords.longitude);
      done(`ได้ตำแหน่งแล้ว คลาดเคลื่อนราว ${Math.round(coords.accuracy)} ม.`);
    },
    () => done("หาตำแหน่งไม่ได้ โปรดแตะแผนที่หรือพิมพ์พิกัด"),
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
  );
}

list?.addEventListener("input", draw);
list?.addEventListener("change", draw);
document.addEventListener("project:rows", offer);
function offer() {
  for (const row of rows()) {
    const deeds = row.querySelector("[data-with-map]");
    deeds.hidden = false;
    deeds.querySelector("[data-choose]").hidden = !svg;
    deeds.querySelector("[data-here]").hidden = !navigator.geolocation;
  }
}
offer();
draw();
