/** The time machine's clock: any screen's zone, whatever the browser's. */

import { describe, expect, it } from "vitest";
import { instantText, momentAt, momentIn, momentOf, placeIn } from "../../src/pages/moment/address";
import { instantOf, wallAt } from "../../src/pages/moment/zoned";
import { isAt, places } from "../../src/shell/navigation";

const instant = (day: string, time: string, zone: string) => instantText(instantOf({ day, time }, zone));

describe("a wall clock", () => {
  it.each([
    ["2026-11-24T00:05:00Z", "Asia/Ho_Chi_Minh", "2026-11-24", "07:05"],
    ["2026-11-24T17:00:00Z", "Asia/Ho_Chi_Minh", "2026-11-25", "00:00"],
    ["2026-11-24T12:00:00Z", "America/St_Johns", "2026-11-24", "08:30"],
    ["2026-01-15T12:00:00Z", "Pacific/Chatham", "2026-01-16", "01:45"],
  ])("at %s in %s says %s %s, and back", (at, zone, day, time) => {
    expect(wallAt(Date.parse(at), zone)).toEqual({ day, time });
    expect(instant(day, time, zone)).toBe(at);
  });

  it("that comes twice means the first time", () => {
    expect(instant("2026-11-01", "01:30", "America/New_York")).toBe("2026-11-01T05:30:00Z");
    expect(instant("2026-04-05", "01:45", "Australia/Lord_Howe")).toBe("2026-04-04T14:45:00Z");
  });

  it("that is missing means the instant of the change", () => {
    expect(instant("2026-03-08", "02:30", "America/New_York")).toBe("2026-03-08T07:00:00Z");
    expect(instant("2011-12-30", "12:00", "Pacific/Apia")).toBe("2011-12-30T10:00:00Z");
  });

  it("agrees with itself through two years of any zone", () => {
    for (const zone of ["Asia/Ho_Chi_Minh", "Europe/London", "America/Santiago", "Africa/Casablanca"]) {
      for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2028, 0, 1); ms += 7 * 3_600_000 + 60_000) {
        const back = instantOf(wallAt(ms, zone), zone);
        // In an hour that comes twice the first pass stands for both.
        expect(ms - back === 0 || wallAt(back, zone).time === wallAt(ms, zone).time).toBe(true);
        expect(back).toBeLessThanOrEqual(ms);
      }
    }
  });
});

describe("the address of a moment", () => {
  it("names screen and instant, and is read back", () => {
    const address = momentAt("scr_1", Date.parse("2026-11-24T00:05:00.500Z"));
    expect(address).toBe("/moment?screen=scr_1&time=2026-11-24T00%3A05%3A00Z&from=week");
    const query = new URLSearchParams(address.split("?")[1]);
    expect(momentIn(query)).toEqual({ screenId: "scr_1", ms: Date.parse("2026-11-24T00:05:00Z") });
  });

  it("takes what is no instant for now", () => {
    expect(momentIn(new URLSearchParams("screen=scr_1&time=hôm qua")).ms).toBeNull();
  });
});

describe("where the time machine belongs", () => {
  const here = (address: string) => {
    const [path = "", search = ""] = address.split("?");
    return places.filter((place) => isAt(place, path, search)).map(({ name }) => name);
  };

  it("is the place one came from, and the wall for whoever came by no way", () => {
    expect(here(momentAt("scr_1", 0))).toEqual(["week"]);
    expect(here(momentOf("scr_1"))).toEqual(["wall"]);
    expect(here("/moment?from=nowhere")).toEqual(["wall"]);
    expect(here("/library?from=week")).toEqual(["library"]);
    expect(placeIn(new URLSearchParams(momentAt("scr_1", 0).split("?")[1]))).toBe("week");
  });
});
