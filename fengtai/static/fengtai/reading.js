// Shows under a field how the platform understands what is typed. The address comes with the field.
"use strict";
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset || !field.dataset.reading) return;
  clearTimeout(field.readingTimer);
  field.readingTimer = setTimeout(() => showReading(field), 250);
});

async function showReading(field) {
  const output = field.parentElement.querySelector("output.reading");
  const text = field.value.trim();
  if (!text) {
    output.textContent = "";
    return;
  }
  const response = await fetch(`${field.dataset.reading}?text=${encodeURIComponent(text)}`);
  if (!response.ok || field.value.trim() !== text) return;
  const { reading, problem } = await response.json();
  output.textContent = reading || problem;
  output.classList.toggle("problem", Boolean(problem));
}
