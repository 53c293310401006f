/** Sealing with the attempt's own key (AES-256-GCM): what lies on the device can be sent by anybody and read by nobody. */

const NONCE_BYTES = 12;

/** False outside HTTPS and localhost: the page then works by plain form posts. */
export const canSeal = Boolean(globalThis.crypto?.subtle);

export const answerLabel = (attempt, { slot, uuid, seq }) => `${attempt}:${slot}:${uuid}:${seq}`;
export const submitLabel = (attempt) => `${attempt}:submit`;

/** A random UUID, version 4. */
export function freshId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const toText = (bytes) => {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

/** The key as the page carries it, ready for use and not to be read again. */
export const openKey = (text) => crypto.subtle.importKey("raw", toBytes(text), "AES-GCM", false, ["encrypt", "decrypt"]);

/** A value as base64url of nonce and ciphertext, bound to its label. */
export async function seal(key, label, value) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const additionalData = new TextEncoder().encode(label);
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const closed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, plain));
  const all = new Uint8Array(NONCE_BYTES + closed.length);
  all.set(iv);
  all.set(closed, NONCE_BYTES);
  return toText(all);
}

/** The value again, or null when the key or the label is another one's. */
export async function unseal(key, label, sealed) {
  try {
    const all = toBytes(sealed);
    const how = { name: "AES-GCM", iv: all.slice(0, NONCE_BYTES), additionalData: new TextEncoder().encode(label) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, all.slice(NONCE_BYTES))));
  } catch {
    return null;
  }
}
