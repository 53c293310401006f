/** Handing in: asked once, kept on this device like an answer, done when the server says so, and then the receipt. */

import { recall } from "./desk.js";
import { SUBMIT } from "./queue.js";
import { canSeal, freshId, openKey, seal, submitLabel } from "./seal.js";
import { say } from "./words.js";

export class Handing {
  constructor(box, { queue, sender }) {
    Object.assign(this, { box, queue, sender, attempt: box.dataset.attempt });
  }

  async start() {
    const { key, token, until, answers } = recall(this.attempt);
    if (!key || !canSeal) return false;
    Object.assign(this, { key: await openKey(key), token, until, answers: answers ?? {} });
    this.box.querySelector("form").addEventListener("submit", (event) => this.ask(event));
    this.box.querySelector("[data-take-back]").addEventListener("click", () => this.takeBack());
    for (const name of ["kept", "acknowledged", "refused", "time"]) this.sender.addEventListener(name, () => this.draw());
    this.sender.addEventListener("waiting", () => this.draw({ waiting: true }));
    this.sender.addEventListener("submitted", ({ detail }) => {
      if (detail.attempt === this.attempt) location.assign(this.box.dataset.receipt);
    });
    await this.draw();
    this.sender.soon(0);
    return true;
  }

  /** What is empty, what waits on this device, whether handing in waits too. */
  async draw({ waiting = false } = {}) {
    const rows = (await this.queue.all()).filter((row) => row.attempt === this.attempt);
    const unsent = new Set(rows.filter((row) => row.slot !== SUBMIT).map((row) => String(row.slot)));
    const { answers = {} } = recall(this.attempt);
    const part = (name) => this.box.querySelector(`[data-${name}]`);
    const show = (name, test) => {
      let count = 0;
      for (const line of part(name).querySelectorAll("[data-slot]")) {
        line.hidden = !test(line.dataset.slot, line);
        if (!line.hidden) count += 1;
      }
      part(name).hidden = !count;
      return count;
    };
    const empties = show("empty", (slot, line) => "none" in line.dataset && !unsent.has(slot) && !answers[slot]?.safe);
    const waits = show("unsent", (slot) => unsent.has(slot));
    part("all-safe").hidden = Boolean(empties || waits);
    const asked = rows.find((row) => row.slot === SUBMIT);
    part("not-yet").hidden = !(asked && (waiting || asked.refused || !part("not-yet").hidden));
    part("refused-submit").hidden = !asked?.refused;
    if (asked) say(asked.refused ? "refused" : waiting ? "waiting" : "sending");
    else say(waits ? "sending" : "");
    part("button").disabled = Boolean(asked && !asked.refused);
  }

  async ask(event) {
    event.preventDefault();
    const { attempt, token, until } = this;
    const sealed = await seal(this.key, submitLabel(attempt), {});
    await this.queue.put({ attempt, slot: SUBMIT, seq: 0, uuid: freshId(), token, until, at: Date.now(), sealed });
    await this.draw();
    this.sender.drain();
  }

  /** Not handed in after all: possible for as long as it has not been sent. */
  async takeBack() {
    const asked = await this.queue.get(this.attempt, SUBMIT);
    if (asked) await this.queue.forget(asked);
    this.box.querySelector("[data-not-yet]").hidden = true;
    await this.draw();
  }
}
