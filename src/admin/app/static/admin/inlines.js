// Adds rows to inlines and takes new ones away again. Without it, the button asks the server for more rows.
"use strict";
{
  function start(inline) {
    const template = inline.querySelector("template");
    const button = inline.querySelector(".more-rows button");
    const rows = inline.querySelector("[data-inline-rows]");
    const prefix = inline.dataset.inline;
    const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
    const initial = document.getElementById(`id_${prefix}-INITIAL_FORMS`);
    if (!total || !rows) return;
    const pattern = new RegExp(`${prefix.replace(/[^\w-]/g, "\\$&")}-(\\d+|__prefix__)(?=-|$)`);

    function renumber(row, number) {
      const elements = [row, ...row.querySelectorAll("*")];
      for (const element of elements) {
        for (const name of ["id", "name", "for", "aria-describedby", "aria-controls"]) {
          const value = element.getAttribute(name);
          if (value) element.setAttribute(name, value.replace(pattern, `${prefix}-${number}`));
        }
      }
    }

    const all = () => [...rows.querySelectorAll(":scope > [data-inline-row]")];
    function count() {
      const found = all();
      found.forEach((row, number) => renumber(row, number));
      total.value = found.length;
      if (button) button.hidden = found.length >= Number(inline.dataset.max);
    }

    // A new row is not there to be deleted: it is taken away.
    function addRemoval(row) {
      const box = row.querySelector("input[type=checkbox][name$='-DELETE']");
      const place = box?.closest("td.delete, .delete") ?? row.querySelector("legend, th");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "link remove";
      remove.textContent = "Remove";
      remove.addEventListener("click", () => {
        const next = row.nextElementSibling ?? row.previousElementSibling;
        row.remove();
        count();
        (next?.querySelector("input:not([type=hidden]), select, textarea") ?? button)?.focus();
      });
      if (box) place.replaceChildren(remove); else place?.append(" ", remove);
    }

    all().slice(Number(initial?.value ?? 0)).forEach(addRemoval);
    if (!template || !button) return;
    button.type = "button";
    button.textContent = button.dataset.label;
    button.addEventListener("click", () => {
      const row = template.content.firstElementChild.cloneNode(true);
      rows.append(row);
      addRemoval(row);
      count();
      row.dispatchEvent(new CustomEvent("inline:added", { bubbles: true }));
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
  }
  document.querySelectorAll("[data-inline]").forEach(start);
}
