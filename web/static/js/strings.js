/** Texts for scripts, already in the person's language: the page carries them as data attributes. */

/** @param {string} name */
export function text(name) {
  const store = /** @type {HTMLElement | null} */ (document.getElementById("strings"));
  return store?.dataset[name] ?? "";
}
