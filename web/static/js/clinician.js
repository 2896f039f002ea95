/** Comforts of the clinician's visit page; everything works without them. */

import { guardUnsent } from "./clinician_unsent.js";
import { useKeys } from "./clinician_keys.js";
import { closeMenus } from "./menus.js";

closeMenus();
guardUnsent();
useKeys();
document.getElementById("problem")?.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => window.print());
}
