/** One item at work: each change goes to this device first, then to the server, and the page says where it is.
 *  "Safe" is said only on the server's acknowledgement of the very change that stands on the screen. */

import { answerOf, noteAnswer, recall, remember } from "./desk.js";
import { fill, read } from "./form.js";
import { returnWhen } from "./returning.js";
import { answerLabel, canSeal, freshId, openKey, seal, unseal } from "./seal.js";
import { mark, say } from "./words.js";

const CHOICE_MS = 250;
const TYPING_MS = 1200;
const PATIENCE_MS = 6000;
const RELOADS = "reloaded";

const isTyped = (field) => field.matches?.("textarea, input[type=text], input:not([type])");

export class Quiz {
  constructor(form, { queue, sender }) {
    Object.assign(this, { form, queue, sender });
    const { attempt, slot, prefix, seq } = form.dataset;
    Object.assign(this, { attempt, slot: Number(slot), prefix, seq: Number(seq), kept: "kept" in form.dataset });
    this.row = null; // the newest row of this page that has not been acknowledged
    this.stored = true; // whether that row is on the disk
    this.work = null; // the keeping under way
    this.changed = false;
  }

  async start() {
    const { key, token, until } = recall(this.attempt);
    if (!key || !canSeal) return false;
    Object.assign(this, { token, until, key: await openKey(key) });
    this.listen();
    if ("touched" in this.form.dataset) this.change();
    else await this.restore();
    await this.trail();
    return true;
  }

  fields() {
    return read(this.form, this.prefix);
  }

  /** The fields of a sealed answer of this item, or nothing when there is none that this key opens. */
  async open(answer) {
    const opened = answer?.sealed && (await unseal(this.key, answerLabel(this.attempt, { ...answer, slot: this.slot }), answer.sealed));
    return opened?.fields;
  }

  /** What stands in the form as an answer with this number, sealed. */
  async sealed(seq) {
    const answer = { slot: this.slot, seq, uuid: freshId() };
    return { ...answer, sealed: await seal(this.key, answerLabel(this.attempt, answer), { fields: this.fields() }) };
  }

  /** Notes an answer for this tab, unless it knows a newer one. */
  note({ seq, uuid, sealed }, safe = false) {
    if (!(answerOf(this.attempt, this.slot)?.seq > seq)) noteAnswer(this.attempt, this.slot, { seq, uuid, sealed, safe });
  }

  // ---- What was typed before ----

  /** Shows the newest answer there is of this item: the server's, this tab's, or the one that still waits. */
  async restore() {
    const row = await this.queue.get(this.attempt, this.slot);
    const waiting = await this.open(row);
    const own = answerOf(this.attempt, this.slot);
    if (this.work) return; // somebody was quicker: what has just been chosen is newer than all of this
    if (waiting && row.seq > this.seq) {
      this.row = row;
      this.seq = row.seq;
      this.show(waiting);
      say(row.refused ? "refused" : "sending");
      this.sender.soon(0);
    } else if (own && own.seq > this.seq) {
      this.seq = own.seq;
      const fields = await this.open(own);
      if (this.work) return;
      if (!fields) return say("unseen");
      this.show(fields);
      if (own.safe) say("saved");
      else this.change();
    } else if (!this.kept && this.seq) {
      this.note(await this.sealed(this.seq), true);
      if (row && !row.refused && row.seq < this.seq) say("other");
    }
  }

  /** Puts an answer into the form; where only the server can draw it, it is sent first and the page comes again. */
  show(fields) {
    if (fill(this.form, this.prefix, fields)) return;
    const name = `${RELOADS}:${this.attempt}:${this.slot}:${this.seq}`;
    if (this.kept || recall(this.attempt)[RELOADS] === name) return;
    this.again = () => {
      remember(this.attempt, { [RELOADS]: name });
      location.reload();
    };
  }

  async trail() {
    for (const [slot, answer] of Object.entries(recall(this.attempt).answers ?? {})) if (answer.safe) mark(slot, "server");
    for (const row of await this.queue.all()) if (row.attempt === this.attempt && row.slot) mark(row.slot, "device");
  }

  // ---- Keeping ----

  listen() {
    this.form.addEventListener("input", (event) => this.change(isTyped(event.target) ? TYPING_MS : CHOICE_MS));
    this.form.addEventListener("submit", (event) => this.press(event));
    addEventListener("beforeunload", (event) => { if (!this.leaving && (this.work || !this.stored)) event.preventDefault(); });
    addEventListener("pagehide", () => { if (!this.leaving && !this.row?.refused) this.sender.part(this.row); });
    this.sender.addEventListener("kept", ({ detail }) => this.elsewhere(detail));
    this.sender.addEventListener("acknowledged", ({ detail }) => this.acknowledged(detail));
    this.sender.addEventListener("refused", ({ detail }) => this.refused(detail));
    this.sender.addEventListener("waiting", () => { if (this.row && !this.row.refused) say(this.stored ? "waiting" : "full"); });
  }

  change(pause = CHOICE_MS) {
    this.changed = true;
    this.pause = pause;
    say("");
    this.work ??= this.keep().finally(() => { this.work = null; });
  }

  async keep() {
    while (this.changed) {
      this.changed = false;
      const seq = (this.seq = await this.queue.number(this.attempt, this.slot, this.seq));
      const { attempt, token, until } = this;
      const row = { attempt, token, until, at: Date.now(), ...(await this.sealed(seq)) };
      this.note(row);
      this.stored = await this.queue.put(row);
      this.row = row;
    }
    say(this.stored ? "sending" : "full");
    mark(this.slot, this.stored ? "device" : "");
    this.sender.say("kept", { attempt: this.attempt, slot: this.slot, seq: this.seq });
    this.sender.soon(this.pause);
  }

  // ---- What the server, and other tabs, say ----

  acknowledged({ attempt, slot, uuid, seq, superseded, late }) {
    if (attempt !== this.attempt) return;
    const own = answerOf(attempt, slot);
    if (superseded) noteAnswer(attempt, slot, null);
    else if (own?.seq === seq) noteAnswer(attempt, slot, { ...own, safe: !late });
    if (this.row?.uuid !== uuid && slot === this.slot) return;
    mark(slot, superseded || late ? "" : "server");
    if (slot !== this.slot) return;
    this.row = null;
    this.stored = true;
    if (this.changed || this.work) return;
    say(superseded ? "other" : late ? "late" : "saved");
    this.onward?.();
    this.again?.();
  }

  refused({ attempt, uuid, code }) {
    if (attempt !== this.attempt || this.row?.uuid !== uuid) return;
    this.row = { ...this.row, refused: code };
    say("refused");
  }

  /** Another tab of this device has a newer answer: it is shown here, and said. */
  async elsewhere({ attempt, slot, seq, elsewhere }) {
    if (!elsewhere || attempt !== this.attempt) return;
    if (slot !== this.slot) return mark(slot, "device");
    if (seq <= this.seq) return;
    const row = await this.queue.get(attempt, slot);
    const waiting = await this.open(row);
    this.seq = seq;
    this.row = row;
    if (!waiting) return say("other");
    this.note(row);
    fill(this.form, this.prefix, waiting);
    say("sending");
    document.querySelector("[data-other-tab]")?.removeAttribute("hidden");
  }

  // ---- Leaving the item ----

  /** A button of the page: another item at once, since the answer is on this device; what only the server can do, after it has the answer. */
  async press(event) {
    const button = event.submitter;
    if (this.posting) return;
    event.preventDefault();
    await this.work;
    const go = () => {
      this.leaving = true;
      if (button?.dataset.href) return location.assign(button.dataset.href);
      this.posting = true;
      this.form.requestSubmit(button);
    };
    if (!button?.dataset.href && !navigator.onLine) return say("needs");
    const waits = this.row && !this.row.refused;
    if (!waits || (this.stored && button?.dataset.href)) return go();
    this.onward = go;
    this.sender.drain();
    setTimeout(() => { this.onward = null; }, PATIENCE_MS);
  }
}

/** An item that came from this device's own copy, in a tab that has lost the key: locked, and said, until there is a network. */
export function lock(form) {
  const notice = document.querySelector("[data-locked]");
  if (notice) notice.hidden = false;
  say("");
  form.inert = true;
  returnWhen(async (answer) => answer.ok && (await answer.text()).includes("data-key="));
}
