/** What is filled in and not saved is never lost by a careless click: the browser asks before it leaves the page. */

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** @returns what a sender needs: `stay` when the page stays after all, `elsewhere` whether something waits in another form */
export function guardUnsent() {
  let sending = false;
  const stay = () => {
    sending = false;
  };
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    sending = changed().every((field) => field.form === form);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && changed().length) event.preventDefault();
  });
  // Coming back through the history starts anew.
  window.addEventListener("pageshow", stay);
  /** @param {HTMLFormElement} form */
  const elsewhere = (form) => changed().some((field) => field.form !== form);
  return { stay, elsewhere };
}

/** @returns {Field[]} what was filled in and not sent; a form that came back with a problem counts too */
function changed() {
  const fields = /** @type {NodeListOf<Field>} */ (document.querySelectorAll("main form :is(textarea, input, select)"));
  return [...fields].filter(
    (field) => field.form?.dataset.unsaved !== undefined || field.ariaInvalid === "true" || isChanged(field),
  );
}

/** @param {Field} field */
function isChanged(field) {
  if (field instanceof HTMLSelectElement) {
    const first = Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
    return field.selectedIndex !== first;
  }
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
    return field.checked !== field.defaultChecked;
  }
  return field.value !== field.defaultValue;
}
