// A cell of a board says in words what it counts, when it is pointed at.

const NAMES = ["ยังไม่รับ", "ยังไม่เริ่ม", "ส่งกลับ", "เลยกำหนด"];

function words(cell) {
  const [whole, waiting, late, unreceived, unstarted, returned] = cell.dataset.n.split(",").map(Number);
  const more = [unreceived, unstarted, returned, late]
    .map((count, at) => (count ? `${NAMES[at]} ${count.toLocaleString("th-TH-u-nu-latn")}` : ""))
    .filter(Boolean);
  return [`${cell.dataset.label}: ส่งแล้ว ${whole - waiting} จาก ${whole} แห่ง`, ...more].join(" · ");
}

document.querySelector(".board")?.addEventListener("pointerover", (event) => {
  const cell = event.target.closest("td[data-n]");
  if (cell && !cell.title) cell.title = words(cell);
});
