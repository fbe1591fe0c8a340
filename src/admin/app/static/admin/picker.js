// The row's text beside a key that was looked up, and a search in place of keys (`autocomplete_fields`).
"use strict";
{
  let number = 0;
  const element = (name, properties = {}) => Object.assign(document.createElement(name), properties);

  function start(place) {
    const input = place.querySelector("input");
    const picked = place.querySelector(".picked");
    const isMany = place.dataset.many !== undefined;
    if (!input || input.name.includes("__prefix__") || place.dataset.started) return;
    place.dataset.started = "1";

    // Picked in a window: the text that came with the key is shown beside it.
    input.addEventListener("picker:picked", (event) => show(event.detail.value, event.detail.text));
    input.addEventListener("input", () => { if (!isMany) picked.replaceChildren(); });

    function show(value, text) {
      if (!isMany) picked.replaceChildren();
      for (const old of picked.children) if (old.dataset.key === value) old.remove();
      picked.append(chip(value, text));
    }

    function chip(value, text) {
      const item = element("span", { className: "chip" });
      item.dataset.key = value;
      item.append(text, " ");
      const remove = element("button", { type: "button", className: "link", textContent: "×" });
      remove.setAttribute("aria-label", `Remove ${text}`);
      remove.addEventListener("click", () => {
        input.value = isMany ? input.value.split(",").map((key) => key.trim()).filter((key) => key && key !== value).join(",") : "";
        item.remove();
        input.dispatchEvent(new Event("change", { bubbles: true }));
        (search ?? input).focus();
      });
      item.append(remove);
      return item;
    }

    let search = null;
    if (!place.dataset.autocomplete) return;
    const id = `picker-${++number}`;
    const list = element("ul", { className: "suggestions", id, role: "listbox", hidden: true });
    search = element("input", { type: "text", autocomplete: "off" });
    search.setAttribute("role", "combobox");
    search.setAttribute("aria-expanded", "false");
    search.setAttribute("aria-controls", id);
    search.setAttribute("aria-autocomplete", "list");
    search.placeholder = "Search…";
    const label = document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    search.setAttribute("aria-label", label?.textContent.replace(/:\s*$/, "") ?? "Search");
    search.id = `${input.id}_search`;
    if (label) label.htmlFor = search.id;
    input.type = "hidden";
    const status = element("span", { className: "visually-hidden" });
    status.setAttribute("role", "status");
    input.after(search, list, status);
    for (const old of [...picked.children]) old.replaceWith(chip(old.dataset.key, old.textContent));
    let page = 1, active = -1, asked = 0, timer = 0;

    const options = () => [...list.querySelectorAll("[role=option]")];
    function close() {
      list.hidden = true;
      active = -1;
      search.setAttribute("aria-expanded", "false");
      search.removeAttribute("aria-activedescendant");
    }
    function mark(at) {
      const all = options();
      if (!all.length) return;
      active = (at + all.length) % all.length;
      all.forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
      all[active].scrollIntoView({ block: "nearest" });
      search.setAttribute("aria-activedescendant", all[active].id);
    }
    function choose(option) {
      if (option.dataset.more) { ask(page + 1); return; }
      const { key } = option.dataset;
      const keys = input.value.split(",").map((one) => one.trim()).filter(Boolean);
      if (!isMany) input.value = key;
      else if (!keys.includes(key)) input.value = [...keys, key].join(",");
      show(key, option.textContent);
      search.value = "";
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function add(key, text, isMore) {
      const option = element("li", { role: "option", textContent: text, id: `${id}-${options().length}` });
      option.setAttribute("role", "option");
      if (isMore) option.dataset.more = "1"; else option.dataset.key = key;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
      list.append(option);
    }
    async function ask(wanted) {
      const mine = ++asked;
      const parameters = new URLSearchParams({
        term: search.value, page: wanted, app_label: place.dataset.appLabel,
        model_name: place.dataset.modelName, field_name: place.dataset.fieldName,
      });
      const answer = await fetch(`${place.dataset.autocomplete}?${parameters}`, { credentials: "same-origin" });
      if (!answer.ok || mine !== asked) return;
      const { results, pagination } = await answer.json();
      page = wanted;
      if (wanted === 1) list.replaceChildren(); else list.querySelector("[data-more]")?.remove();
      for (const { id: key, text } of results) add(key, text, false);
      if (pagination.more) add("", "More…", true);
      if (!options().length) list.replaceChildren(element("li", { className: "quiet", textContent: "Nothing found" }));
      status.textContent = `${results.length} found`;
      list.hidden = false;
      search.setAttribute("aria-expanded", "true");
      active = -1;
    }
    search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => ask(1), 150); });
    search.addEventListener("focus", () => ask(1));
    search.addEventListener("blur", () => { asked += 1; close(); });
    search.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask(1); else mark(active + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter") {
        event.preventDefault();
        const option = options()[active];
        if (option && !list.hidden) choose(option);
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
      }
    });
  }
  const startAll = (root) => root.querySelectorAll("[data-picker]").forEach(start);
  startAll(document);
  document.addEventListener("inline:added", (event) => startAll(event.target));
}
