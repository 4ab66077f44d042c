// What is written with no signal is kept on the device and sent when the line is back: forms with data-keep.
//
// Kept: the form's fields, from the first letter, until the server says that they are saved. Encrypted (AES-GCM) under
// a key that the server gives to the signed-in account with each page and that is never stored: whoever finds or
// steals the device reads nothing without signing in as the same account, and after a session has ended the same
// account finds its notes again. So signing out need not destroy what was not sent yet; it asks. Once sent, it is gone.
// Sent once: the form carries a key of its own, under which the server takes it one time, however often it arrives.

const STORE = "wm-kept-";
const AGAIN = 30_000; // milliseconds between tries
const meta = document.querySelector('meta[name="wm-key"]');
const forms = [...document.querySelectorAll("form[data-keep]")];
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
let lock, sending = false;

// ---- kept on the device ----

async function keep(note) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, lock, new TextEncoder().encode(JSON.stringify(note)));
  localStorage.setItem(STORE + note.id, JSON.stringify({ iv: text(iv), data: text(data) }));
}

async function kept() {
  const mine = [];
  let others = 0;
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(STORE))) {
    try {
      const { iv, data } = JSON.parse(localStorage.getItem(name));
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, lock, bytes(data));
      mine.push(JSON.parse(new TextDecoder().decode(plain)));
    } catch {
      others += 1; // another account's: locked to us, and left for them
    }
  }
  return { mine: mine.sort((a, b) => a.at - b.at), others };
}

const forget = (id) => localStorage.removeItem(STORE + id);
const token = () => document.querySelector('input[name="csrfmiddlewaretoken"]').value;

// ---- sent ----

// "saved" (with where to go), "signed out", "refused" (the server has read it and says no; ``mend``: its form says what
// to mend), or "no signal".
async function send(note) {
  const body = new URLSearchParams(note.fields);
  body.set("csrfmiddlewaretoken", token());
  try {
    const answer = await fetch(note.to, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403) return { outcome: "signed out" };
    if (answer.ok) return { outcome: "saved", ...(await answer.json()) };
    return { outcome: answer.status >= 500 || answer.status === 429 ? "no signal" : "refused", mend: answer.status === 422 };
  } catch {
    return { outcome: "no signal" };
  }
}

async function sendAll() {
  if (sending) return;
  sending = true;
  const sent = [];
  try {
    for (const note of (await kept()).mine.filter((each) => each.ready && !each.refused)) {
      const { outcome, mend } = await send(note);
      if (outcome === "saved") {
        forget(note.id);
        sent.push(note);
      } else if (outcome === "refused") {
        await keep({ ...note, refused: true, mend });
      } else {
        await show(outcome, sent);
        return;
      }
    }
    await show("", sent);
  } finally {
    sending = false;
  }
}

// ---- said on the page ----

function element(name, words = "", attributes = {}) {
  const made = Object.assign(document.createElement(name), { textContent: words });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function box() {
  const found = document.getElementById("kept");
  if (found) return found;
  const made = element("div", "", { id: "kept", role: "status" });
  document.getElementById("maincontent").prepend(made);
  return made;
}

const written = (note) => `${note.what}, ${new Date(note.at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}`;
const capital = (words) => words[0].toUpperCase() + words.slice(1);

function button(words, act) {
  const made = element("button", words, { type: "button", class: "nhsuk-button nhsuk-button--secondary nhsuk-button--small" });
  made.addEventListener("click", act);
  return made;
}

async function show(problem = "", sent = []) {
  const { mine, others } = await kept();
  const waiting = mine.filter((note) => note.ready);
  const inside = [];
  for (const note of sent) inside.push(element("p", `Sent, and wiped from this device: ${written(note)}.`));
  if (waiting.length) {
    const why = { "no signal": "There is no signal, or the server does not answer.", "signed out": "You are signed out: sign in again, and it is sent." };
    inside.push(element("p", `Not sent yet, kept locked on this device. ${why[problem] ?? ""}`, { class: "nhsuk-u-font-weight-bold" }));
    const list = element("ul");
    for (const note of waiting) list.append(line(note));
    inside.push(list);
    if (problem === "signed out") {
      const back = `/sign-in/?next=${encodeURIComponent(location.pathname)}`;
      inside.push(element("a", "Sign in", { href: back, class: "nhsuk-button" }));
    } else if (waiting.some((note) => !note.refused)) inside.push(button("Try again now", sendAll));
  }
  if (others && !waiting.length && forms.length) inside.push(element("p", "Another account keeps something on this device that is not sent yet. Only they can open it."));
  if (!inside.length && !document.getElementById("kept")) return;
  box().replaceChildren(...inside);
  box().className = inside.length ? "nhsuk-inset-text" : "";
}

function line(note) {
  const item = element("li", `${capital(written(note))}. `);
  if (note.refused) {
    item.append(note.mend ? "It is not saved yet: something in it has to be mended. " : "It could not be saved where it belongs: copy what you need from it, then wipe it. ");
    item.append(element("p", note.fields.filter(([, value]) => value.includes(" ")).map(([, value]) => value).join("\n"), { class: "wm-words" }));
  }
  if (note.mend) item.append(button("Open it and mend it", () => mended(note)), " ");
  item.append(button("Wipe it", async () => {
    if (!confirm("Wipe it from this device? It is not sent, and cannot be brought back.")) return;
    forget(note.id);
    await show();
  }));
  return item;
}

// The form again, from the server, with all that was typed and what is wrong with it; kept until that is saved.
async function mended(note) {
  await keep({ ...note, ready: false, refused: false });
  const form = element("form", "", { method: "post", action: note.to, hidden: "" });
  for (const [name, value] of [...note.fields, ["csrfmiddlewaretoken", token()]]) form.append(element("input", "", { type: "hidden", name, value }));
  document.body.append(form);
  form.submit();
}

// ---- the forms ----

const fields = (form, submitter) => [...new FormData(form, submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
const worth = (form) => [...form.querySelectorAll("textarea, [data-kept]")].some((each) => (each.type === "checkbox" ? each.checked : each.value.trim()));

function told(form, submitter, ready) {
  form.dataset.id ||= form.elements.key?.value || crypto.randomUUID();
  const to = new URL(form.action || location.href).pathname;
  return { id: form.dataset.id, to, what: form.dataset.keep, fields: fields(form, submitter), at: Date.now(), ready };
}

async function restore(form) {
  const to = new URL(form.action || location.href).pathname;
  const draft = (await kept()).mine.find((note) => note.to === to && !note.ready);
  if (!draft) return;
  form.dataset.id = draft.id; // under its own number again: once it is saved, nothing of it stays behind
  const answered = form.dataset.block ? form.dataset.answered : document.querySelector(".nhsuk-error-summary, .nhsuk-warning-callout[role=alert]");
  if (answered) return; // the server has given back all that was typed, and what it now stands beside
  form.closest("details")?.setAttribute("open", "");
  for (const [name, value] of draft.fields) {
    for (const each of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (each.type === "radio") each.checked = each.value === value;
      else if (each.type === "checkbox") each.checked ||= each.value === value;
      else if (each.tagName !== "BUTTON" && name !== "revision") each.value = value;
    }
  }
  form.prepend(element("p", "You wrote this before; it was kept locked on this device. It is not saved yet.", { class: "nhsuk-hint" }));
}

function watch(form) {
  let soon;
  form.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(() => (form.hidden ? null : worth(form) ? keep(told(form, null, false)) : forget(form.dataset.id ?? "")), 300);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(soon);
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    const note = told(form, event.submitter, true);
    await keep(note);
    const { outcome, to } = await send(note);
    if (outcome === "saved") {
      forget(note.id);
      location.assign(to);
    } else if (outcome === "refused") {
      await (worth(form) ? keep({ ...note, ready: false }) : forget(note.id)); // the page that comes says what to mend, and has all that was typed
      if (event.submitter?.name) form.append(element("input", "", { type: "hidden", name: event.submitter.name, value: event.submitter.value }));
      form.submit();
    } else {
      form.hidden = true;
      await show(outcome);
      box().setAttribute("tabindex", "-1");
      box().focus();
    }
  });
}

async function askBeforeLeaving(form) {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sure) return;
    event.preventDefault();
    await sendAll();
    const { mine } = await kept();
    form.dataset.sure = "yes";
    if (!mine.length) return form.submit();
    const leave = (wipe) => () => {
      if (wipe) mine.forEach((note) => forget(note.id));
      form.submit();
    };
    box().className = "nhsuk-inset-text";
    box().replaceChildren(
      element("p", "Not sent yet from this device:"),
      ...mine.map((note) => element("p", capital(written(note)))),
      button("Sign out and keep it locked here", leave(false)),
      button("Sign out and wipe it", leave(true)),
    );
    box().setAttribute("tabindex", "-1");
    box().focus();
  });
}

async function begin() {
  lock = await crypto.subtle.importKey("raw", bytes(meta.content), "AES-GCM", false, ["encrypt", "decrypt"]);
  for (const form of forms) {
    await restore(form);
    watch(form);
  }
  document.querySelectorAll(".nhsuk-header__account-form").forEach(askBeforeLeaving);
  addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => document.hidden || sendAll());
  setInterval(() => kept().then(({ mine }) => mine.some((note) => note.ready && !note.refused) && sendAll()), AGAIN);
  if ((await kept()).mine.some((note) => note.ready)) await sendAll();
  else if (forms.length) await show();
  document.documentElement.dataset.keeps = "yes"; // for whoever waits until it works
}

if (meta && globalThis.crypto?.subtle) begin(); // without a secure connection nothing can be locked, so nothing is kept
