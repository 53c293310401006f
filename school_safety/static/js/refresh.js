/** A part of the page that brings itself up to date while somebody looks at it. Without this file the page's own link
 *  does it. Nothing is replaced under the reader's focus, and the spoken sentence changes only when there is news. */

function refresh(part) {
  const every = Number(part.dataset.every) * 1000;

  const again = () => setTimeout(update, every * (0.9 + Math.random() / 5));

  async function update() {
    if (!document.hidden && !part.contains(document.activeElement) && !document.querySelector("dialog[open]")) {
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
        if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch {
        // no network for now: the time in the heading says how old the figures are
      }
    }
    again();
  }

  function replace(page) {
    const fresh = page.getElementById(part.id);
    if (!fresh) return;
    const live = part.querySelector("[data-live]");
    const words = fresh.querySelector("[data-live]");
    if (live && words) {
      if (live.textContent !== words.textContent) live.textContent = words.textContent;
      words.replaceWith(live);
    }
    part.replaceChildren(...fresh.childNodes);
  }

  again();
}

for (const part of document.querySelectorAll("[data-behaviour~='refresh']")) refresh(part);
