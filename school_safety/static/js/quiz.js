/** A pupil's answers without a reload: each change is kept in this tab first, then sent with a number and a UUID.
 *  "Safe" is said only on the server's acknowledgement; what was not sent stays here and is tried again.
 *  Without this file every button of the page is a plain form post that does the same. */

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
const SLOWEST_MS = 15000;
const PATIENCE_MS = 6000;
const SETTLE_MS = 250;
const SPOKEN_MINUTES = [10, 5, 1];

/** A random id also where the page is not a secure context. */
function freshId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The tab's own note of what has not been acknowledged yet. */
class Note {
  constructor(attempt, slot) { this.key = `answer:${attempt}:${slot}`; }
  read() { try { return JSON.parse(sessionStorage.getItem(this.key)); } catch { return null; } }
  keep(save) { try { sessionStorage.setItem(this.key, JSON.stringify(save)); return true; } catch { return false; } }
  forget(uuid) { if (this.read()?.uuid === uuid) sessionStorage.removeItem(this.key); }
}

/** Shows the one sentence about where the answer is. */
function say(state) {
  for (const place of document.querySelectorAll("[data-save] [data-state]")) {
    place.hidden = !place.dataset.state.split(" ").includes(state);
  }
}

function quiz(form) {
  const { prefix, saveUrl, token, attempt, slot } = form.dataset;
  const note = new Note(attempt, slot);
  const step = document.querySelector(".trail-step[aria-current]");
  let seq = Number(form.dataset.seq);
  let pending = null;
  let sending = false;
  let stopped = false;
  let leaveTo = null;
  let wait = FIRST_WAIT_MS;
  let timer = 0;

  const fields = () => [...new FormData(form)].filter(([name]) => name.startsWith(`${prefix}-`));

  const sendIn = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds);
  };

  const tryLater = () => {
    say(note.read() ? "waiting" : "full");
    sendIn(wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };

  const acknowledged = (save, answer) => {
    note.forget(save.uuid);
    wait = FIRST_WAIT_MS;
    document.dispatchEvent(new CustomEvent("server-time", { detail: answer.remaining }));
    if (pending !== save) return;
    pending = null;
    say(answer.superseded ? "other" : answer.late ? "late" : "saved");
    if (step && answer.saved && !answer.late) step.dataset.at = "server";
    if (leaveTo) location.assign(leaveTo);
  };

  async function send() {
    if (sending || !pending || stopped) return;
    sending = true;
    const save = pending;
    try {
      const answer = await fetch(saveUrl, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token },
        body: JSON.stringify(save),
        keepalive: true,
        redirect: "error",
        signal: AbortSignal.timeout ? AbortSignal.timeout(SLOWEST_MS) : undefined,
      });
      if (answer.ok) {
        acknowledged(save, await answer.json());
      } else if (answer.status >= 500 || answer.status === 429) {
        tryLater();
      } else {
        stopped = true;
        say("refused");
      }
    } catch {
      tryLater();
    }
    sending = false;
    if (pending && pending !== save) send();
  }

  form.addEventListener("input", () => {
    seq += 1;
    pending = { uuid: freshId(), seq, fields: fields() };
    say(note.keep(pending) ? "sending" : "full");
    sendIn(SETTLE_MS);
  });
  addEventListener("online", () => { wait = FIRST_WAIT_MS; send(); });
  addEventListener("pagehide", () => { send(); });
  addEventListener("beforeunload", (event) => { if (pending && !leaveTo) event.preventDefault(); });

  form.addEventListener("submit", (event) => {
    const href = event.submitter?.dataset.href;
    if (!href || stopped) { pending = null; return; }
    event.preventDefault();
    if (!pending) { location.assign(href); return; }
    leaveTo = href;
    wait = FIRST_WAIT_MS;
    send();
    setTimeout(() => { leaveTo = null; }, PATIENCE_MS);
  });

  const left = note.read();
  if (left && left.seq > seq) {
    seq = left.seq;
    pending = left;
    leaveTo = location.href;
    say("sending");
    send();
  }
}

/** Counts the server's seconds down on a clock that nobody can set; spoken at ten, five and one minutes. */
function clock(box) {
  const words = box.querySelector("[data-clock-words]");
  const live = document.querySelector("[data-clock-live]");
  let ends = performance.now() + Number(box.dataset.remaining) * 1000;
  let last = Math.ceil(Number(box.dataset.remaining) / 60);

  const tick = () => {
    const seconds = Math.max(0, Math.round((ends - performance.now()) / 1000));
    const parts = { h: Math.floor(seconds / 3600), m: Math.floor((seconds % 3600) / 60), s: seconds };
    const shape = seconds >= 3600 ? "hours" : seconds >= 60 ? "minutes" : seconds ? "seconds" : "over";
    words.textContent = box.dataset[shape].replace(/\{([hms])\}/g, (_whole, name) => parts[name]);
    const minutes = Math.ceil(seconds / 60);
    if (minutes < last && SPOKEN_MINUTES.includes(minutes)) live.textContent = words.textContent;
    last = minutes;
    if (!seconds) document.querySelector("[data-time-up]")?.removeAttribute("hidden");
  };
  document.addEventListener("server-time", (event) => { ends = performance.now() + event.detail * 1000; tick(); });
  setInterval(tick, 1000);
}

for (const box of document.querySelectorAll("[data-behaviour~='clock']")) clock(box);
for (const form of document.querySelectorAll("form[data-behaviour~='quiz']")) quiz(form);
