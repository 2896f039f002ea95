/** An edit that is not saved is never lost by a careless click: the browser asks before it leaves the page. */

/** @returns what a sender needs: `stay` when the page stays after all, `elsewhere` whether a text waits in another form */
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

/** @returns {HTMLTextAreaElement[]} what was typed and not sent; a text that came back with a problem counts too */
function changed() {
  return [...document.querySelectorAll("textarea")].filter(
    (field) => field.value !== field.defaultValue || field.ariaInvalid === "true",
  );
}
