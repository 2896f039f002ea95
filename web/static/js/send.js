/**
 * Sends the conversation's forms in the background. A failed send is tried again under the same message id, so it is
 * kept once however often it arrives. What was typed lives in this page's memory only.
 */

import { announceNew, lastSeq } from "./announce.js";
import { moveFocus, showNewest } from "./focus.js";
import { showPending } from "./pending.js";

const WAITS_MS = [1000, 2000, 4000, 8000];
let unsent = false;

export function sendInBackground() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.getAttribute("action") !== "/chat") return;
    event.preventDefault();
    if (unsent) return;
    const outgoing = read(form, /** @type {HTMLButtonElement | null} */ (event.submitter));
    post(outgoing.body, outgoing.said);
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || event.key !== "Enter") return;
    if (event.shiftKey || event.isComposing || !matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    const send = /** @type {HTMLButtonElement | null} */ (field.form?.querySelector(".send"));
    field.form?.requestSubmit(send);
  });
  addEventListener("beforeunload", (event) => {
    if (unsent) event.preventDefault();
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 */
function read(form, button) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, String(value));
  const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("text"));
  if (form.id !== "answer") body.set("text", field?.value ?? "");
  if (button?.name) {
    body.append(button.name, button.value);
    const label = button.name === "choice" && form.id === "answer" ? [button.textContent ?? ""] : [];
    return { body, said: { words: "", chosen: label } };
  }
  const picked = [...document.querySelectorAll("input[name=pick]:checked")];
  const chosen = picked.map((box) => box.closest("label")?.querySelector(".card-name")?.textContent ?? "");
  const words = body.get("text") ?? "";
  if (field && words.trim()) field.value = "";
  return { body, said: { words: words.trim() ? words : "", chosen } };
}

/**
 * @param {URLSearchParams} body
 * @param {import("./pending.js").Said} said
 */
async function post(body, said) {
  unsent = true;
  const pending = showPending(said);
  for (const wait of [...WAITS_MS, null]) {
    const response = await attempt(body);
    if (response && response.status < 500) {
      unsent = false;
      await show(response);
      return;
    }
    if (wait !== null) {
      pending.waiting();
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  pending.gaveUp(() => post(body, said));
}

/** @param {URLSearchParams} body */
async function attempt(body) {
  try {
    return await fetch("/chat", { method: "POST", body, headers: { "Voorop-Fragment": "talk" } });
  } catch {
    return null;
  }
}

/** @param {Response} response */
async function show(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById("talk");
  const talk = document.getElementById("talk");
  if (!fresh || !talk || fresh.dataset.lang !== document.documentElement.lang) {
    location.assign("/chat");
    return;
  }
  const seen = lastSeq(talk);
  fresh.querySelector("#newest")?.classList.add("arriving");
  talk.replaceWith(document.adoptNode(fresh));
  syncForms(fresh);
  const onQuestion = moveFocus(fresh);
  announceNew(fresh, seen, !onQuestion);
  showNewest();
}

/** The help menu outside of the changing part sends under the new message id too. @param {HTMLElement} talk */
function syncForms(talk) {
  const id = /** @type {HTMLInputElement | null} */ (talk.querySelector("input[name=id]"))?.value;
  const help = /** @type {HTMLInputElement | null} */ (document.querySelector("#help input[name=id]"));
  if (id && help) help.value = id;
}
