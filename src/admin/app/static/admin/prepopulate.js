// Fields that start with what others hold (`prepopulated_fields`), as long as nobody types in them.
"use strict";
{
  // The same slug as the server makes of a text.
  function slugify(text, isUnicode) {
    const plain = isUnicode
      ? text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}_\s-]/gu, "")
      : text.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase().replace(/[^a-z0-9_\s-]/g, "");
    return plain.replace(/[-\s]+/g, "-").replace(/^[-_]+|[-_]+$/g, "");
  }

  function textOf(element) {
    if (!element) return "";
    return element.tagName === "SELECT" ? (element.value && element.selectedOptions[0]?.text) || "" : element.value;
  }

  function start(place) {
    const target = place.querySelector("input:not([type=hidden]), textarea");
    if (!target || target.value || target.name.includes("__prefix__")) return;
    const name = target.name.slice(target.name.lastIndexOf("-") + 1);
    const base = target.id.slice(0, target.id.length - name.length);
    const sources = place.dataset.prepopulatedFrom.split(" ").map((source) => document.getElementById(base + source));
    const length = Number(place.dataset.maxLength) || Infinity;
    let isOwn = false;
    target.addEventListener("input", () => { isOwn = target.value !== ""; });
    const fill = () => {
      if (isOwn) return;
      const text = sources.map(textOf).filter(Boolean).join(" ");
      target.value = [...slugify(text, place.dataset.unicode !== undefined)].slice(0, length).join("");
    };
    for (const source of sources) {
      source?.addEventListener("input", fill);
      source?.addEventListener("change", fill);
    }
  }

  const startAll = (root) => root.querySelectorAll("[data-prepopulated-from]").forEach(start);
  startAll(document);
  document.addEventListener("inline:added", (event) => startAll(event.target));
}
