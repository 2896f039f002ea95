/**
 * Where focus and view go after a message: to the question when there is something to choose or a screen keyboard
 * would cover it, else to the field, ready to type.
 */

const TYPES = matchMedia("(pointer: fine)");

/**
 * Bring the open question into view with the field below it; a long one from its beginning.
 * Before the first answer the page stays at its top: what this is and who reads it comes first.
 */
export function showNewest() {
  const newest = document.getElementById("newest");
  if (!newest || !document.querySelector(".turn.person")) return;
  if (newest.offsetHeight > innerHeight * 0.55) newest.scrollIntoView({ block: "start" });
  else scrollTo(0, document.documentElement.scrollHeight);
}

/**
 * @param {HTMLElement} talk
 * @returns {boolean} whether focus went to the question itself
 */
export function moveFocus(talk) {
  const field = /** @type {HTMLTextAreaElement | null} */ (talk.querySelector("#text"));
  const question = /** @type {HTMLElement | null} */ (talk.querySelector("#question"));
  const problem = talk.querySelector("#problem:not([hidden])");
  if (field && problem) {
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    return false;
  }
  const offers = talk.querySelector("#newest :is(button, input)");
  if (field && !offers && TYPES.matches && talk.dataset.state === "open") {
    field.focus({ preventScroll: true });
    return false;
  }
  question?.focus({ preventScroll: true });
  return question !== null;
}
