/** The service worker: pages come from the network first, from the attempt's own copy when there is none.
 *  It keeps nothing; the pages do (player/offline.js). A new version waits until a page says that no attempt is open.
 *  Where the browser can (Background Sync), it sends what waits with no page open, as player/sender.js does. */

const PATIENCE_MS = 3000;
const RETURN_MS = 1500;
const BATCH = 5;
const SUBMIT = 0;
const pages = globalThis.BroadcastChannel ? new BroadcastChannel("answers") : null;
const COPIED = /^(\/rescue|\/learn\/attempts\/[^/]+(\/items\/\d+|\/submit)?)$/;
const UPLOAD = "/learn/upload";
const DOORS = new Set(["/sign-in", "/sign-out", "/k"]);
const BUSY = new Set([500, 502, 503, 504]);

addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", ({ data }) => { if (data === "renew") skipWaiting(); });
addEventListener("sync", (event) => event.waitUntil(sendAlone()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method !== "GET") {
    if (DOORS.has(pathname)) event.waitUntil(wipe());
    if (pathname === UPLOAD) event.respondWith(fetch(request)); // the last word of a page that is gone by now
  } else if (request.mode === "navigate") {
    if (pathname.startsWith("/learn") || pathname === "/rescue") event.respondWith(page(request, pathname));
  } else if (pathname.startsWith("/static/") || pathname.startsWith("/media/")) {
    event.respondWith(file(request));
  }
});

/** Somebody leaves or comes in: the copies of attempts go. */
async function wipe() {
  for (const name of await caches.keys()) if (name.startsWith("attempt:")) await caches.delete(name);
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(request, pathname) {
  const copy = COPIED.test(pathname) ? await caches.match(pathname) : undefined;
  const asked = fetch(request).catch(() => null);
  const first = copy ? await Promise.race([asked, new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS, null); })]) : await asked;
  if (first && !(copy && BUSY.has(first.status))) return first;
  return copy ?? (await caches.match("/rescue")) ?? first ?? Response.error();
}

// ---- What waits, sent without a page ----

const done = (asked) => new Promise((resolve, reject) => {
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

/** Sends unless a page is at it, and not in the same moment as the whole class; rejects when it is to be tried again. */
async function sendAlone() {
  await new Promise((resolve) => { setTimeout(resolve, Math.random() * RETURN_MS); });
  if (!navigator.locks) return sendAll();
  await navigator.locks.request("answers", { ifAvailable: true }, (lock) => (lock ? sendAll() : undefined));
}

async function sendAll() {
  const asked = indexedDB.open("answers");
  asked.onupgradeneeded = () => asked.transaction.abort(); // no page has kept anything here, and only pages make the stores
  const db = await done(asked).catch(() => null);
  if (!db) return;
  try {
    const all = await done(db.transaction("unsent").objectStore("unsent").getAll());
    const rows = all.filter((row) => !row.refused);
    for (const attempt of new Set(rows.map((row) => row.attempt))) await sendAttempt(db, rows.filter((row) => row.attempt === attempt));
  } finally {
    db.close();
  }
}

/** One attempt in batches, the wish to hand in with the last; what the server refuses is left for a page to tell. */
async function sendAttempt(db, rows) {
  const submit = rows.find((row) => row.slot === SUBMIT);
  const answers = rows.filter((row) => row.slot !== SUBMIT);
  const { attempt, token } = rows[0];
  do {
    const batch = answers.splice(0, BATCH).map(({ slot, uuid, seq, sealed }) => ({ slot, uuid, seq, sealed }));
    const body = { attempt, token, answers: batch, ...(submit && !answers.length && { submit: submit.sealed }) };
    const answer = await fetch(UPLOAD, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
      credentials: "omit",
      redirect: "error",
    });
    if (answer.status === 429 || answer.status >= 500) throw new Error("later");
    if (!answer.ok) return;
    const said = await answer.json();
    for (const line of said.answers) if (line.ack) await forget(db, { ...line, attempt }, "acknowledged");
    if (said.submitted) await forget(db, submit, "submitted");
  } while (answers.length);
}

/** Forgets a row that has arrived, unless a newer one has taken its place, and tells the pages. */
async function forget(db, { attempt, slot, uuid, seq, superseded, late }, type) {
  const store = db.transaction("unsent", "readwrite").objectStore("unsent");
  if ((await done(store.get([attempt, slot])))?.uuid === uuid) await done(store.delete([attempt, slot]));
  pages?.postMessage({ type, detail: { attempt, slot, uuid, seq, superseded, late } });
}
