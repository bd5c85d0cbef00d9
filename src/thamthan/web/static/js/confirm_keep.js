// What a clerk has typed and not yet sent stays in this tab, should the log-in end meanwhile; it is
// offered back, never put in unasked. A secret letter keeps nothing.

const form = document.querySelector("form[data-keep]");
const PREFIX = "thamthan:typed:";

function fields() {
  return [...form.elements].filter(
    (one) => one.name && one.type !== "hidden" && one.type !== "submit" && one.type !== "button",
  );
}

const stateOf = (one) => (one.type === "checkbox" || one.type === "radio" ? one.checked : one.value);
const nameOf = (one) => (one.type === "radio" ? `${one.name}=${one.value}` : one.name);

if (form) {
  const key = PREFIX + form.dataset.keep;
  // What the letter's reading says, also where this page is the answer to a form sent already.
  const shown = JSON.parse(form.elements.namedItem("shown").value);
  const before = new Map(
    fields().map((one) => {
      if (one.type === "radio") return [nameOf(one), shown[one.name] === one.value];
      if (one.type === "checkbox") return [nameOf(one), false];
      return [nameOf(one), shown[one.name] ?? stateOf(one)];
    }),
  );
  const differs = (one) => String(before.get(nameOf(one))).replaceAll("\r", "") !== String(stateOf(one));

  let isOffered = false;
  let kept = null;
  const isSecret = () => !["", "open"].includes(form.elements.namedItem("secrecy")?.value ?? "");

  const keep = () => {
    const typed = isOffered ? { ...kept.typed } : {};
    for (const one of fields()) {
      if (differs(one)) typed[nameOf(one)] = stateOf(one);
    }
    try {
      if (isSecret() || !Object.keys(typed).length) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), typed }));
    } catch {
      // A browser that keeps nothing loses nothing that it had.
    }
  };

  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 250);
  };

  const offer = document.getElementById("kept");
  try {
    kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    kept = null;
  }
  const now = new Map(fields().map((one) => [nameOf(one), stateOf(one)]));
  const missing = Object.entries(kept?.typed ?? {}).filter(([name, value]) => now.has(name) && now.get(name) !== value);
  const done = () => {
    isOffered = false;
    offer.hidden = true;
  };
  if (missing.length) {
    isOffered = true;
    offer.querySelector("[data-kept-when]").textContent = `${new Date(kept.at).toLocaleTimeString("th-TH", { hour: "2-digit", minute: "2-digit" }).replace(":", ".")} น.`;
    offer.querySelector("[data-kept-count]").textContent = missing.length;
    offer.hidden = false;
    // By keyboard too, the offer is answered first.
    offer.querySelector("[data-kept-take]").focus();
    offer.querySelector("[data-kept-take]").addEventListener("click", () => {
      const values = new Map(missing);
      let last = null;
      for (const one of fields()) {
        const value = values.get(nameOf(one));
        if (value === undefined) continue;
        if (typeof value === "boolean") one.checked = value;
        else one.value = value;
        last = one;
      }
      done();
      last?.dispatchEvent(new Event("input", { bubbles: true }));
      last?.dispatchEvent(new Event("change", { bubbles: true }));
    });
    offer.querySelector("[data-kept-drop]").addEventListener("click", () => {
      sessionStorage.removeItem(key);
      done();
    });
  }
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    keep();
  });
}
