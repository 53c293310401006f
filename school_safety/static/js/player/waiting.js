/** What still waits on this device, in a sentence on the pupil's first page; it goes when it has been sent. */

import { recall } from "./desk.js";
import { SUBMIT } from "./queue.js";

export async function waitingRoom(box, { queue, sender }) {
  const words = box.querySelector("[data-count]");

  const draw = async () => {
    const rows = await queue.all();
    const answers = rows.filter((row) => row.slot !== SUBMIT).length;
    box.querySelector("[data-hand-in]").hidden = answers === rows.length;
    words.textContent = answers ? words.dataset.words.replace("{n}", answers) : "";
    box.hidden = !rows.length;
  };

  for (const name of ["kept", "acknowledged", "refused"]) sender.addEventListener(name, draw);
  sender.addEventListener("submitted", ({ detail }) => {
    if (recall(detail.attempt).key) location.reload();
    else draw();
  });
  await draw();
}
