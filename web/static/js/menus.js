/** Language and help open without a script (details); with one they also close again when one is done with them. */

const OPEN = "details.menu[open]";

export function closeMenus() {
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    for (const menu of document.querySelectorAll(OPEN)) {
      if (!menu.contains(target)) menu.removeAttribute("open");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(OPEN)) {
      menu.removeAttribute("open");
      menu.querySelector("summary")?.focus();
    }
  });
  document.addEventListener("submit", () => {
    for (const menu of document.querySelectorAll(OPEN)) menu.removeAttribute("open");
  });
}
