/**
 * Sends the forms of the page without leaving it, so that what was filled in is still there when the practice cannot be
 * reached. Once it is saved the page is read again. What the practice refuses changed nothing, so the browser may send
 * it once more in its own way, and shows the page that comes with it.
 */

const PATIENCE_MS = 15_000;

/** @typedef {{ kind: "saved" | "refused" | "lost" } | { kind: "made", page: string }} Answer */

/** @param {{ stay: () => void, elsewhere: (form: HTMLFormElement) => boolean }} unsent */
export function sendKeeping(unsent) {
  const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-kept]"));
  if (!note) return;
  document.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method !== "post" || !form.closest("main")) return;
    if (form.dataset.refused) {
      delete form.dataset.refused; // this once
      return;
    }
    event.preventDefault();
    if (form.ariaBusy === "true") return; // a second click while the first is under way
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    note.hidden = true;
    form.ariaBusy = "true";
    const answer = await send(form, button);
    form.ariaBusy = null;
    if (answer.kind === "refused") {
      form.dataset.refused = "yes";
      form.requestSubmit(button);
    } else if (answer.kind === "lost") {
      tell(note, form, "kept");
      unsent.stay();
    } else if (answer.kind === "made") {
      showMade(form, answer.page);
      unsent.stay();
    } else if (unsent.elsewhere(form)) {
      settle(form);
      tell(note, form, "saved");
      unsent.stay();
    } else {
      readAgain(`${note.dataset.page}${placeOf(form)}`);
    }
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 * @returns {Promise<Answer>}
 */
async function send(form, button) {
  const fields = new FormData(form, button);
  const body = new URLSearchParams(/** @type {[string, string][]} */ ([...fields]));
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (answer.type === "opaqueredirect") return { kind: "saved" };
    if (answer.ok) return { kind: "made", page: await answer.text() };
    return { kind: answer.status < 500 ? "refused" : "lost" };
  } catch {
    return { kind: "lost" };
  }
}

/**
 * Where the page goes on after this form: at its goal, or in the part of the team's work that it stands in.
 * @param {HTMLFormElement} form
 */
function placeOf(form) {
  const part = form.dataset.part ?? form.closest(".part")?.id.replace(/-part$/, "");
  return part ? `?open=${part}#${part}` : `#${form.closest(".goal")?.id ?? ""}`;
}

/**
 * The page may stand under another address: of a form that was refused, or of signing in.
 * @param {string} address
 */
function readAgain(address) {
  const there = new URL(address, location.href);
  if (there.pathname === location.pathname && there.search === location.search) {
    history.replaceState(null, "", there);
    location.reload();
  } else {
    location.assign(there);
  }
}

/**
 * What was made is shown this once, in the place of its form; what is filled in elsewhere stays.
 * @param {HTMLFormElement} form
 * @param {string} page
 */
function showMade(form, page) {
  const made = new DOMParser().parseFromString(page, "text/html").querySelector("main");
  const shown = document.createElement("div");
  shown.className = "inside";
  shown.tabIndex = -1;
  shown.append(...(made?.childNodes ?? []));
  form.replaceWith(shown);
  shown.focus();
}

/**
 * Nothing of this form waits any more; what it sends next is something new.
 * @param {HTMLFormElement} form
 */
function settle(form) {
  form.reset();
  delete form.dataset.unsaved;
  const key = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=once]"));
  if (key) key.value = newKey();
}

/** @returns {string} 128 random bits, as the page itself makes them */
function newKey() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {HTMLElement} note
 * @param {HTMLFormElement} form
 * @param {"kept" | "saved"} what
 */
function tell(note, form, what) {
  (form.closest(".acts") ?? form).append(note);
  note.className = what === "kept" ? "problem" : "saved";
  note.textContent = "";
  note.hidden = false;
  note.textContent = note.dataset[what] ?? "";
}
