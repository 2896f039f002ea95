/**
 * Sends a decision without leaving the page, so that what was typed is still there when the practice cannot be reached.
 * Once it is saved the page is read again. What the practice refuses changed nothing, so the browser may send it once
 * more in its own way, and shows the page that comes with it.
 */

const PATIENCE_MS = 15_000;

/** @param {{ stay: () => void, elsewhere: (form: HTMLFormElement) => boolean }} unsent */
export function sendKeeping(unsent) {
  const note = /** @type {HTMLElement | null} */ (document.querySelector("[data-kept]"));
  if (!note) return;
  document.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.action.endsWith("/review") || form.dataset.refused) return;
    if (unsent.elsewhere(form)) return; // the browser asks before it leaves that text behind
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    note.hidden = true;
    const goal = form.closest(".goal");
    if (form.ariaBusy === "true") return; // a second click while the first is under way
    form.ariaBusy = "true";
    const answer = await send(form, button);
    form.ariaBusy = null;
    if (answer === "saved") {
      readAgain(`${note.dataset.page}#${goal?.id ?? ""}`);
    } else if (answer === "refused") {
      form.dataset.refused = "yes";
      form.requestSubmit(button);
    } else {
      tell(note, button ?? form);
      unsent.stay();
    }
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 * @returns {Promise<"saved" | "refused" | "lost">}
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
    if (answer.type === "opaqueredirect") return "saved";
    return answer.status < 500 ? "refused" : "lost";
  } catch {
    return "lost";
  }
}

/**
 * The page may stand under another address: of a decision that was refused, or of signing in.
 * @param {string} address
 */
function readAgain(address) {
  if (address.startsWith(`${location.pathname}#`)) {
    history.replaceState(null, "", address);
    location.reload();
  } else {
    location.assign(address);
  }
}

/**
 * @param {HTMLElement} note
 * @param {HTMLElement} beside
 */
function tell(note, beside) {
  beside.closest(".acts")?.append(note);
  note.textContent = "";
  note.hidden = false;
  note.textContent = note.dataset.kept ?? "";
}
