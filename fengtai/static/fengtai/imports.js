// The pages of an import: drop a file, press once, watch the rows go by. Every page works without it.
"use strict";

const PAUSE = 400; // milliseconds between two looks at the progress

document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("[data-scripted]")) field.disabled = false;
  for (const zone of document.querySelectorAll("[data-drop]")) takeDrops(zone);
  const bar = document.querySelector("[data-progress]");
  if (bar && bar.hasAttribute("data-running")) watch(bar, () => false).then(() => location.reload());
  const start = document.querySelector("form[data-at-once]");
  if (start) start.requestSubmit();
});

// A second press is no second order; the server decides all the same.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once], [data-long]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  if (form.matches("[data-long]")) {
    event.preventDefault();
    send(form);
  }
  for (const button of document.querySelectorAll("[data-once] button, [data-long] button")) button.disabled = true;
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Embedded, the answer comes when the work is done; with a worker at once, and the work goes on after it.
async function send(form) {
  const bar = document.querySelector("[data-progress]");
  let answered = false;
  const body = new FormData(form);
  bar.hidden = false;
  bar.scrollIntoView({ block: "nearest" });
  const sent = fetch(form.action, { method: "POST", body, redirect: "manual" }).then(
    (response) => response,
    () => null,
  );
  sent.then(() => (answered = true));
  await watch(bar, () => !answered);
  const response = await sent;
  if (response && response.status === 400) showRefused(await response.text());
  else if (response && response.status === 403) form.submit(); // the session ended: the page that is answered asks to sign in
  else location.assign(form.dataset.page);
}

// A refused form comes back as a page with what is wrong marked in it.
function showRefused(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.querySelector("#content-main").replaceWith(page.querySelector("#content-main"));
  const error = document.querySelector(".errornote");
  if (error) error.scrollIntoView();
}

async function watch(bar, goesOn) {
  const progress = bar.querySelector("progress");
  const text = bar.querySelector("[role=status]");
  let running = true;
  while (running || goesOn()) {
    const standing = await look(bar.dataset.progress);
    running = standing ? standing.running : goesOn();
    if (standing && standing.running) {
      text.textContent = standing.text;
      if (standing.found) {
        progress.max = standing.found;
        progress.value = standing.done;
      } else progress.removeAttribute("value");
    }
    if (running || goesOn()) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

async function look(address) {
  try {
    const response = await fetch(address, { redirect: "error" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function takeDrops(zone) {
  const field = zone.querySelector("input[type=file]");
  zone.querySelector(".drop-hint").hidden = false;
  zone.classList.add("drops");
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}
