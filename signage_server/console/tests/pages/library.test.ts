import { describe, expect, it } from "vitest";
import { draftErrors, draftOf, drawable, emptyDraft, nameOf, noticeOf } from "../../src/pages/library/notice";
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

  it("is drawn as soon as there is enough", () => {
    expect(drawable(draft)).toBe(true);
    expect(drawable({ ...draft, headline: " " })).toBe(false);
    expect(drawable({ ...draft, template: "scan", qr: "" })).toBe(false);
    expect(drawable({ ...draft, template: "steps" })).toBe(false);
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
