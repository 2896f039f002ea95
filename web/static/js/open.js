/**
 * The door: a link carries its token after the `#`, where no server or log sees it. It is exchanged once for a cookie,
 * taken out of the address, and the conversation opens.
 */

const place = document.querySelector("[data-open]");
const problem = document.getElementById("problem");

/** @param {string | undefined} text */
function say(text) {
  if (place) place.textContent = text ?? "";
}

/** @param {string | undefined} text */
function complain(text) {
  say("");
  if (!problem) return;
  problem.textContent = text ?? "";
  problem.hidden = false;
}

/** @param {string} token */
async function exchange(token) {
  say(place?.dataset.opening);
  let response;
  try {
    response = await fetch("/api/chat/open", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
      body: JSON.stringify({ token }),
    });
  } catch {
    history.replaceState(null, "", `${location.pathname}${location.search}#${token}`); // the link still works later
    complain(place?.dataset.offline);
    return;
  }
  if (response.ok) {
    location.replace("/chat");
    return;
  }
  const body = await response.json().catch(() => null);
  complain(body?.error?.message ?? place?.dataset.offline);
}

function openFromFragment() {
  const token = decodeURIComponent(location.hash.slice(1));
  if (!token || token === "main") return;
  history.replaceState(null, "", location.pathname + location.search);
  exchange(token);
}

addEventListener("hashchange", openFromFragment);
openFromFragment();
