import { beforeAll, describe, expect, it } from "vitest";
import { allPages, answered, randomKey } from "../../src/api/client";
import { problemFrom } from "../../src/api/problems";
import { startLanguages } from "../../src/i18n";

beforeAll(startLanguages);

const document = {
  type: "about:blank",
  title: "Invalid",
  status: 422,
  code: "invalid",
  detail: "Sai ở một trường.",
  errors: [{ path: ["windows", 0, "end"], code: "x", detail: "Giờ kết thúc phải khác giờ bắt đầu." }],
};

describe("a refusal", () => {
  it("carries the server's sentence and the fields by path", () => {
    const problem = problemFrom(422, document);
    expect([problem.code, problem.detail]).toEqual(["invalid", "Sai ở một trường."]);
    expect(problem.fields).toEqual({ "windows.0.end": "Giờ kết thúc phải khác giờ bắt đầu." });
  });

  it("is a general sentence when a proxy answers instead of the server", () => {
    expect(problemFrom(502, "<html>").detail).toContain("502");
  });

  it("may pass later where the server was not reached or stumbled, not where it judged what was sent", () => {
    const mayPass = (status: number) => problemFrom(status, document).mayPass;
    expect([0, 401, 429, 500, 503].map(mayPass)).toEqual([true, true, true, true, true]);
    expect([400, 409, 413, 422].map(mayPass)).toEqual([false, false, false, false]);
  });

  it("says 412 for what somebody else has changed", async () => {
    const call = Promise.resolve({
      error: { ...document, status: 412 },
      response: new Response("", { status: 412 }),
    });
    await expect(answered(call)).rejects.toMatchObject({ status: 412, isStale: true });
  });

  it("says that the server was not reached when there is no answer at all", async () => {
    await expect(answered(Promise.resolve({ error: new TypeError() }))).rejects.toMatchObject({
      isOffline: true,
    });
  });
});

it("reads every page of a list", async () => {
  const pages: Record<string, { items: number[]; next: string | null }> = {
    first: { items: [1, 2], next: "b" },
    b: { items: [3], next: null },
  };
  const read = await allPages((cursor) =>
    Promise.resolve(pages[cursor ?? "first"] ?? { items: [], next: null }),
  );
  expect(read).toEqual([1, 2, 3]);
});

it("makes keys without crypto.randomUUID, which plain http does not have", () => {
  expect(randomKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(randomKey()).not.toBe(randomKey());
});
