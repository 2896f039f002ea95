/**
 * What a screen reader is told: only what is new. The thread itself is not live, so nothing is read twice.
 */

const KEPT = 6;

/**
 * @param {string} words
 * @param {string} [lang]
 * @param {string} [dir]
 */
export function announce(words, lang, dir) {
  const spoken = document.getElementById("spoken");
  if (!spoken || !words.trim()) return;
  const line = document.createElement("p");
  line.textContent = words.replace(/\s+/g, " ").trim();
  if (lang) line.lang = lang;
  if (dir) line.dir = dir;
  spoken.append(line);
  while (spoken.children.length > KEPT) spoken.firstElementChild?.remove();
}

/** The highest message number on the page. @param {ParentNode} root */
export function lastSeq(root) {
  const all = [...root.querySelectorAll("[data-seq]")].map((each) => Number(each.getAttribute("data-seq")));
  return Math.max(0, ...all);
}

/**
 * Tell what the program said after message `seen`; the open question only when focus does not go there.
 * @param {HTMLElement} talk
 * @param {number} seen
 * @param {boolean} withQuestion
 */
export function announceNew(talk, seen, withQuestion) {
  const wanted = withQuestion ? ".program, #question" : ".program";
  for (const each of talk.querySelectorAll(wanted)) {
    const turn = /** @type {HTMLElement} */ (each);
    if (Number(turn.dataset.seq) <= seen) continue;
    const said = turn.matches("#question") ? turn : turn.querySelector("p");
    const calls = [...(turn.closest(".program, section.newest")?.querySelectorAll(".numbers a") ?? [])];
    announce([said, ...calls].map((part) => part?.textContent ?? "").join(". "), turn.lang, turn.dir);
  }
}
