/* Files go one by one, each with its progress and what became of it; dropping them anywhere on the page works too. */
"use strict";
(() => {
  const form = document.getElementById("upload"), list = document.getElementById("sent");
  const input = form && form.querySelector("input[type=file][multiple]");
  if (!input) return;
  const words = form.dataset;
  const make = (tag, text = "", parent = null) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };
  make("p", words.drop, input.closest(".form-row")).className = "help";

  const start = async (files) => {
    const fields = new FormData(form);
    fields.delete(input.name);
    fields.append("name", files.length > 1 ? `${files[0].name} … (${files.length})` : files[0].name);
    const answer = await fetch(words.start, { method: "POST", body: fields, credentials: "same-origin" });
    const said = await answer.json();
    if (answer.ok) return said;
    const told = Object.values(said.errors || {}).flat().map((one) => one.message || one);
    throw new Error([...told, ...(said.problems || [])].join("\n"));
  };

  const send = (address, file, bar) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(), body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("file", file);
    request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; };
    request.upload.onload = () => bar.removeAttribute("value");
    request.onerror = () => reject(new Error(words.lost));
    request.onload = () => {
      try { resolve(JSON.parse(request.responseText)); } catch { reject(new Error(words.lost)); }
    };
    request.open("POST", address);
    request.send(body);
  });

  const tell = (line, said) => {
    line.className = said.outcome || "failed";
    const place = make("span", "", line);
    place.append(said.label ? `${said.label}. ` : "");
    if (said.address) make("a", `${said.number}: ${said.title}`, place).href = said.address;
    else place.append(said.outcome === "waiting" ? words.waiting : said.reason || (said.number ?? ""));
    return place;
  };

  const one = async (address, file) => {
    const line = make("li", "", list);
    make("strong", `${file.name} `, line);
    const attempt = async () => {
      const bar = make("progress", "", line);
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", file.name);
      let said;
      try { said = await send(address, file, bar); } catch (error) { said = { reason: error.message }; }
      bar.remove();
      const place = tell(line, said);
      if (said.outcome) return said;
      const again = make("button", words.again, line);
      again.type = "button";
      again.onclick = () => { place.remove(); again.remove(); attempt(); };
      return said;
    };
    return attempt();
  };

  const take = async (files) => {
    list.replaceChildren();
    let batch;
    try { batch = await start(files); } catch (error) {
      make("li", error.message, list).className = "failed";
      return;
    }
    let said;
    for (const file of files) said = await one(batch.add, file);
    if (files.length === 1 && said.address) return location.assign(said.address);
    make("a", words.more, make("li", "", list)).href = batch.report;
    input.value = "";
  };

  form.addEventListener("submit", (event) => {
    if ((event.submitter && event.submitter.name === "check") || !input.files.length) return;
    event.preventDefault();
    take([...input.files]);
  });
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length || event.target === form.elements.sheet) return;
    input.files = event.dataTransfer.files;
    take([...input.files]);
  });
})();
