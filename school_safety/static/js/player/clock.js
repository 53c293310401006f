/** The server's seconds, counted down on a clock that nobody can set; spoken at ten, five and one minutes. */

import { recall, remember } from "./desk.js";

const SPOKEN_MINUTES = [10, 5, 1];

/** Milliseconds on a clock that goes on from page to page of one browser, whatever the device's date says. */
const now = () => performance.timeOrigin + performance.now();

export function clock(box, sender) {
  const { attempt } = box.dataset;
  const words = box.querySelector("[data-clock-words]");
  const live = document.querySelector("[data-clock-live]");
  let ends = box.dataset.remaining ? now() + Number(box.dataset.remaining) * 1000 : recall(attempt).ends;
  if (!ends) return;
  let last = Math.ceil((ends - now()) / 60_000);

  const tick = () => {
    const seconds = Math.max(0, Math.round((ends - now()) / 1000));
    const parts = { h: Math.floor(seconds / 3600), m: Math.floor((seconds % 3600) / 60), s: seconds };
    const shape = seconds >= 3600 ? "hours" : seconds >= 60 ? "minutes" : seconds ? "seconds" : "over";
    words.textContent = box.dataset[shape].replace(/\{([hms])\}/g, (_whole, name) => parts[name]);
    const minutes = Math.ceil(seconds / 60);
    if (minutes < last && SPOKEN_MINUTES.includes(minutes)) live.textContent = words.textContent;
    last = minutes;
    document.querySelector("[data-time-up]")?.toggleAttribute("hidden", seconds > 0);
  };
  const set = (remaining) => {
    ends = now() + remaining * 1000;
    remember(attempt, { ends });
    tick();
  };
  if (box.dataset.remaining) set(Number(box.dataset.remaining));
  else tick();
  sender.addEventListener("time", ({ detail }) => { if (detail.attempt === attempt && !detail.elsewhere) set(detail.remaining); });
  setInterval(tick, 1000);
}
