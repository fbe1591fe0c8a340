// Opens the pages of related rows in a window of their own, and takes over what is done there.
"use strict";
{
  const windows = new Map();
  const fieldOf = (link) => {
    const place = link.closest(".field, td, .picker");
    return place?.querySelector("select, .picker > input, input[type=radio], input[type=checkbox]");
  };
  // As the server quotes keys in paths.
  const quoted = (key) => key.replace(/[_:/#?;@&=+$,"[\]<>%\n\\]/g,
    (c) => `_${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);

  function keyOf(field) {
    if (field?.type === "radio") return field.closest(".field, td").querySelector("input[type=radio]:checked")?.value ?? "";
    return field?.value ?? "";
  }

  function update(place) {
    const key = keyOf(fieldOf(place));
    for (const link of place.querySelectorAll("[data-pattern]")) {
      if (key) link.href = link.dataset.pattern.replace("__fk__", encodeURIComponent(quoted(key)));
      else link.removeAttribute("href");
    }
  }

  document.addEventListener("change", (event) => {
    const place = event.target.closest(".field, td")?.querySelector("[data-related]");
    if (place) update(place);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-popup]");
    if (!link?.href || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const opened = window.open(link.href, "", "width=800,height=640,resizable=yes,scrollbars=yes");
    if (opened) windows.set(opened, { field: fieldOf(link), key: keyOf(fieldOf(link)) });
  });

  function changed(field) {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // A box or a button like the others of the field, for a row that was added.
  function addChoice(field, value, text) {
    const list = field.closest("[id]:not(input)") ?? field.parentElement.parentElement;
    const item = field.closest("div").cloneNode(true);
    const input = item.querySelector("input");
    input.value = value;
    input.checked = true;
    input.id = `${input.name}_new_${value}`;
    const label = item.querySelector("label");
    label.htmlFor = input.id;
    label.replaceChildren(input, ` ${text}`);
    list.append(item);
    changed(input);
  }

  function apply(field, key, { action, value, text }) {
    if (field.tagName === "INPUT" && field.type !== "radio" && field.type !== "checkbox") {
      const isMany = field.closest("[data-many]");
      if (action === "delete") field.value = field.value.split(",").filter((one) => one !== value).join(",");
      else if (isMany && field.value && action !== "change") field.value = `${field.value},${value}`;
      else field.value = value;
      field.dispatchEvent(new CustomEvent("picker:picked", { bubbles: true, detail: { value, text } }));
    } else if (field.tagName === "SELECT") {
      const options = [...field.options].filter((option) => option.value === (action === "add" ? value : key));
      if (action === "delete") options.forEach((option) => option.remove());
      else if (options.length) options.forEach((option) => { option.text = text; option.value = value; option.selected = true; });
      else field.add(new Option(text, value, true, true));
    } else if (action === "add") {
      addChoice(field, value, text);
      return;
    }
    changed(field);
  }

  // Only windows that this page opened are listened to, and only pages of this site.
  window.addEventListener("message", (event) => {
    const asked = windows.get(event.source);
    if (event.origin !== window.location.origin || !asked?.field || event.data?.type !== "djr:row") return;
    windows.delete(event.source);
    const { action, value, text } = event.data;
    apply(asked.field, asked.key, { action: String(action), value: String(value), text: String(text) });
    event.source.close();
  });
}
