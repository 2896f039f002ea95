/** Comforts of the clinician's visit page; everything works without them. */

import { copyAsText } from "./clinician_copy.js";
import { useKeys } from "./clinician_keys.js";
import { sendKeeping } from "./clinician_send.js";
import { guardUnsent } from "./clinician_unsent.js";
import { closeMenus } from "./menus.js";

closeMenus();
sendKeeping(guardUnsent());
copyAsText();
useKeys();
document.getElementById("problem")?.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.removeAttribute("hidden");
  button.addEventListener("click", () => window.print());
}
