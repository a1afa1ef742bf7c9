// Extras of the family pages: read aloud, words only, bigger words, print. Without it nothing is lost.
(() => {
  "use strict";
  const html = document.documentElement;
  const speech = window.speechSynthesis;
  const all = (what) => [...document.querySelectorAll(what)];
  const recall = (key) => { try { return localStorage.getItem(`easy-read-${key}`); } catch { return null; } };
  const keep = (key, value) => {
    html.dataset[key] = value;
    try { localStorage.setItem(`easy-read-${key}`, value); } catch { /* a private window */ }
  };
  html.dataset.size = recall("size") || "1"; // before anything is drawn
  html.dataset.view = recall("view") || "pictures";

  let voice, queue = [], line = null, said = null, paused = false;

  const start = () => {
    all(".tools").forEach((one) => { one.hidden = false; });
    all("[data-do]").forEach((one) => one.addEventListener("click", () => acts[one.dataset.do](one)));
    show();
    if (!speech) { return; }
    speech.cancel();
    speech.addEventListener?.("voiceschanged", choose);
    choose();
    window.addEventListener("pagehide", stop);
  };

  const swap = (one, other) => {
    one.dataset.first = one.dataset.first || one.textContent;
    one.textContent = other ? one.dataset.other : one.dataset.first;
  };

  const show = () => {
    all("[data-do=view]").forEach((one) => swap(one, html.dataset.view === "words"));
    all("[data-do=size]").forEach((one) => one.setAttribute("aria-pressed", one.dataset.size === html.dataset.size));
    all("[data-do=pause]").forEach((one) => { one.hidden = !line; swap(one, paused); });
    all("[data-do=stop]").forEach((one) => { one.hidden = !line; });
  };

  // Only voices of this device: then no word leaves it. British ones first.
  const choose = () => {
    const here = speech.getVoices().filter((one) => one.localService && /^en/i.test(one.lang));
    voice = here.find((one) => /^en.GB/i.test(one.lang)) || here[0];
    all(".listening, .part").forEach((one) => { one.hidden = !voice; });
  };

  const next = () => {
    line?.classList.remove("said");
    line = queue.shift() || null;
    said = null;
    if (line) { speak(); }
    show();
  };

  // One sentence at a time: long ones are cut off by some browsers.
  const speak = () => {
    const one = new SpeechSynthesisUtterance(aloud(line.textContent));
    Object.assign(one, { voice, lang: voice.lang, rate: 0.85 });
    one.onend = one.onerror = () => { if (one === said) { next(); } };
    said = one;
    line.classList.add("said");
    line.scrollIntoView({ block: "nearest" });
    speech.speak(one);
  };

  const aloud = (text) => {
    const pairs = document.querySelector("[data-say]").dataset.say.split("|").map((one) => one.split("="));
    return pairs.reduce((sofar, [seen, heard]) => sofar.split(seen).join(heard), text.trim());
  };

  const stop = () => {
    said = null;
    queue = [];
    paused = false;
    speech?.cancel();
    next();
  };

  const acts = {
    listen(button) {
      stop();
      const where = button.dataset.part ? `#${button.dataset.part}` : "main";
      queue = all(["h1", "h2", "h3", "p", "dt", ".ways li"].map((one) => `${where} ${one}`).join()).filter((one) => one.offsetParent);
      next();
    },
    stop,
    pause() {
      paused = !paused;
      if (paused) { said = null; speech.cancel(); } else { speak(); }
      show();
    },
    view() {
      keep("view", html.dataset.view === "words" ? "pictures" : "words");
      show();
    },
    size(button) {
      keep("size", button.dataset.size);
      show();
    },
    print() { window.print(); },
  };

  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
