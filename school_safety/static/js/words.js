/** How many words a text has: shown while writing, read out when asked for. Without this file the server counts what was saved. */

/** Words as the server counts them: what stands between spaces and has a letter or a digit. */
function count(text) {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function words(box) {
  const field = box.querySelector("textarea");
  const button = box.querySelector("[data-words-say]");
  const { said, shown, least, most } = box.dataset;
  const fill = (sentence) => sentence
    .replace("{count}", count(field.value)).replace("{least}", least).replace("{most}", most);
  const show = () => { box.querySelector("[data-words-shown]").textContent = fill(shown); };
  button.hidden = false;
  button.addEventListener("click", () => { box.querySelector("[data-words-said]").textContent = fill(said); });
  field.addEventListener("input", show);
  field.form?.addEventListener("filled", show);
  field.form?.addEventListener("filled", show);
  show();
}

for (const box of document.querySelectorAll("[data-behaviour~='words']")) words(box);
