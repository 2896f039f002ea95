/** At most three picture cards: the fourth is given back, and it is said why. */

import { announce } from "./announce.js";
import { text } from "./strings.js";

export function limitCards() {
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== "pick") return;
    const cards = /** @type {HTMLElement | null} */ (box.closest(".cards"));
    const most = Number(cards?.dataset.most ?? 3);
    const chosen = cards?.querySelectorAll("input:checked").length ?? 0;
    const hint = cards?.querySelector("legend");
    if (chosen > most) {
      box.checked = false;
      announce(text("tooMany"));
    }
    hint?.classList.toggle("full", chosen >= most);
  });
}
