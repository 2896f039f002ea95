/**
 * A tablet of the waiting room: asks whether somebody is still there, and closes the page when nobody answers.
 * Time enough to react, and as often again as one likes (WCAG 2.2.1).
 */

const QUIET_SECONDS = 75;
const TO_REACT_SECONDS = 40;

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("idle"));
let lastSeen = Date.now();

for (const sign of ["pointerdown", "keydown", "input", "scroll"]) {
  document.addEventListener(sign, () => { if (!dialog?.open) lastSeen = Date.now(); }, { capture: true, passive: true });
}
dialog?.addEventListener("close", () => { lastSeen = Date.now(); });

function look() {
  if (!dialog) return;
  const quiet = (Date.now() - lastSeen) / 1000;
  if (quiet < QUIET_SECONDS) return;
  if (!dialog.open) dialog.showModal();
  const left = Math.ceil(QUIET_SECONDS + TO_REACT_SECONDS - quiet);
  const shown = dialog.querySelector(".seconds");
  if (shown) shown.textContent = new Intl.NumberFormat(document.documentElement.lang).format(Math.max(0, left));
  if (left <= 0) leave();
}

function leave() {
  window.clearInterval(watch);
  /** @type {HTMLFormElement} */ (dialog?.querySelector("form[method=post]")).submit();
}

const watch = window.setInterval(look, 1000);

// A page out of the browser's memory may be somebody else's: ask the server again.
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
