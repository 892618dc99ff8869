// Nothing typed into a form of the admin is lost: leaving it asks, and it is sent with the token that is valid now.
"use strict";

const FORMS = "#content form[method=post]:not(#changelist-form, #login-form:not([data-unsaved]))";
const NO_CHANGE = new Set(["csrfmiddlewaretoken", "once", "pin_source"]);
const shown = new Map(); // what each form said when it was shown
let sent = null; // the form that is on its way

// After the other scripts, which make rows and choices of their own.
window.addEventListener("load", () => {
  for (const form of document.querySelectorAll(FORMS)) shown.set(form, contentOf(form));
});

window.addEventListener("beforeunload", (event) => {
  if ([...shown.keys()].some((form) => form !== sent && holdsSomethingNew(form))) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  sent = event.target;
  takeValidToken(event.target);
});

// A form that was sent and is typed into again was not saved, or comes back from the browser's memory.
for (const name of ["input", "change"]) document.addEventListener(name, () => (sent = null));
window.addEventListener("pageshow", (event) => {
  if (event.persisted) sent = null;
});

// A form that was refused, or waits for a sign-in, holds what is saved nowhere, also before anything is typed.
function holdsSomethingNew(form) {
  if (!form.isConnected) return false;
  return form.matches("[data-unsaved]") || form.querySelector(".errorlist") !== null || contentOf(form) !== shown.get(form);
}

function contentOf(form) {
  const fields = [...new FormData(form)].filter(([name]) => !NO_CHANGE.has(name));
  return JSON.stringify(fields.map(([name, value]) => [name, value instanceof File ? value.name : value]));
}

// Signing in again in another window made the token of this page invalid; the cookie holds the one of now.
function takeValidToken(form) {
  const field = form.querySelector("input[name=csrfmiddlewaretoken]");
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (field && cookie) field.value = cookie[1];
}
