/** Buttons that copy the words of another element. A button alone is hidden without scripts; one in a form sends it then,
 * so that what was taken is logged either way. */

const BACK_MS = 4000;

/** Says for a while what became of it. */
function tell(words, text) {
  const before = words.dataset.before ?? words.textContent;
  words.dataset.before = before;
  words.textContent = text;
  setTimeout(() => { words.textContent = before; }, BACK_MS);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const words = button.querySelector("[data-copy-words]");
  if (!source || !navigator.clipboard) continue;
  words.setAttribute("aria-live", "polite");
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.trim());
    tell(words, button.dataset.done);
  });
}

for (const form of document.querySelectorAll("[data-copy-form]")) {
  const source = document.getElementById(form.dataset.copyForm);
  const button = form.querySelector("button");
  if (!source || !navigator.clipboard) continue;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
    } catch {
      form.submit();
      return;
    }
    const sent = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
    const logged = await fetch(form.action, sent).then((answer) => answer.ok, () => false);
    tell(button.querySelector("[data-copy-words]"), logged ? button.dataset.done : button.dataset.unlogged);
  });
}
