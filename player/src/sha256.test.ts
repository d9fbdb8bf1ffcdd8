import { describe, expect, it } from "vitest";
import { sha256OfText } from "./sha256";
import { sha256InScript } from "./sha256-script";

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => `0${byte.toString(16)}`.slice(-2)).join("");
}

describe("SHA-256", () => {
  it("gives the digests of FIPS 180-4", async () => {
    expect(await sha256OfText("abc")).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    expect(hex(sha256InScript(new ArrayBuffer(0)))).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  it("is the same in script as in the browser, at every length around a block", async () => {
    for (const length of [...Array(131).keys(), 4096, 100_003]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256).buffer as ArrayBuffer;
      expect(hex(sha256InScript(bytes))).toBe(hex(await crypto.subtle.digest("SHA-256", bytes)));
    }
  });
});
