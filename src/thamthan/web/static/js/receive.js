// Receiving: files can be dropped, are listed by name, and too large ones are named before sending.

const form = document.querySelector("form.receive");
const drop = form.querySelector("[data-drop]");
const input = form.querySelector('input[type="file"]');
const list = form.querySelector("[data-chosen]");
const most = Number(form.dataset.mostBytes);

function megabytes(size) {
  return size < 1048576 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1048576).toFixed(1)} MB`;
}

function show() {
  list.replaceChildren();
  const tooLarge = [];
  [...input.files].forEach((file, index) => {
    const line = document.createElement("li");
    const place = index === 0 ? "ตัวหนังสือ" : "สิ่งที่ส่งมาด้วย";
    line.textContent = `${index + 1}. ${file.name} (${megabytes(file.size)}) – ${place}`;
    if (file.size > most) {
      line.className = "wrong";
      line.textContent += ` ใหญ่เกิน ${form.dataset.mostMb} MB`;
      tooLarge.push(file.name);
    }
    list.append(line);
  });
  input.setCustomValidity(tooLarge.length ? `ไฟล์ใหญ่เกิน ${form.dataset.mostMb} MB` : "");
}

input.addEventListener("change", show);

for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) {
  drop.addEventListener(name, () => drop.classList.remove("over"));
}
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length) {
    input.files = event.dataTransfer.files;
    show();
  }
});
show();
