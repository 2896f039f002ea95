/**
 * j and k go from goal to goal; a accepts the goal that has the focus, d puts it up for discussion.
 * Single keys can be switched off (WCAG 2.1.4); the choice stays in this browser.
 */

const OFF = "voorop-keys-off";

export function useKeys() {
  const note = document.querySelector("[data-keys]");
  const box = /** @type {HTMLInputElement | null} */ (note?.querySelector("input") ?? null);
  if (!note || !box || !document.querySelector(".goal")) return;
  note.removeAttribute("hidden");
  box.checked = localStorage.getItem(OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = letter(event);
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "a") decide("accept");
    else if (key === "d") decide("to_discuss");
    else return;
    event.preventDefault();
  });
}

/**
 * The letter that was typed; on a keyboard of another script, the one at that place of a Latin keyboard.
 * @param {KeyboardEvent} event
 */
function letter(event) {
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.matches("input, textarea, select");
}

/** @param {1 | -1} step */
function move(step) {
  const goals = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".goal")]).filter((goal) => goal.checkVisibility());
  const now = goals.indexOf(/** @type {HTMLElement} */ (document.activeElement?.closest(".goal")));
  const next = now < 0 ? (step > 0 ? 0 : goals.length - 1) : now + step;
  goals[Math.min(Math.max(next, 0), goals.length - 1)]?.focus();
}

/** @param {string} decision */
function decide(decision) {
  const goal = document.activeElement?.closest(".goal");
  const button = /** @type {HTMLButtonElement | null} */ (goal?.querySelector(`button[value="${decision}"]`) ?? null);
  if (button?.checkVisibility()) button.click();
}
