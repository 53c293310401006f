/** What this tab alone remembers of an attempt, for as long as it is open: the key, whose it is, and the answers, sealed
 *  as they are everywhere on the device. Leaving or signing in clears it. */

const nameOf = (attempt) => `attempt:${attempt}`;

/** What is remembered: `{key, token, until, who, title, ends, answers}`, as far as it is known. */
export function recall(attempt) {
  try {
    return JSON.parse(sessionStorage.getItem(nameOf(attempt))) ?? {};
  } catch {
    return {};
  }
}

/** Remembers more; false when the device takes nothing. */
export function remember(attempt, facts) {
  try {
    sessionStorage.setItem(nameOf(attempt), JSON.stringify({ ...recall(attempt), ...facts }));
    return true;
  } catch {
    return false;
  }
}

/** What this tab last knew of one answer: `{seq, uuid, sealed, safe}`; without `sealed` only that there is one. */
export const answerOf = (attempt, slot) => recall(attempt).answers?.[slot];

/** Notes an answer; null takes the note away. */
export function noteAnswer(attempt, slot, answer) {
  const answers = { ...recall(attempt).answers };
  if (answer) answers[slot] = answer;
  else delete answers[slot];
  return remember(attempt, { answers });
}

/** Forgets one attempt, or everything: somebody else may sit down. What an item's own script remembers goes with it. */
export function clear(attempt = "") {
  try {
    for (const name of Object.keys(sessionStorage)) if (name.includes(attempt)) sessionStorage.removeItem(name);
  } catch {
    // nothing was remembered
  }
}
