// Only adds: every page works without it.
"use strict";

// A filter form leaves what was not filled in out of the address.
document.addEventListener("submit", (event) => {
  for (const field of event.target.elements) {
    if (event.target.method === "get" && field.name && !field.value) field.disabled = true;
  }
});
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[method=get] :disabled")) field.disabled = false;
});

// An open menu closes with Escape, and when something else is clicked.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement.closest("details.menu[open]");
  closeMenus(null);
  if (menu) menu.querySelector("summary").focus();
});

// A citation or an example is copied with one press, where the browser lets a page do so.
for (const block of navigator.clipboard ? document.querySelectorAll("[data-copy] pre") : []) {
  const words = block.closest("[data-copy]").dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = words.copied;
  });
  block.after(button);
}
// A figure opens what proves it beside itself; without this, or without an answer, its link leads to the same on the
// record's page.
const proofs = new Map();
let proof, asked, closing;

async function proofOf(link) {
  const address = `${link.pathname}proof/${link.hash.slice(1)}/`;
  if (!proofs.has(address)) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    proofs.set(address, await answer.text());
  }
  return proofs.get(address);
}

function panel() {
  proof = document.createElement("div");
  proof.className = "proof-panel";
  proof.popover = "auto";
  proof.tabIndex = -1;
  proof.setAttribute("role", "dialog");
  proof.setAttribute("aria-labelledby", "proof-title");
  proof.addEventListener("click", (event) => { if (event.target.closest("a")) proof.hidePopover(); });
  proof.addEventListener("toggle", (event) => {
    if (event.newState === "open" || !asked) return;
    asked.removeAttribute("aria-expanded");
    if (proof.contains(document.activeElement) || document.activeElement === document.body) asked.focus();
    asked = null;
  });
  document.body.append(proof);
}

function place(link) {
  const [at, edge] = [link.getBoundingClientRect(), 8];
  const width = document.documentElement.clientWidth;
  const left = Math.max(edge, Math.min(at.left, width - proof.offsetWidth - edge));
  const below = at.bottom + proof.offsetHeight + edge < innerHeight || at.top < proof.offsetHeight + edge;
  proof.style.left = `${left + scrollX}px`;
  proof.style.top = `${scrollY + (below ? at.bottom + edge : at.top - proof.offsetHeight - edge)}px`;
}

async function show(link) {
  try {
    const told = await proofOf(link);
    if (!proof) panel();
    if (proof.matches(":popover-open")) proof.hidePopover();
    proof.innerHTML = told;
    proof.showPopover();
    asked = link;
    link.setAttribute("aria-expanded", "true");
    place(link);
    proof.focus({ preventScroll: true });
  } catch {
    location.href = link.href;
  }
}

for (const link of document.querySelectorAll("a.proved")) link.setAttribute("aria-haspopup", "dialog");
// What is pressed while its proof is open closes it, and does not open it anew.
document.addEventListener("pointerdown", () => { closing = asked; }, true);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.proved");
  const elsewhere = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || !HTMLElement.prototype.showPopover) return;
  event.preventDefault();
  if (document.querySelector(".notice-preview")) return; // what is not published yet has no proof for the public
  if (link !== closing) show(link);
  closing = null;
});
