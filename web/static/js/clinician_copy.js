/** Copies the visit as text. Without a clipboard the link leads to the text itself, to be copied by hand. */

export function copyAsText() {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-copy]"));
  const status = document.querySelector("[data-copy-status]");
  if (!link || !status || !navigator.clipboard) return;
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      if (!answer.ok || answer.redirected) throw new Error("not there");
      await navigator.clipboard.writeText(await answer.text());
      const name = link.textContent;
      link.textContent = status.textContent = link.dataset.copied ?? "";
      setTimeout(() => (link.textContent = name), 3000);
    } catch {
      location.assign(link.href);
    }
  });
}
