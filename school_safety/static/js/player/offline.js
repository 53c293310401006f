/** The device's own copy of an attempt: its item pages without name, key or answers, and the files they need.
 *  Pages write the copy; the service worker only reads it. One copy per attempt, of one version, to the attempt's end. */

import { answerOf, noteAnswer, recall, remember } from "./desk.js";

const PREFIX = "attempt:";
const RESCUE = "rescue:";
const PICTURES = "/media/";
const SOONEST_MS = 500;
const LATEST_MS = 10_000;
const FILE = /(?:href|src|data-modules)="(\/(?:static|media)\/[^"#]+)"/g;

const nameOf = (attempt, version) => `${PREFIX}${attempt}:${version}`;

export const canCopy = () => "serviceWorker" in navigator && "caches" in globalThis;

/** The worker at the root. A new version waits as long as an attempt is open on this device, and takes over after it. */
export async function register({ atWork }) {
  if (!canCopy()) return;
  const renew = async ({ waiting }) => { if (waiting && !atWork && !(await copied()).size) waiting.postMessage("renew"); };
  try {
    const registration = await navigator.serviceWorker.register("/worker.js");
    registration.addEventListener("updatefound", () => {
      registration.installing?.addEventListener("statechange", () => renew(registration));
    });
    await renew(registration);
  } catch {
    // refused, as in some private windows: pages come from the network alone
  }
}

/** Has the browser send what waits once there is a network, even with no page open; where it cannot, the pages do. */
export function sendWithoutPage() {
  navigator.serviceWorker?.ready.then((registration) => registration.sync?.register("answers")).catch(() => {});
}

/** The files that a page names. */
const filesOf = (html) => [...html.matchAll(FILE)].flatMap(([, paths]) => paths.replaceAll("&amp;", "&").split(" "));

async function keep(cache, pages, headers) {
  const files = new Set();
  for (const html of Object.values(pages)) for (const file of filesOf(html)) files.add(file);
  await Promise.all([...files].map(async (file) => {
    if (await cache.match(file)) return;
    const added = cache.add(new Request(file, { credentials: "same-origin" }));
    await (file.startsWith(PICTURES) ? added.catch(() => {}) : added); // a page without its picture is better than none
  }));
  for (const [path, html] of Object.entries(pages)) await cache.put(path, new Response(html, { headers }));
}

const policyOf = (answer) => ({
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": answer.headers.get("Content-Security-Policy") ?? "default-src 'self'",
});

/** Copies an attempt, once: all its pages come in one answer. */
async function copy(form) {
  const { attempt, version, copyUrl } = form.dataset;
  const mine = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}${attempt}:`));
  for (const name of mine) if (await (await caches.open(name)).match(copyUrl)) return true;
  const answer = await fetch(copyUrl, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) return false;
  const { pages, numbers } = await answer.json();
  const cache = await caches.open(nameOf(attempt, version));
  await keep(cache, pages, policyOf(answer));
  await cache.put(copyUrl, new Response(""));
  for (const [slot, seq] of Object.entries(numbers)) {
    if (!(answerOf(attempt, slot)?.seq >= seq)) noteAnswer(attempt, slot, { seq, safe: true });
  }
  return true;
}

/** Copies the attempt a moment after its first page has come, however fast its pages follow; says when it is done. */
export function copySoon(form) {
  if (!canCopy()) return;
  const ready = document.querySelector("[data-copied]");
  const { attempt } = form.dataset;
  const { copyAt = Date.now() + SOONEST_MS + Math.random() * (LATEST_MS - SOONEST_MS) } = recall(attempt);
  remember(attempt, { copyAt });
  setTimeout(async () => {
    try {
      if ((await copy(form)) && ready) ready.hidden = false;
    } catch {
      // no network or no room: the next page tries again
    }
  }, Math.min(copyAt - Date.now(), LATEST_MS));
}

/** The page that helps without a network, in today's version. */
export async function copyRescue(version) {
  if (!canCopy()) return;
  const name = `${RESCUE}${version}`;
  if (await caches.has(name)) return;
  const answer = await fetch(`/rescue?lang=${document.documentElement.lang}`, { credentials: "omit" });
  if (!answer.ok) return;
  const html = await answer.text();
  await keep(await caches.open(name), { "/rescue": html }, policyOf(answer));
  for (const old of await caches.keys()) if (old.startsWith(RESCUE) && old !== name) await caches.delete(old);
}

/** Takes one page out of the copies: what it shows now is not for keeping. */
export async function forgetPage(path) {
  if (canCopy()) for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await (await caches.open(name)).delete(path);
}

/** Takes away the copies of one attempt, or of all. */
export async function forget(attempt = "") {
  if (canCopy()) for (const name of await caches.keys()) if (name.startsWith(PREFIX + (attempt && `${attempt}:`))) await caches.delete(name);
}

/** The attempts that can be gone on with here: those with a copy. */
export async function copied() {
  const names = canCopy() ? await caches.keys() : [];
  return new Set(names.filter((name) => name.startsWith(PREFIX)).map((name) => name.split(":")[1]));
}

