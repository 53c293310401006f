/** The two sentences about where an answer is, and one reason at most. Seen at every change, read aloud only when it matters. */

const SPOKEN = new Set(["waiting", "full", "late", "other", "unseen", "needs", "refused"]);
let spoken = "";

/** Shows the words of one state; "" while a keystroke is on its way to the disk. */
export function say(state) {
  const shown = [];
  for (const place of document.querySelectorAll("[data-save] [data-state]")) {
    place.hidden = !place.dataset.state.split(" ").includes(state);
    if (!place.hidden) shown.push(place.textContent.trim());
  }
  const live = document.querySelector("[data-save-live]");
  const relief = state === "saved" && SPOKEN.has(spoken);
  const first = state === "saved" && !spoken;
  if (live && state !== spoken && (SPOKEN.has(state) || relief || first)) {
    live.textContent = shown.join(". ");
    spoken = state;
  }
}

/** Marks a step of the trail: `server`, `device`, or "" for no answer. */
export function mark(slot, place) {
  const step = document.querySelector(`.trail-step[value="${Number(slot)}"]`);
  if (!step) return;
  if (place) step.dataset.at = place;
  else delete step.dataset.at;
  const words = step.querySelector("[data-step-words]");
  if (words) words.textContent = step.closest("[data-words-server]").dataset[`words${place ? place[0].toUpperCase() + place.slice(1) : "Empty"}`];
}
