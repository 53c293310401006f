/** Where a pupil's page meets the player: each part is attached to the element that asks for it. */

import { clock } from "./clock.js";
import "./form.js"; // quiz.js needs it: asked for now, it costs no further round trip
import { clear, recall, remember } from "./desk.js";
import { Handing } from "./handing.js";
import { isOwed, leaving, settle } from "./leaving.js";
import { copyRescue, copySoon, forget, forgetPage, register, sendWithoutPage } from "./offline.js";
import { Queue } from "./queue.js";
import { Quiz, lock } from "./quiz.js";
import { canSeal } from "./seal.js";
import { Sender } from "./sender.js";
import { waitingRoom } from "./waiting.js";
import { say } from "./words.js";

const all = (name) => document.querySelectorAll(`[data-behaviour~='${name}']`);

/** What the page brings from the server goes to this tab's memory; what it lacks, being a copy, comes from there. */
function introduce(page) {
  const { attempt, key, upload, until } = page.dataset;
  const places = document.querySelectorAll("[data-who]");
  if (!key) {
    const { who = {} } = recall(attempt);
    for (const place of places) place.textContent = who[place.dataset.who] ?? "";
    return;
  }
  const who = Object.fromEntries([...places].map((place) => [place.dataset.who, place.textContent]));
  const title = document.querySelector(".quiz-title")?.textContent.trim();
  remember(attempt, { key, token: upload, until: Number(until), who, title });
}

async function quiz(form, tools) {
  if (!form.dataset.attempt) return;
  introduce(form);
  if (await new Quiz(form, tools).start()) return copySoon(form);
  if ("kept" in form.dataset) lock(form);
  else {
    form.addEventListener("input", () => say("plain"));
    if ("touched" in form.dataset) say("plain");
  }
}

async function start() {
  const tools = { queue: await Queue.open() };
  tools.sender = new Sender(tools.queue);
  const { version } = document.querySelector("[data-player]").dataset;
  for (const _door of all("door")) { settle(); clear(); await forget(); }
  const leave = document.getElementById("leave");
  if (leave) for (const form of all("leave")) await leaving(form, leave, tools);
  if (leave && isOwed()) return;
  for (const box of all("clock")) clock(box, tools.sender);
  for (const form of all("quiz")) await quiz(form, tools);
  for (const _page of all("reviewed")) forgetPage(location.pathname);
  for (const box of all("hand-in")) { introduce(box); await new Handing(box, tools).start(); }
  dispatchEvent(new Event("player")); // buttons pressed before this are pressed now
  for (const box of all("waiting-room")) await waitingRoom(box, tools);
  for (const page of all("ended")) { clear(page.dataset.attempt); await forget(page.dataset.attempt); }
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  await tools.queue.sweep();
  tools.sender.addEventListener("waiting", ({ detail }) => { if (!detail.answered) sendWithoutPage(); });
  tools.sender.soon(0);
  if (canSeal && !all("door").length && !all("rescue").length) {
    register({ atWork: all("quiz").length + all("hand-in").length > 0 });
    copyRescue(version).catch(() => {});
  }
}

start();
