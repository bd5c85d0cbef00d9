// Draws a map of areas beside the table that holds its figures: outlines come from one file of our
// own, colours and words from the rows. Without this the table says the same.

const SVG = "http://www.w3.org/2000/svg";
// The worse a step, the denser its lines: colour is never alone.
const HATCHING = { part: [5, 9, 0, 0, 0], few: [0, 0, 0, 9, 5] };

const place = document.querySelector(".map-place");
const rows = new Map();
for (const row of document.querySelectorAll("[data-figures] tr[data-area]")) rows.set(row.dataset.area, row);
const covering = JSON.parse(document.getElementById("subdistricts")?.textContent ?? "{}");
const told = place.querySelector(".map-told");
const scale = place.dataset.scale;

function make(name, facts) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(facts)) node.setAttribute(key, value);
  return node;
}

// Rows that an area stands for; the capital's districts are those of one local government.
function rowsOf(code) {
  const codes = covering[code] ?? (rows.has(code) ? [code] : [code.slice(0, 2)]);
  return codes.map((one) => rows.get(one)).filter(Boolean);
}

// Where several look after one area, the worst of them colours it.
function stepOf(found) {
  const steps = found.map((row) => Number(row.dataset.step));
  return scale === "part" ? Math.min(...steps) : Math.max(...steps);
}

function words(name, found) {
  if (!found.length) return `${name}: ไม่ได้มอบเรื่องนี้`;
  return found
    .map((row) => {
      const [called, count, more] = [...row.cells].map((cell) => cell.textContent.trim());
      return `${found.length > 1 || called !== name ? `${name} · ${called}` : name}: ${count.replace("/", " จาก ")} (${more})`;
    })
    .join(" / ");
}

function hatching(size, dense) {
  const defs = make("defs", {});
  dense.forEach((gap, step) => {
    if (!gap) return;
    const far = (gap * size) / 1000;
    const pattern = make("pattern", {
      id: `hatch-${step}`, width: far, height: far, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
    });
    pattern.append(
      make("rect", { width: far, height: far, class: `step-${scale}-${step}` }),
      make("rect", { width: far / 3, height: far, class: "hatch-line" }),
    );
    defs.append(pattern);
  });
  return defs;
}

function draw({ width, height, areas }) {
  const size = Math.max(width, height);
  const svg = make("svg", { viewBox: `${-size / 200} ${-size / 200} ${width + size / 100} ${height + size / 100}`, role: "img", "aria-label": "แผนที่ ค่าของแต่ละพื้นที่อยู่ในตาราง" });
  const dense = HATCHING[scale];
  svg.append(hatching(size, dense));
  for (const [code, name, path] of areas) {
    const found = rowsOf(code);
    const area = make("path", { d: path, class: "area step-none" });
    area.dataset.code = code;
    area.dataset.name = name;
    if (found.length) {
      const step = stepOf(found);
      area.setAttribute("class", `area step-${scale}-${step}`);
      if (dense[step]) {
        area.classList.remove(`step-${scale}-${step}`);
        area.setAttribute("fill", `url(#hatch-${step})`);
      }
    }
    svg.append(area);
  }
  place.querySelector(".map-drawn").replaceChildren(svg);
  told.textContent = told.dataset.otherwise;
  for (const swatch of place.querySelectorAll(".map-legend [data-step]")) {
    if (dense[swatch.dataset.step]) {
      const defs = hatching(400, dense);
      for (const pattern of defs.querySelectorAll("pattern")) pattern.id = `legend-${pattern.id}`;
      swatch.before(defs);
      swatch.setAttribute("class", "");
      swatch.setAttribute("fill", `url(#legend-hatch-${swatch.dataset.step})`);
    }
  }
  // For whoever measures how long a person waits.
  performance.mark("map-drawn");
  place.dataset.drawn = String(areas.length);
}

function point(area) {
  for (const row of document.querySelectorAll(".is-pointed")) row.classList.remove("is-pointed");
  if (!area) {
    told.textContent = told.dataset.otherwise;
    return;
  }
  const found = rowsOf(area.dataset.code);
  told.textContent = words(area.dataset.name, found);
  for (const each of [area, ...found]) each.classList.add("is-pointed");
}

place.addEventListener("pointerover", (event) => point(event.target.closest(".area")));
place.addEventListener("pointerleave", () => point(null));
place.addEventListener("click", (event) => {
  const area = event.target.closest(".area");
  const link = area && rowsOf(area.dataset.code)[0]?.querySelector("a");
  if (link) location.assign(link.href);
});
document.querySelector("[data-figures]").addEventListener("pointerover", (event) => {
  const row = event.target.closest("tr[data-area]");
  const code = row?.dataset.area;
  point(code ? (place.querySelector(`.area[data-code="${code}"]`) ?? null) : null);
});

try {
  const answer = await fetch(place.dataset.outlines);
  if (!answer.ok) throw new Error(String(answer.status));
  draw(await answer.json());
} catch {
  told.textContent = "วาดแผนที่ไม่ได้ ตารางข้าง ๆ บอกค่าเดียวกัน";
}
