/** Leaving a shared device: what waits is sent if it can be, the pupil is told what cannot, nothing readable stays.
 *  Without a network the page is emptied at once and the session ends as soon as the server can be reached. */

import { clear } from "./desk.js";
import { forget } from "./offline.js";
import { SUBMIT } from "./queue.js";

const PATIENCE_MS = 2500;
const AGAIN_MS = 4000;
const OWED = "leaving";

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

/** Whether somebody has left this device without a network, so that the server does not know it yet. */
export function isOwed() {
  try {
    return localStorage.getItem(OWED) !== null;
  } catch {
    return false;
  }
}

function owe() {
  try {
    localStorage.setItem(OWED, "");
  } catch {
    // the open page alone remembers it
  }
}

/** Nobody is signed in here any more, or somebody else is about to be. */
export function settle() {
  try {
    localStorage.removeItem(OWED);
  } catch {
    // nothing was remembered
  }
}

/** Attaches to a sign-out form; `box` is the page's dialog. Resolves when nobody needs to leave first. */
export async function leaving(form, box, { queue, sender }) {
  const part = (name) => box.querySelector(`[data-leave="${name}"]`);

  /** Ends the session on the server; false when it cannot be reached. */
  const end = async (body) => {
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
      if (answer.status >= 500) return false;
    } catch {
      return false;
    }
    settle();
    location.assign(form.dataset.then);
    return true;
  };

  async function leave() {
    const body = new FormData(form);
    clear();
    await forget();
    if (await end(body)) return;
    owe();
    for (const shown of document.querySelectorAll(".topbar, .tabbar, main")) shown.replaceChildren();
    part("go").hidden = part("stay").hidden = true;
    part("offline").hidden = false;
    if (!box.open) box.showModal();
    box.addEventListener("cancel", (event) => event.preventDefault());
    do await Promise.race([pause(AGAIN_MS * (1 + Math.random())), new Promise((resolve) => { addEventListener("online", resolve, { once: true }); })]);
    while (!(await end(body)));
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
  if (isOwed()) await leave();
}
