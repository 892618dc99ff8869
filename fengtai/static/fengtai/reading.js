// Shows under a field how the platform understands what is typed. The address comes with the field.
"use strict";

const PAUSE = 250; // milliseconds without a keystroke

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset || !field.dataset.reading) return;
  clearTimeout(field.readingTimer);
  field.readingTimer = setTimeout(() => showReading(field), PAUSE);
});

// An empty field needs no reading; what the browser or a refused form filled in does, unless its error already says it.
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[data-reading]")) {
    const refused = field.closest(".errors") || field.parentElement.querySelector(".errorlist");
    const current = field.value === field.defaultValue && Boolean(field.value) === Boolean(outputOf(field).textContent);
    if (!refused && !current) showReading(field);
  }
});

function outputOf(field) {
  return field.parentElement.querySelector("output.reading");
}

async function showReading(field) {
  const output = outputOf(field);
  const text = field.value.trim();
  const { reading = "", problem = "" } = text ? await read(field.dataset.reading, text) : {};
  if (field.value.trim() !== text) return; // typed on meanwhile
  output.textContent = reading || problem;
  output.classList.toggle("problem", Boolean(problem));
}

// Without an answer (offline, logged out) nothing is shown; saving reads the text again in any case.
async function read(address, text) {
  try {
    const response = await fetch(`${address}?text=${encodeURIComponent(text)}`, { redirect: "error" });
    return response.ok ? await response.json() : {};
  } catch {
    return {};
  }
}
