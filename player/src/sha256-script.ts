// SHA-256 for pages without WebCrypto (plain http): loaded only there, and only when something is to be checked.

declare global {
  interface Window {
    signageSha256?: (bytes: ArrayBuffer) => ArrayBuffer;
  }
}

/** FIPS 180-4. */
export function sha256InScript(bytes: ArrayBuffer): ArrayBuffer {
  const { start, round } = constants();
  const view = padded(bytes);
  const state = new Uint32Array(start);
  const w = new Uint32Array(64);
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + i * 4);
    compress(state, w, round);
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    out.setUint32(i * 4, word);
  });
  return out.buffer as ArrayBuffer;
}

function compress(state: Uint32Array, w: Uint32Array, k: Uint32Array): void {
  const at = (list: Uint32Array, i: number): number => list[i] as number;
  for (let i = 16; i < 64; i++) {
    const x = at(w, i - 15);
    const y = at(w, i - 2);
    const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    w[i] = (at(w, i - 16) + s0 + at(w, i - 7) + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(k, i) + at(w, i)) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (at(state, i) + word) | 0;
  });
}

function turn(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by));
}

function padded(bytes: ArrayBuffer): DataView {
  const length = bytes.byteLength;
  const out = new Uint8Array(((length + 8) >> 6) * 64 + 64);
  out.set(new Uint8Array(bytes));
  out[length] = 0x80;
  const view = new DataView(out.buffer);
  view.setUint32(out.length - 8, Math.floor(length / 0x20000000));
  view.setUint32(out.length - 4, (length << 3) >>> 0);
  return view;
}

/** The first 32 bits of the fractional parts of square and cube roots of the first primes. */
function constants(): { start: Uint32Array; round: Uint32Array } {
  const start = new Uint32Array(8);
  const round = new Uint32Array(64);
  const fraction = (root: number): number => (root % 1) * 0x100000000;
  for (let n = 2, found = 0; found < 64; n++) {
    if (!isPrime(n)) continue;
    if (found < 8) start[found] = fraction(Math.sqrt(n));
    round[found++] = fraction(Math.cbrt(n));
  }
  return { start, round };
}

function isPrime(n: number): boolean {
  for (let i = 2; i * i <= n; i++) if (n % i === 0) return false;
  return true;
}

if (typeof window === "object") window.signageSha256 = sha256InScript;
