// Verifies a C2SP tlog-proof in the browser: leaf hash, inclusion (RFC 6962), checkpoint, signature. Nothing here asks the server.

const utf8 = new TextEncoder();

export const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, "0")).join("");

function base64(text) {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) throw new Error("a line is not base64");
  return Uint8Array.from(atob(text), c => c.charCodeAt(0));
}

function concat(...parts) {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

const sha256 = async bytes => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);

export function parse(text) {
  const end = text.indexOf("\n\n");
  if (!text.startsWith("c2sp.org/tlog-proof@v1\n") || end < 0) throw new Error("the file is not a tlog-proof");
  const lines = text.slice(0, end).split("\n").slice(1);
  const extra = lines[0]?.startsWith("extra ") ? base64(lines.shift().slice(6)) : null;
  const index = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? "");
  if (!index) throw new Error("the index is missing");
  return { extra, index: BigInt(index[1]), hashes: lines.map(base64), checkpoint: text.slice(end + 2) };
}

export function parseNote(note) {
  const split = note.lastIndexOf("\n\n");
  if (split < 0 || !note.endsWith("\n")) throw new Error("the checkpoint is not a signed note");
  const text = note.slice(0, split + 1);
  const [origin, size, root] = text.split("\n");
  const signatures = note.slice(split + 2, -1).split("\n").map(line => {
    const match = /^\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)$/.exec(line);
    if (!match) throw new Error("a signature line is malformed");
    const bytes = base64(match[2]);
    return { name: match[1], id: hex(bytes.slice(0, 4)), bytes: bytes.slice(4) };
  });
  return { text, origin, size: BigInt(size), root: base64(root), signatures };
}

// RFC 9162, 2.1.3.2.
export async function inclusionRoot(leaf, index, size, hashes) {
  if (index >= size) throw new Error("the entry lies beyond the tree");
  let [fn, sn, node] = [index, size - 1n, leaf];
  for (const hash of hashes) {
    if (sn === 0n) throw new Error("the proof is too long");
    if ((fn & 1n) === 1n || fn === sn) {
      node = await sha256(concat([1], hash, node));
      while ((fn & 1n) === 0n && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      node = await sha256(concat([1], node, hash));
    }
    fn >>= 1n; sn >>= 1n;
  }
  if (sn !== 0n) throw new Error("the proof is too short");
  return node;
}

// A DER sequence of two integers as the 64 bytes that WebCrypto reads.
function fixed(der) {
  const integer = at => {
    if (der[at] !== 2) throw new Error("the signature is malformed");
    const length = der[at + 1];
    let bytes = der.slice(at + 2, at + 2 + length);
    while (bytes.length > 32 && bytes[0] === 0) bytes = bytes.slice(1);
    return [concat(new Uint8Array(32 - bytes.length), bytes), at + 2 + length];
  };
  const [r, next] = integer(2);
  return concat(r, integer(next)[0]);
}

async function importKey(text) {
  const match = /^([^ +]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  if (!match) throw new Error("the verifier key is written name+id+base64");
  const data = base64(match[3]);
  const [type, key] = [data[0], data.slice(1)];
  const ecdsa = { name: "ECDSA", namedCurve: "P-256" };
  const imported = type === 2 ? await crypto.subtle.importKey("spki", key, ecdsa, false, ["verify"])
    : type === 1 ? await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"])
    : (() => { throw new Error("keys of this type are not verified here"); })();
  const verify = (signature, message) => type === 2
    ? crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, imported, fixed(signature), message)
    : crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
  return { name: match[1], id: match[2], verify };
}

/** The steps that hold, in order; throws with the reason at the first that does not. */
export async function verify(proofText, entryBytes, verifierKey, say) {
  const proof = parse(proofText);
  const note = parseNote(proof.checkpoint);
  const key = await importKey(verifierKey);
  if (note.origin !== key.name) throw new Error(`the checkpoint is of the log ${note.origin}, the key is of ${key.name}`);
  const signature = note.signatures.find(s => s.name === key.name && s.id === key.id);
  if (!signature) throw new Error("the checkpoint is not signed with this key");
  if (!await key.verify(signature.bytes, utf8.encode(note.text))) throw new Error("the signature of the checkpoint is wrong");
  say(`The checkpoint of size ${note.size} is signed with the key ${key.id}.`);
  const leaf = await sha256(concat([0], entryBytes));
  say(`The hash of the entry is ${hex(leaf)}.`);
  const root = await inclusionRoot(leaf, proof.index, note.size, proof.hashes);
  if (!same(root, note.root)) throw new Error("the entry is not in the tree of the checkpoint");
  say(`With ${proof.hashes.length} hashes it leads to the root ${hex(note.root)}.`);
  return note;
}
