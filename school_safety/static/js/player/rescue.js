/** What still waits on this device, for anybody who holds it: counts and dates, sending, a sealed file to take away,
 *  and such a file brought in. Words about the class only in the tab that has the key; never an answer. */

import { recall } from "./desk.js";
import { copied } from "./offline.js";
import { KEPT_MS, Queue, SUBMIT } from "./queue.js";
import { returnWhen } from "./returning.js";
import { Sender, batches, upload } from "./sender.js";

const FORMAT = "school-safety-answers/1";
const FIELDS = ["attempt", "slot", "uuid", "seq", "token", "sealed"];
const PAUSE_MS = 400;
const SHAPE = { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" };
const standsIn = location.pathname !== "/rescue"; // for a page that needs a network

const moment = (milliseconds) => new Date(milliseconds).toLocaleString(document.documentElement.lang === "vi" ? "vi-VN" : "en-GB", SHAPE);

/** The rows by attempt. */
function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.attempt, [...(groups.get(row.attempt) ?? []), row]);
  return groups;
}

/** The rows of a sealed file, or null when it is something else. */
function readFile(text) {
  try {
    const { format, rows } = JSON.parse(text);
    const sound = (row) => FIELDS.every((name) => typeof row[name] === (name === "slot" || name === "seq" ? "number" : "string"));
    return format === FORMAT && Array.isArray(rows) && rows.every(sound) ? rows : null;
  } catch {
    return null;
  }
}

class Rescue {
  constructor(box, queue) {
    Object.assign(this, { box, queue, sender: new Sender(queue) });
    this.words = box.querySelector("[data-words]").dataset;
    for (const name of ["acknowledged", "refused", "submitted", "kept"]) this.sender.addEventListener(name, () => this.draw());
    this.part("send").addEventListener("click", () => this.send());
    this.part("save").addEventListener("click", () => this.save());
    box.querySelector("input[type=file]").addEventListener("change", (event) => this.bring(event.target));
    for (const name of ["online", "offline"]) addEventListener(name, () => this.draw());
    this.part("stands-in").hidden = !standsIn;
    this.part("again").addEventListener("click", () => location.reload());
  }

  part(name, root = this.box) {
    return root.querySelector(`[data-${name}]`);
  }

  say(...sentences) {
    this.part("live").textContent = sentences.join(" ");
  }

  async draw() {
    const groups = grouped(await this.queue.all());
    const open = await copied();
    for (const attempt of open) if (recall(attempt).key && !groups.has(attempt)) groups.set(attempt, []);
    const lines = [...groups].map(([attempt, rows]) => this.line(attempt, rows, open.has(attempt)));
    this.part("list").replaceChildren(...lines);
    const waits = [...groups.values()].some((rows) => rows.length);
    this.part("waiting").hidden = !lines.length;
    this.part("send").hidden = this.part("save").hidden = !waits;
    this.part("nothing").hidden = waits;
    this.part("offline").hidden = navigator.onLine && !standsIn;
  }

  line(attempt, rows, open) {
    const line = this.part("line").content.cloneNode(true);
    const { title, who } = recall(attempt);
    const answers = rows.filter((row) => row.slot !== SUBMIT);
    this.part("title", line).textContent = title ? [title, who?.place].filter(Boolean).join(", ") : this.words.unnamed;
    this.part("answers", line).textContent = this.words.answers.replace("{n}", answers.length);
    if (rows.length) {
      const last = Math.max(...rows.map((row) => row.until)) + KEPT_MS;
      const when = this.words.when.replace("{moment}", moment(Math.max(...rows.map((row) => row.at))));
      this.part("when", line).textContent = when.replace("{last}", moment(last));
    }
    this.part("submit", line).hidden = answers.length === rows.length;
    this.part("refused", line).hidden = !rows.some((row) => row.refused);
    this.part("go", line).hidden = !(open && title);
    this.part("go", line).href = `/learn/attempts/${attempt}`;
    return line;
  }

  async send() {
    this.say(this.words.sending);
    for (const row of await this.queue.all()) if (row.refused) await this.queue.put({ ...row, refused: undefined });
    await this.sender.drain();
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    const left = (await this.queue.all()).length;
    this.say(left ? this.words.unsent : this.words.sent);
  }

  async save() {
    const rows = (await this.queue.all()).map((row) => Object.fromEntries(FIELDS.map((name) => [name, row[name]])));
    const file = new Blob([JSON.stringify({ format: FORMAT, rows })], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `cau-tra-loi-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** Sends what a file holds through the same door; nothing of it is kept here. */
  async bring(field) {
    const rows = field.files[0] && readFile(await field.files[0].text());
    if (!rows) return this.say(this.words.wrong);
    this.say(this.words.sending);
    let taken = 0;
    try {
      for (const group of grouped(rows).values()) taken += await this.bringOne(group);
    } catch {
      return this.say(this.words.unsent);
    }
    const answers = rows.filter((row) => row.slot !== SUBMIT).length;
    const left = answers - taken;
    this.say(this.words.taken.replace("{n}", taken), left ? this.words.left.replace("{n}", left) : "");
    field.value = "";
  }

  /** How many answers of one attempt the server acknowledged; the wish to hand in goes last. */
  async bringOne(rows) {
    const submit = rows.find((row) => row.slot === SUBMIT);
    const parts = [...batches(rows.filter((row) => row.slot !== SUBMIT))];
    let taken = 0;
    for (const [place, part] of parts.entries()) {
      const said = await upload(part, place === parts.length - 1 ? submit : undefined);
      taken += [...(said.lines?.values() ?? [])].filter((line) => line.ack).length;
    }
    return taken;
  }
}

for (const box of document.querySelectorAll("[data-behaviour~='rescue']")) {
  const rescue = new Rescue(box, await Queue.open());
  await rescue.draw();
  if (standsIn) returnWhen((answer) => answer.status < 500); // a redirect counts: its status is 0 here
}
