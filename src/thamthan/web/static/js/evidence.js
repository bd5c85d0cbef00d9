// Adding evidence: each file goes by pieces, one after the other, and goes on where it was cut off.

const PIECE = 256 * 1024;
const WAITS = [0, 1000, 3000, 5000, 10000, 20000, 30000, 60000];

function megabytes(size) {
  return size < 1048576 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1048576).toFixed(1)} MB`;
}

class Line {
  constructor(list, file) {
    this.file = file;
    this.item = document.createElement("li");
    this.name = document.createElement("span");
    this.name.className = "name";
    this.name.textContent = `${file.name} (${megabytes(file.size)})`;
    this.bar = document.createElement("progress");
    this.bar.max = 100;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", `ส่ง ${file.name}`);
    this.words = document.createElement("span");
    this.words.className = "small quiet";
    this.item.append(this.name, this.bar, this.words);
    list.append(this.item);
    this.say("รอส่ง");
  }

  say(words) {
    if (this.words.textContent !== words) this.words.textContent = words;
  }

  shows(percent) {
    this.bar.value = percent;
    this.say(percent < 100 ? `ส่งแล้ว ${Math.floor(percent)} %` : "ส่งครบแล้ว กำลังตรวจภาพ");
  }

  fails(words, again) {
    this.bar.hidden = true;
    this.words.className = "wrong";
    this.say(words);
    if (!again) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = "ส่งต่อ";
    button.addEventListener("click", () => {
      button.remove();
      this.bar.hidden = false;
      this.words.className = "small quiet";
      again();
    });
    this.item.append(button);
  }

  done(html) {
    // Our own server's words about our own row.
    const part = new DOMParser().parseFromString(html, "text/html").body;
    this.bar.remove();
    this.words.remove();
    this.item.append(...part.childNodes);
  }
}

class Queue {
  constructor(form) {
    this.form = form;
    this.lines = form.querySelector("[data-lines]");
    this.token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
    this.waiting = [];
    this.isBusy = false;
    this.stuck = new Set();
  }

  // What was chosen when the file was, not what stands there when it has arrived.
  add(file) {
    const line = new Line(this.lines, file);
    const most = Number(this.form.dataset.mostBytes);
    if (file.size > most) {
      line.fails(`ใหญ่เกิน ${this.form.dataset.mostMb} MB โปรดย่อก่อนส่ง`);
      return;
    }
    line.item.scrollIntoView({ block: "nearest" });
    const form = new FormData(this.form);
    this.push({ file, line, kind: form.get("kind") ?? "", caption: form.get("caption") ?? "" });
  }

  push(work) {
    this.waiting.push(work);
    this.next();
  }

  async next() {
    if (this.isBusy) return;
    const work = this.waiting.shift();
    if (!work) return;
    this.isBusy = true;
    try {
      const address = work.address ?? (await this.send(work));
      work.address = address;
      work.line.done(await this.attach(work, address));
      this.form.querySelector("[data-later]").hidden = false;
    } catch (problem) {
      const again = () => {
        this.stuck.delete(again);
        work.line.say("รอส่ง");
        this.push(work);
      };
      if (problem.mayGoOn) this.stuck.add(again);
      work.line.fails(problem.message, problem.mayGoOn ? again : null);
    }
    this.isBusy = false;
    this.next();
  }

  send({ file, line }) {
    const key = ["thamthan:upload", this.form.dataset.post, file.name, file.size, file.lastModified].join(":");
    return new Promise((resolve, reject) => {
      const upload = new tus.Upload(file, {
        endpoint: this.form.dataset.uploads,
        chunkSize: PIECE,
        retryDelays: WAITS,
        removeFingerprintOnSuccess: true,
        headers: { "X-CSRFToken": this.token },
        metadata: { filename: file.name, filetype: file.type },
        fingerprint: () => Promise.resolve(key),
        onShouldRetry: (problem) => {
          const status = problem.originalResponse ? problem.originalResponse.getStatus() : 0;
          line.say(status ? "เครื่องแม่ข่ายไม่ว่าง จะลองอีกครั้ง" : "สัญญาณหลุด จะส่งต่อจากที่ค้างเมื่อกลับมา");
          return status === 0 || status === 409 || status === 423 || status >= 500;
        },
        onProgress: (sent, whole) => line.shows((100 * sent) / whole),
        onError: (problem) => reject(told(problem.originalResponse)),
        onSuccess: () => resolve(upload.url),
      });
      upload
        .findPreviousUploads()
        .then((found) => {
          if (found.length) upload.resumeFromPreviousUpload(found[0]);
          upload.start();
        })
        .catch(() => upload.start());
    });
  }

  async attach({ line, kind, caption }, address) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.token);
    body.set("kind", kind);
    body.set("caption", caption);
    body.set("upload", address.split("/").filter(Boolean).pop());
    for (const wait of [...WAITS, null]) {
      let answer = null;
      try {
        answer = await fetch(this.form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
      } catch {
        line.say("สัญญาณหลุด จะลองบันทึกอีกครั้ง");
      }
      if (answer && answer.ok && answer.status === 200) return answer.text();
      if (answer && answer.status < 500) {
        const words = new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim();
        throw Object.assign(new Error(words || "โปรดเข้าสู่ระบบใหม่ แล้วเลือกไฟล์เดิมเพื่อส่งต่อ"), { mayGoOn: false });
      }
      if (wait !== null) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    throw Object.assign(new Error("ยังบันทึกไม่ได้ ไฟล์ส่งครบแล้ว"), { mayGoOn: true });
  }
}

function told(response) {
  const status = response ? response.getStatus() : 0;
  const words = response && status >= 400 && status < 500 ? response.getBody() : "";
  const sentence = words && words.length < 300 && !words.startsWith("<") ? words : "ส่งไม่ได้ ส่วนที่ส่งแล้วยังอยู่";
  return Object.assign(new Error(sentence), { mayGoOn: status === 0 || status === 401 || status >= 500 });
}

const queues = [];

// Where the library is not there, the plain form does it.
if (window.tus && window.tus.isSupported) {
  for (const form of document.querySelectorAll("form[data-uploads]")) {
    const queue = new Queue(form);
    queues.push(queue);
    form.classList.add("is-uploading");
    form.querySelector("[data-plain]").hidden = true;
    for (const input of form.querySelectorAll('input[type="file"]')) {
      input.addEventListener("change", () => {
        for (const file of input.files) queue.add(file);
        input.value = "";
      });
    }
    form.addEventListener("submit", (event) => event.preventDefault());
  }
}

addEventListener("online", () => {
  for (const queue of queues) for (const again of [...queue.stuck]) again();
});

addEventListener("beforeunload", (event) => {
  if (queues.some((queue) => queue.isBusy)) event.preventDefault();
});
