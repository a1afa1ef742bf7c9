// Sending files in: they can be dropped, each is sent by itself, and how far it is can be seen.
// Without this script the form does the same, only more quietly.
(() => {
  const form = document.querySelector("form.send-in");
  if (!form || !window.FormData || !("upload" in new XMLHttpRequest())) return;
  const field = form.querySelector('input[type="file"]');
  const zone = form.querySelector(".drop");
  const bar = form.querySelector("progress");
  const box = form.querySelector(".sending");
  const words = form.querySelector(".sending-words");
  const done = form.querySelector(".sending-done");
  const button = form.querySelector("button.main");
  const most = Number(form.dataset.most);

  zone.querySelector(".drop-here").hidden = false;
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, () => zone.classList.remove("over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
    say(`${field.files.length} file${field.files.length === 1 ? "" : "s"} chosen: ${names(field.files)}.`);
  });

  form.addEventListener("submit", async (event) => {
    if (!field.files.length) return; // the server says what is missing
    event.preventDefault();
    const files = [...field.files];
    button.disabled = true;
    done.replaceChildren();
    const told = [];
    for (const [place, file] of files.entries()) {
      const of = files.length > 1 ? ` (${place + 1} of ${files.length})` : "";
      told.push(...await send(file, of));
    }
    button.disabled = false;
    box.hidden = true;
    if (told.length === 1 && told[0].address) { location.assign(told[0].address); return; }
    say(`Done: ${files.length} file${files.length === 1 ? "" : "s"} sent.`);
    for (const one of told) done.append(line(one));
  });

  async function send(file, of) {
    if (file.size > most) return [{ words: `${file.name} is larger than 10 MB, so it was not sent.`, address: "" }];
    box.hidden = false;
    bar.value = 0;
    say(`Sending ${file.name}${of}.`);
    const data = new FormData(form);
    data.delete(field.name);
    data.append(field.name, file, file.name);
    const request = new XMLHttpRequest();
    return new Promise((resolve) => {
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = Math.round((100 * event.loaded) / event.total);
      });
      request.upload.addEventListener("load", () => {
        bar.removeAttribute("value"); // how long checking takes is not known
        say(`Checking ${file.name}${of}.`);
      });
      request.addEventListener("load", () => resolve(answer(request, file)));
      request.addEventListener("error", () => resolve([
        { words: `${file.name} was not sent: the connection broke. Send it again.`, address: "" },
      ]));
      request.open("POST", form.action || location.href);
      request.setRequestHeader("Accept", "application/json");
      request.send(data);
    });
  }

  function answer(request, file) {
    try {
      if (request.status === 200) return JSON.parse(request.responseText);
    } catch { /* a page instead of an answer: somebody was signed out meanwhile */ }
    return [{ words: `${file.name} was not taken. Load this page again, sign in if asked, and send it once more.`, address: "" }];
  }

  function line(one) {
    const item = document.createElement("li");
    item.textContent = one.words + " ";
    if (one.address) {
      const link = document.createElement("a");
      link.href = one.address;
      link.textContent = "What was found";
      item.append(link);
    }
    return item;
  }

  function say(text) { words.textContent = text; }
  function names(files) { return [...files].map((file) => file.name).join(", "); }
})();
