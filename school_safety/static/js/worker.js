/** The service worker: pages come from the network first, from the attempt's own copy when there is none.
 *  It writes nothing; the pages do (player/offline.js). A new version waits for the last page of the old one. */

const PATIENCE_MS = 3000;
const COPIED = /^(\/rescue|\/learn\/attempts\/[^/]+(\/items\/\d+|\/submit)?)$/;
const DOORS = new Set(["/sign-in", "/sign-out", "/k"]);
const BUSY = new Set([500, 502, 503, 504]);

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method !== "GET") {
    if (DOORS.has(pathname)) event.waitUntil(wipe());
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
