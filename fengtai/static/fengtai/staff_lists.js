// Only adds: every list of staff works without it.
"use strict";

// A form of questions leaves what was not filled in out of the address.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "get") return;
  for (const field of event.target.elements) {
    if (field.name && !field.value) field.disabled = true;
  }
});
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[method=get] :disabled")) field.disabled = false;
});

// One box chooses all rows of the page, and how many are chosen is said.
const form = document.querySelector("form.chosen-from");
const head = form && form.querySelector("table.can-be-chosen .action-checkbox-column");
if (head) {
  const boxes = [...form.querySelectorAll("input.action-select")];
  const every = document.createElement("input");
  every.type = "checkbox";
  every.setAttribute("aria-label", head.textContent.trim());
  head.replaceChildren(every);
  const told = form.querySelector(".chosen");
  const across = form.querySelector("input[name=select_across]");
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    every.checked = count === boxes.length;
    every.indeterminate = count > 0 && count < boxes.length;
    told.textContent = across && across.checked ? "" : count ? `${told.dataset.some} ${count}` : told.dataset.none;
  };
  every.addEventListener("change", () => {
    for (const box of boxes) box.checked = every.checked;
    tell();
  });
  form.addEventListener("change", tell);
  window.addEventListener("pageshow", tell);
  tell();
}
