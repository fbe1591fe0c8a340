// A search above a list of boxes (`filter_horizontal`), with buttons that tick what is found.
"use strict";
{
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function start(place) {
    const boxes = [...place.querySelectorAll("input[type=checkbox]")].filter((box) => !box.name.includes("__prefix__"));
    if (!boxes.length || place.dataset.started) return;
    place.dataset.started = "1";
    const bar = document.createElement("div");
    bar.className = "boxes-bar";
    const search = Object.assign(document.createElement("input"), { type: "search", placeholder: "Filter…" });
    search.setAttribute("aria-label", `Filter ${place.getAttribute("aria-label")}`);
    const count = document.createElement("span");
    count.className = "quiet";
    count.setAttribute("role", "status");
    const item = (box) => box.closest("div");
    const found = () => boxes.filter((box) => !item(box).hidden);
    const tell = () => { count.textContent = `${boxes.filter((box) => box.checked).length} of ${boxes.length} chosen`; };
    const button = (text, checked) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: text });
      made.addEventListener("click", () => { for (const box of found()) box.checked = checked; tell(); });
      return made;
    };
    search.addEventListener("input", () => {
      const words = fold(search.value).split(/\s+/).filter(Boolean);
      for (const box of boxes) {
        const text = fold(item(box).textContent);
        item(box).hidden = !words.every((word) => text.includes(word));
      }
    });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    place.addEventListener("change", tell);
    bar.append(search, button("Choose all", true), button("Remove all", false), count);
    place.prepend(bar);
    tell();
  }
  const startAll = (root) => root.querySelectorAll("[data-boxes]").forEach(start);
  startAll(document);
  document.addEventListener("inline:added", (event) => startAll(event.target));
}
