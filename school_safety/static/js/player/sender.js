/** Sends what waits on this device, of all attempts, through their write-only tokens: in batches, one tab at a time,
 *  later and later while nobody answers, never earlier than the server asked for.
 *  What happens is an event, in every tab: kept, sending, waiting, acknowledged, refused, submitted, time. */

import { SUBMIT } from "./queue.js";

const URL_OF_UPLOAD = "/learn/upload";
const MOST_ANSWERS = 20;
const MOST_CHARACTERS = 48_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const SLOWEST_MS = 15_000;
const RETURN_MS = 1500;
const FINAL = new Set([400, 403, 404, 413, 422]);
const TOLD = "answer_fixed"; // the pupil chose to see the solution: nothing is left to rescue
const DIVISIBLE = new Set([400, 413, 422]);

/** Not now. `answered`: a server was there and said so, perhaps for how long. */
class Later extends Error {
  constructor(answered = false, seconds = 0) {
    super("later");
    this.answered = answered;
    this.milliseconds = seconds * 1000;
  }
}

/** Seconds of a Retry-After header: a number or a date; 0 without one. */
function secondsOf(header) {
  if (!header) return 0;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Math.min(Math.max(seconds || 0, 0), 3600);
}

async function post(body, keepalive = false) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), SLOWEST_MS);
  try {
    return await fetch(URL_OF_UPLOAD, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      redirect: "error",
      signal: patience.signal,
      keepalive,
    });
  } finally {
    clearTimeout(timer);
  }
}

const lineOf = ({ slot, uuid, seq, sealed }) => ({ slot, uuid, seq, sealed });

function bodyOf(rows, submit) {
  const { attempt, token } = submit ?? rows[0];
  return { attempt, token, answers: rows.map(lineOf), ...(submit && { submit: submit.sealed }) };
}

/** One upload; `{lines, submitted, remaining}`, or `{refused: status}` when the server will never take it. Throws Later. */
export async function upload(rows, submit) {
  let answer;
  let said;
  try {
    answer = await post(bodyOf(rows, submit));
    if (!answer.ok) {
      if (FINAL.has(answer.status)) return { refused: answer.status };
      throw new Later(true, secondsOf(answer.headers.get("Retry-After")));
    }
    said = await answer.json();
  } catch (error) {
    throw error instanceof Later ? error : new Later();
  }
  if (!Array.isArray(said?.answers)) throw new Later();
  return { lines: new Map(said.answers.map((line) => [line.uuid, line])), submitted: said.submitted, remaining: said.remaining };
}

/** The rows in batches that the server takes in one piece. */
export function* batches(rows) {
  let batch = [];
  let characters = 0;
  for (const row of rows) {
    if (batch.length && (batch.length === MOST_ANSWERS || characters + row.sealed.length > MOST_CHARACTERS)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(row);
    characters += row.sealed.length;
  }
  yield batch;
}

export class Sender extends EventTarget {
  #wait = FIRST_WAIT_MS;
  #notBefore = 0;
  #timer = 0;
  #running = null;
  #more = false;
  #channel = globalThis.BroadcastChannel ? new BroadcastChannel("answers") : null;

  constructor(queue) {
    super();
    this.queue = queue;
    this.#channel?.addEventListener("message", ({ data }) => this.#tell(data.type, { ...data.detail, elsewhere: true }));
    addEventListener("online", () => this.#back());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#back(); });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** An event here and in the other tabs. */
  say(type, detail = {}) {
    this.#tell(type, detail);
    this.#channel?.postMessage({ type, detail });
  }

  /** Sends after so many milliseconds, and a bit: a class does not knock all at once. */
  soon(milliseconds) {
    clearTimeout(this.#timer);
    const pause = Math.max(milliseconds * (1 + Math.random() / 2), this.#notBefore - performance.now());
    this.#timer = setTimeout(() => this.drain(), pause);
  }

  #back() {
    this.#wait = FIRST_WAIT_MS;
    this.soon(Math.random() * RETURN_MS);
  }

  /** Sends everything there is now; resolves when it is done or has to wait. */
  drain() {
    if (this.#running) {
      this.#more = true;
      return this.#running;
    }
    this.#running = this.#alone().finally(() => {
      this.#running = null;
      if (this.#more) this.soon(0);
      this.#more = false;
    });
    return this.#running;
  }

  async #alone() {
    if (performance.now() < this.#notBefore) return this.soon(0);
    if (!navigator.locks) return this.#everything();
    return navigator.locks.request("answers", { ifAvailable: true }, (lock) => (lock ? this.#everything() : this.soon(FIRST_WAIT_MS)));
  }

  async #everything() {
    const groups = new Map();
    for (const row of await this.queue.all()) {
      if (row.refused) continue;
      if (!groups.has(row.attempt)) groups.set(row.attempt, []);
      groups.get(row.attempt).push(row);
    }
    try {
      for (const rows of groups.values()) await this.#attempt(rows);
      this.#wait = FIRST_WAIT_MS;
    } catch (error) {
      if (!(error instanceof Later)) throw error;
      this.say("waiting", { answered: error.answered });
      this.#notBefore = error.milliseconds ? performance.now() + error.milliseconds : 0;
      this.soon(Math.max(this.#wait, error.milliseconds));
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    }
  }

  async #attempt(rows) {
    const submit = rows.find((row) => row.slot === SUBMIT);
    const answers = rows.filter((row) => row.slot !== SUBMIT).sort((one, other) => one.slot - other.slot);
    const parts = [...batches(answers)];
    for (const [place, part] of parts.entries()) await this.#send(part, place === parts.length - 1 ? submit : undefined);
  }

  async #send(rows, submit) {
    const said = await upload(rows, submit);
    const { attempt } = submit ?? rows[0];
    if (DIVISIBLE.has(said.refused) && rows.length + (submit ? 1 : 0) > 1) {
      for (const row of rows) await this.#send([row]);
      if (submit) await this.#send([], submit);
      return;
    }
    for (const row of rows) await this.#answered(row, said.refused ? { error: String(said.refused) } : said.lines.get(row.uuid));
    if (!said.refused) this.say("time", { attempt, remaining: said.remaining });
    if (!submit) return;
    if (said.submitted) {
      await this.queue.forget(submit);
      this.say("submitted", { attempt });
    } else {
      await this.#answered(submit, { error: String(said.refused ?? "not_submitted") });
    }
  }

  async #answered(row, line) {
    const { attempt, slot, uuid, seq } = row;
    if (line?.ack) {
      await this.queue.forget(row);
      this.say("acknowledged", { attempt, slot, uuid, seq, superseded: line.superseded, late: line.late });
    } else if (line?.error) {
      if (line.error === TOLD) await this.queue.forget(row);
      else await this.queue.refuse(row, line.error);
      this.say("refused", { attempt, slot, uuid, code: line.error });
    } else {
      throw new Later();
    }
  }

  /** The last word of a page that is going: sent without waiting; the row stays until the next page hears the answer. */
  part(row) {
    if (row && performance.now() >= this.#notBefore) post(bodyOf([row]), true).catch(() => {});
  }
}
