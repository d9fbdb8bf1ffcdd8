import { expect, it } from "vitest";
import { tagError, tidyTags } from "../../src/pages/wall/tags";

it("tags are trimmed and each stands once, whatever its case and encoding", () => {
  expect(tidyTags(["  Thang  máy ", "thang máy", "Sảnh".normalize("NFD"), "sảnh", " "])).toEqual([
    "Thang máy",
    "Sảnh",
  ]);
  expect(tidyTags(["x".repeat(60)])[0]).toHaveLength(40);
});

it("what the server says of one tag stands at the field", () => {
  expect(tagError({ "tags.1": "Nhãn quá dài." })).toBe("Nhãn quá dài.");
  expect(tagError({ name: "x" })).toBeNull();
});
