/** The answers of this device that no server has acknowledged yet, of whichever pupil: sealed, in IndexedDB.
 *  One row per attempt and slot, the newest; slot 0 is the wish to hand in. Where the device takes nothing more
 *  (full, or private mode), a row stays in memory and `put` says so. */

const NAME = "answers";
const VERSION = 1;
const OPENING_MS = 3000;
const DAY_MS = 24 * 3600 * 1000;
export const KEPT_MS = 14 * DAY_MS;

export const SUBMIT = 0;

const nameOf = (attempt, slot) => `${attempt}:${slot}`;

/** The database, or null where there is none. */
function open() {
  return new Promise((resolve) => {
    const give = (db) => resolve(db);
    setTimeout(give, OPENING_MS, null);
    try {
      const asked = indexedDB.open(NAME, VERSION);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore("unsent", { keyPath: ["attempt", "slot"] });
        asked.result.createObjectStore("numbers", { keyPath: ["attempt", "slot"] });
      };
      asked.onsuccess = () => give(asked.result);
      asked.onerror = asked.onblocked = () => give(null);
    } catch {
      give(null);
    }
  });
}

export class Queue {
  static async open() {
    const queue = new Queue();
    queue.db = await open();
    if (queue.db) queue.db.onversionchange = () => queue.db.close();
    return queue;
  }

  memory = new Map();

  /** Runs `work(store, done)` in one transaction; rejects when it could not be kept. `strict`: on the disk itself by then. */
  #change(name, work, durability = "relaxed") {
    return new Promise((resolve, reject) => {
      if (!this.db) throw new Error("no IndexedDB");
      let result;
      const change = this.db.transaction(name, "readwrite", { durability });
      change.oncomplete = () => resolve(result);
      change.onabort = change.onerror = () => reject(change.error);
      work(change.objectStore(name), (value) => { result = value; });
    });
  }

  /** The next number of a slot, higher than any that a tab of this device has given and than `known`. */
  async number(attempt, slot, known) {
    try {
      return await this.#change("numbers", (store, done) => {
        store.get([attempt, slot]).onsuccess = (event) => {
          const seq = Math.max(event.target.result?.seq ?? 0, known) + 1;
          store.put({ attempt, slot, seq, at: Date.now() });
          done(seq);
        };
      });
    } catch {
      return known + 1;
    }
  }

  /** Keeps a row unless a newer one is there; true when it is on the disk. */
  async put(row) {
    const name = nameOf(row.attempt, row.slot);
    try {
      await this.#change("unsent", (store) => {
        store.get([row.attempt, row.slot]).onsuccess = (event) => {
          if ((event.target.result?.seq ?? -1) <= row.seq) store.put(row);
        };
      }, "strict");
      this.memory.delete(name);
      return true;
    } catch {
      this.memory.set(name, row);
      return false;
    }
  }

  /** Everything that waits, in memory or on the disk. */
  async all() {
    const rows = new Map((await this.#stored()).map((row) => [nameOf(row.attempt, row.slot), row]));
    for (const [name, row] of this.memory) if (!(rows.get(name)?.seq > row.seq)) rows.set(name, row);
    return [...rows.values()];
  }

  #stored() {
    return new Promise((resolve) => {
      try {
        const asked = this.db.transaction("unsent").objectStore("unsent").getAll();
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => resolve([]);
      } catch {
        resolve([]);
      }
    });
  }

  /** The row of one slot, if it waits. */
  async get(attempt, slot) {
    return (await this.all()).find((row) => row.attempt === attempt && row.slot === slot) ?? null;
  }

  /** Forgets a row, unless a newer one has taken its place. */
  forget(row) {
    return this.#replace(row, null);
  }

  /** Keeps a row that the server will never take, so that somebody is told; it is not sent again. */
  refuse(row, code) {
    return this.#replace(row, { ...row, refused: code });
  }

  async #replace(row, other) {
    const name = nameOf(row.attempt, row.slot);
    if (this.memory.get(name)?.uuid === row.uuid) {
      if (other) this.memory.set(name, other);
      else this.memory.delete(name);
    }
    try {
      await this.#change("unsent", (store) => {
        store.get([row.attempt, row.slot]).onsuccess = (event) => {
          if (event.target.result?.uuid !== row.uuid) return;
          if (other) store.put(other);
          else store.delete([row.attempt, row.slot]);
        };
      });
    } catch {
      // nothing on the disk: it was in memory alone
    }
  }

  /** Wipes what is older than fourteen days after its window. A device whose date was wrong when it kept an answer
   *  counts from the date it believed in: a clock that runs ahead wipes nothing too early. */
  async sweep(now = Date.now()) {
    for (const row of await this.all()) if (now > Math.max(row.until, row.at) + KEPT_MS) await this.forget(row);
    try {
      await this.#change("numbers", (store) => {
        store.getAll().onsuccess = (event) => {
          for (const one of event.target.result) if (now > one.at + 400 * DAY_MS) store.delete([one.attempt, one.slot]);
        };
      });
    } catch {
      // no database, nothing to sweep
    }
  }
}
