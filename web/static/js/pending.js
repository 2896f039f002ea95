/**
 * A message on its way, as the person sees it: their words at once, "sending", then either the page with the answer or
 * a red line with "try again". Text is only ever set as text.
 */

import { text } from "./strings.js";

/** @typedef {{ words: string, chosen: string[] }} Said */

/**
 * @param {string} tag
 * @param {string} name
 * @param {string} [words]
 */
function element(tag, name, words = "") {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = words;
  return made;
}

/** @param {Said} said */
export function showPending(said) {
  const holder = element("div", "pending");
  const mark = element("span", "mark", text("sending"));
  const under = element("p", "under");
  under.setAttribute("role", "status");
  if (said.words || said.chosen.length) {
    const turn = element("div", "turn person now sending arriving");
    const line = element("p", "said");
    line.dir = "auto";
    for (const label of said.chosen) line.append(element("span", "chosen", label));
    if (said.words) line.append(element("span", "voice", said.words));
    turn.append(line, under);
    holder.append(turn);
  } else {
    holder.append(under);
  }
  under.append(mark);
  const dots = element("p", "typing");
  dots.setAttribute("role", "img");
  dots.setAttribute("aria-label", text("typing"));
  dots.append(element("i", ""), element("i", ""), element("i", ""));
  holder.append(dots);
  document.getElementById("newest")?.after(holder);
  document.querySelectorAll("#talk button, #talk input").forEach((each) => each.setAttribute("disabled", ""));
  scrollTo(0, document.documentElement.scrollHeight);

  return {
    waiting() {
      mark.textContent = text("failed");
    },
    /** @param {() => void} again */
    gaveUp(again) {
      dots.remove();
      (holder.querySelector(".turn") ?? holder).classList.replace("sending", "failed");
      holder.classList.add("failed");
      const button = /** @type {HTMLButtonElement} */ (element("button", "button small", text("again")));
      button.type = "button";
      button.addEventListener("click", () => {
        holder.remove();
        again();
      });
      mark.textContent = text("gaveUp");
      under.append(button);
      button.focus({ preventScroll: true });
      scrollTo(0, document.documentElement.scrollHeight);
    },
  };
}
