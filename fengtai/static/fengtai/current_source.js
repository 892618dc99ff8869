// Chooses the current source without leaving the form, so that nothing typed is lost; offers titles while typing.
"use strict";

const OFFER_PAUSE = 200; // milliseconds without a keystroke

// While the event goes down, and no further: no form is left by this.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-choose-source]") || !event.target.elements.form.value) return;
  event.preventDefault();
  event.stopPropagation();
  choose(event.target, event.submitter);
}, true);

async function choose(form, submitter) {
  const bar = form.closest(".current-source");
  const said = new FormData(form, submitter);
  try {
    const headers = { "X-Requested-With": "fetch" };
    const response = await fetch(form.action, { method: "POST", body: said, headers, redirect: "error" });
    if (!response.ok) throw new Error(response.status);
    bar.outerHTML = await response.text();
    moveOn();
  } catch {
    bar.querySelector(".source-told").textContent = bar.dataset.failed;
  }
}

// To the first thing that can be done next: choose one of those offered, pin all, or type anew.
function moveOn() {
  const bar = document.querySelector(".current-source");
  const next = [".offer", ".pin-all input", "[type=search]"].map((kind) => bar.querySelector(kind));
  next.find(Boolean).focus();
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset || !field.dataset.offers) return;
  clearTimeout(field.offerTimer);
  if (optionsOf(field).some((title) => title === field.value) && isPicked(event)) field.form.requestSubmit();
  else field.offerTimer = setTimeout(() => offer(field), OFFER_PAUSE);
});

// Picking from the list replaces the text at once; typing comes with a kind of typing.
function isPicked(event) {
  return !event.inputType || event.inputType === "insertReplacementText";
}

function optionsOf(field) {
  return [...field.list.options].map((option) => option.value);
}

// Without an answer (offline, signed out) nothing is offered; choosing tells.
async function offer(field) {
  const typed = field.value.trim();
  if (!typed) return;
  try {
    const response = await fetch(`${field.dataset.offers}&term=${encodeURIComponent(typed)}`, { redirect: "error" });
    const { results } = await response.json();
    if (field.value.trim() !== typed) return; // typed on meanwhile
    field.list.replaceChildren(...results.map(({ text }) => new Option(text, text)));
  } catch {
    field.list.replaceChildren();
  }
}
