// The checkboxes of a list: one for all rows of the page, ranges with the shift key, and how many are chosen.
const form = document.getElementById("changelist-form");
const toggle = document.getElementById("action-toggle");
const boxes = [...form.querySelectorAll("input[name=_selected_action]")];
const across = [...form.querySelectorAll("input[name=select_across]")];
let last = null;

function show() {
  const chosen = boxes.filter((box) => box.checked).length;
  const isAcross = across.some((box) => box.checked);
  toggle.checked = chosen === boxes.length;
  toggle.indeterminate = chosen > 0 && chosen < boxes.length;
  for (const box of boxes) box.closest("tr").classList.toggle("selected", isAcross || box.checked);
  for (const counter of form.querySelectorAll(".action-counter")) {
    counter.textContent = isAcross ? "All are selected" : `${chosen} of ${counter.dataset.total} selected`;
  }
}

toggle.hidden = false;
toggle.addEventListener("change", () => {
  for (const box of boxes) box.checked = toggle.checked;
  if (!toggle.checked) for (const box of across) box.checked = false;
  show();
});
for (const box of boxes) {
  box.addEventListener("click", (event) => {
    if (event.shiftKey && last !== null) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const other of boxes.slice(from, to + 1)) other.checked = box.checked;
    }
    last = box;
    show();
  });
}
for (const box of across) {
  box.addEventListener("change", () => {
    for (const other of across) other.checked = box.checked;
    if (box.checked) for (const row of boxes) row.checked = true;
    show();
  });
}
window.addEventListener("pageshow", show);
show();
