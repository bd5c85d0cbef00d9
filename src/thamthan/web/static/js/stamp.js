// The receipt stamp is dragged by mouse or finger, and moved by the arrow keys, a millimetre a
// press, five with Shift. The fields beside it say where it is; without this script they are typed.

const page = document.querySelector("[data-stamp]");
const stamp = page?.querySelector(".stamp");
const left = document.getElementById("f-left");
const top = document.getElementById("f-top");

if (stamp && left && top) {
  const { width, height } = page.viewBox.baseVal;
  const step = 10;
  let x = Number(left.value) * step;
  let y = Number(top.value) * step;
  let grip = null;

  const put = (newX, newY) => {
    x = Math.min(Math.max(newX, 0), Math.max(width - 500, 0));
    y = Math.min(Math.max(newY, 0), Math.max(height - 250, 0));
    stamp.setAttribute("transform", `translate(${x} ${y})`);
    left.value = Math.round(x / step);
    top.value = Math.round(y / step);
  };
  const at = (event) =>
    new DOMPoint(event.clientX, event.clientY).matrixTransform(page.getScreenCTM().inverse());

  stamp.addEventListener("pointerdown", (event) => {
    const point = at(event);
    grip = { x: point.x - x, y: point.y - y };
    stamp.setPointerCapture(event.pointerId);
    stamp.focus();
    event.preventDefault();
  });
  stamp.addEventListener("pointermove", (event) => {
    if (grip) {
      const point = at(event);
      put(point.x - grip.x, point.y - grip.y);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stamp.addEventListener(end, () => {
      grip = null;
    });
  }
  stamp.addEventListener("keydown", (event) => {
    const far = event.shiftKey ? 5 * step : step;
    const ways = { ArrowLeft: [-far, 0], ArrowRight: [far, 0], ArrowUp: [0, -far], ArrowDown: [0, far] };
    const way = ways[event.key];
    if (way) {
      put(x + way[0], y + way[1]);
      event.preventDefault();
    }
  });
  for (const field of [left, top]) {
    field.addEventListener("change", () => put(Number(left.value) * step, Number(top.value) * step));
  }
}
