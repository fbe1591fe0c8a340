// Says at once whether what stands in the field of a document is JSON; the server checks it, too.
"use strict";
{
  function start(field) {
    if (field.dataset.started) return;
    field.dataset.started = "1";
    field.spellcheck = false;
    const message = document.createElement("div");
    message.className = "json-check";
    message.setAttribute("role", "status");
    field.after(message);
    const check = () => {
      let wrong = "";
      try { if (field.value.trim()) JSON.parse(field.value); } catch (error) { wrong = error.message; }
      message.textContent = wrong && `Not JSON yet: ${wrong}`;
    };
    field.addEventListener("input", check);
  }
  const startAll = (root) => root.querySelectorAll("textarea.json").forEach(start);
  startAll(document);
  document.addEventListener("inline:added", (event) => startAll(event.target));
}
