/** Buttons that copy the words of another element; without scripts they stay hidden and the words are selected by hand. */

const BACK_MS = 4000;

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const words = button.querySelector("[data-copy-words]");
  if (!source || !navigator.clipboard) continue;
  const before = words.textContent;
  words.setAttribute("aria-live", "polite");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.trim());
    words.textContent = button.dataset.done;
    setTimeout(() => { words.textContent = before; }, BACK_MS);
  });
}
