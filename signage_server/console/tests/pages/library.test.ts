import { describe, expect, it } from "vitest";
import {
  draftErrors,
  draftOf,
  emptyDraft,
  excess,
  issuerOf,
  missing,
  nameOf,
  noticeOf,
  wordsIn,
} from "../../src/pages/library/notice";
import { matches } from "../../src/pages/library/search";

const draft = {
  ...emptyDraft("vi", "UBND tỉnh"),
  headline: "Cài Bluezone\ncho cả~nhà",
  body: "Thân",
  qr: "https://a.vn",
};

describe("composing a notice", () => {
  it("sends only what the template has a place for, and loses nothing that was typed", () => {
    const message = { ...draft, template: "message" as const };
    expect(noticeOf(message)).toMatchObject({ body: "Thân", qr: null, steps: [] });
    expect(noticeOf({ ...message, template: "scan" })).toMatchObject({ qr: "https://a.vn" });
  });

  it("leaves out empty steps and empty lines", () => {
    const steps = [
      { title: "Mở", text: " " },
      { title: "", text: "" },
      { title: "Bật", text: "nhé" },
    ];
    expect(noticeOf({ ...draft, template: "steps", steps }).steps).toEqual([
      { title: "Mở", text: null },
      { title: "Bật", text: "nhé" },
    ]);
  });

  it("takes its name from the headline", () => {
    expect(nameOf(draft)).toBe("Cài Bluezone cho cả nhà");
    expect(nameOf({ ...draft, name: "Tên riêng" })).toBe("Tên riêng");
  });

  it("says what is missing before it can be drawn", () => {
    expect(missing(draft)).toEqual([]);
    expect(missing({ ...draft, headline: " " })).toEqual(["headline"]);
    expect(missing({ ...draft, template: "scan", qr: "" })).toEqual(["qr"]);
    expect(missing({ ...draft, template: "steps" })).toEqual(["steps"]);
  });

  it("counts words as the server does: a bound pair is two, what frames the message is none", () => {
    expect(wordsIn({ ...draft, headline: "Cài cho cả~nhà", body: "Hai chữ", footer: "Điện thoại" })).toBe(6);
  });

  it("says by field how many words must go, and takes nothing that the template does not show", () => {
    expect(excess(draft)).toEqual({});
    const issuer = `${"x".repeat(79)} hai ba`;
    expect(excess({ ...draft, issuer })).toEqual({ issuer: 2 });
    const body = "chữ ".repeat(50);
    expect(excess({ ...draft, headline: "Cài đặt", body })).toEqual({ body: 7 });
    expect(excess({ ...draft, headline: "Cài đặt", body, template: "steps" })).toEqual({});
  });

  it("is issued by the unit once it has a name of its own", () => {
    expect(issuerOf("UBND phường")).toBe("UBND phường");
    expect([issuerOf("Cơ quan của tôi"), issuerOf("My organisation"), issuerOf(undefined)]).toEqual([
      "",
      "",
      "",
    ]);
  });

  it("opens again as it was saved", () => {
    const notice = noticeOf(draft);
    expect(noticeOf(draftOf("A", notice))).toEqual(notice);
  });

  it("shows the server's errors at the fields of the form", () => {
    expect(draftErrors({ "notice.headline": "dài", name: "trống" })).toEqual({
      headline: "dài",
      name: "trống",
    });
  });
});

it("finds Vietnamese names typed without diacritics", () => {
  const asset = { name: "Thông báo Đợt 2", alt: "", kind: "image" as const };
  expect(matches(asset, { words: "dot thong", kind: "all" })).toBe(true);
  expect(matches(asset, { words: "dot 3", kind: "all" })).toBe(false);
  expect(matches(asset, { words: "", kind: "notice" })).toBe(false);
});
