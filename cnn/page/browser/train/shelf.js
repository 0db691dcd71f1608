// What the browser keeps of training, if it can: in IndexedDB, which holds more than shared/store.js
// may put into its storage, and without holding up the page. It can be full, forbidden, or gone when
// a private window closes: what could not be kept lasts until the page is reloaded.

const DATABASE = "draw-a-digit";
const VERSION = 1;
const SHELVES = ["last", "kept", "own"]; // the run of the last visit; the runs kept; own digits

/** @typedef {{ key: string, value: unknown }} Kept check the value: another page may have left it */

/** @type {Promise<IDBDatabase> | null} */
let database = null;

function opened() {
  if (database) return database;
  /** @type {Promise<IDBDatabase>} */
  const opening = new Promise((done, fail) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      for (const name of SHELVES) {
        request.result.createObjectStore(name, { autoIncrement: true })
          .createIndex("key", "key", { unique: true });
      }
    };
    request.onsuccess = () => {
      const forget = () => database = null;
      request.result.onclose = forget; // the reader cleared what the browser keeps
      request.result.onversionchange = () => (request.result.close(), forget());
      done(request.result);
    };
    request.onerror = () => fail(request.error);
    request.onblocked = () => fail(request.error);
  });
  opening.catch(() => database = null); // the next time may be better
  return database = opening;
}

/**
 * A few values in the order in which they were put there, the oldest first.
 */
export class Shelf {
  /** @type {Map<string, unknown>} what the browser could not keep */
  #unkept = new Map();

  /**
   * @param {"last" | "kept" | "own"} name
   * @param {number} most beyond it, the oldest are let go
   */
  constructor(name, most) {
    this.name = name;
    this.most = most;
  }

  /** Whether all that was put here is still here after a reload. */
  get isKept() {
    return this.#unkept.size === 0;
  }

  /** @returns {Promise<Kept[]>} */
  async all() {
    const unkept = Array.from(this.#unkept, ([key, value]) => ({ key, value }));
    const kept = await this.#ask("readonly", (store) => store.getAll()) ?? [];
    return [...kept.filter(({ key }) => !this.#unkept.has(key)), ...unkept].slice(-this.most);
  }

  /**
   * Put a value here, in place of the one with its key.
   *
   * @param {string} key
   * @param {unknown} value as structuredClone takes it; it must not change any more
   */
  async put(key, value) {
    this.#unkept.delete(key);
    const done = await this.#ask("readwrite", (store) => {
      withKey(store, key, (id) => {
        if (id !== undefined) store.delete(id);
        store.add({ key, value });
        const ids = store.getAllKeys();
        ids.onsuccess = () => ids.result.slice(0, -this.most).forEach((old) => store.delete(old));
      });
      return null;
    });
    if (done === undefined) this.#unkept.set(key, value);
    for (const [oldest] of this.#unkept) {
      if (this.#unkept.size > this.most) this.#unkept.delete(oldest);
    }
  }

  /** @param {string} key */
  async remove(key) {
    this.#unkept.delete(key);
    await this.#ask("readwrite", (store) => {
      withKey(store, key, (id) => id !== undefined && store.delete(id));
      return null;
    });
  }

  async clear() {
    this.#unkept.clear();
    await this.#ask("readwrite", (store) => store.clear());
  }

  /**
   * @template Result
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<Result> | null} act
   * @returns {Promise<Result | null | undefined>} undefined where the browser refused
   */
  async #ask(mode, act) {
    try {
      const transaction = (await opened()).transaction(this.name, mode);
      const request = act(transaction.objectStore(this.name));
      return await new Promise((done, fail) => {
        transaction.oncomplete = () => done(request && request.result);
        transaction.onabort = () => fail(transaction.error);
      });
    } catch (error) {
      console.info(error);
      return undefined;
    }
  }
}

/**
 * @param {IDBObjectStore} store
 * @param {string} key
 * @param {(id: IDBValidKey | undefined) => void} act
 */
function withKey(store, key, act) {
  const request = store.index("key").getKey(key);
  request.onsuccess = () => act(request.result);
}
