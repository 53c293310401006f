/** Leaving a shared device: what waits is sent if it can be, the pupil is told what cannot, nothing readable stays. */

import { clear } from "./desk.js";
import { forget } from "./offline.js";
import { SUBMIT } from "./queue.js";

const PATIENCE_MS = 2500;

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Attaches to a sign-out form; `box` is the page's dialog. */
export function leaving(form, box, { queue, sender }) {
  const part = (name) => box.querySelector(`[data-leave="${name}"]`);

  async function leave() {
    clear();
    await forget();
    try {
      await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
      location.assign(form.dataset.then);
    } catch {
      part("count").hidden = part("hand-in").hidden = part("go").hidden = true;
      part("offline").hidden = false;
      if (!box.open) box.showModal();
    }
  }

  part("go").addEventListener("click", leave);
  part("stay").addEventListener("click", () => box.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await Promise.race([sender.drain(), pause(PATIENCE_MS)]);
    const rows = (await queue.all()).filter((row) => !row.refused);
    if (!rows.length) return leave();
    const answers = rows.filter((row) => row.slot !== SUBMIT).length;
    part("count").textContent = part("count").dataset.words.replace("{n}", answers);
    part("count").hidden = !answers;
    part("hand-in").hidden = answers === rows.length;
    box.showModal();
  });
}
