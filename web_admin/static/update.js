// Sends a bundle up piece by piece: each request is short, and one that is lost is sent again.
"use strict";
(function () {
  const form = document.getElementById("upload");
  if (!form) return;
  const bar = document.getElementById("sent");
  const words = document.getElementById("sent-words");
  const button = form.querySelector("button");
  const TRIES = 5;

  async function ask(address, body, type) {
    const headers = { "X-CSRFToken": form.querySelector("[name=csrf_token]").value };
    if (type) headers["Content-Type"] = type;
    for (let left = TRIES; ; left -= 1) {
      try {
        const answer = await fetch(address, { method: "POST", headers, body });
        const told = await answer.json().catch(() => ({ text: form.dataset.lost }));
        return { good: answer.ok, told };
      } catch (error) {
        if (left <= 1) return { good: false, told: { text: form.dataset.lost } };
        await new Promise((go) => setTimeout(go, 2000));
      }
    }
  }

  function say(text) {
    words.textContent = text;
  }

  async function send(file) {
    const about = new URLSearchParams({ file: file.name, size: String(file.size) });
    let { good, told } = await ask(form.dataset.begin, about);
    if (!good) return say(told.text);
    const octets = Number(form.dataset.octets);
    bar.hidden = false;
    let refused = 0;
    while (!told.complete) {
      const from = told.received;
      const name = told.name;
      const query = new URLSearchParams({ name, offset: String(from) });
      const reply = await ask(`${form.dataset.piece}?${query}`, file.slice(from, from + octets), "application/octet-stream");
      if (reply.good) {
        told = reply.told;
        refused = 0;
      } else if (Number.isInteger(reply.told.expected) && refused < TRIES) {
        // A piece whose answer was lost had come all the same.
        refused += 1;
        told = { name, received: reply.told.expected, complete: reply.told.expected === file.size };
      } else {
        return say(reply.told.text);
      }
      bar.value = told.received / file.size;
      say(`${Math.floor(told.received / 1e6)} / ${Math.ceil(file.size / 1e6)} MB`);
    }
    window.location.assign(form.dataset.after);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = document.getElementById("file").files[0];
    if (!file) return;
    button.disabled = true;
    try {
      await send(file);
    } finally {
      button.disabled = false;
    }
  });
})();
