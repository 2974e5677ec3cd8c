// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { exampleId, exampleRequest, firstRequest } from "./example";

const ORIGIN = "https://mdash.example";
const holder = (scopes: string[], part: { services?: string[]; team?: string } = {}) => ({
  scopes,
  services: part.services ?? [],
  team: part.team ?? null,
});

describe("exampleId", () => {
  test.each([
    [[], "acme-hello"],
    [["acme-*"], "acme-hello"],
    [["acme-pay*", "x*"], "acme-payhello"],
    [["acme-payment"], "acme-payment"],
    [["*"], "hello"],
    [["a*-*z"], "ahello-helloz"],
    [[`${"a".repeat(60)}*`], `${"a".repeat(60)}x`],
    [["9*"], "acme-hello"],
  ])("%j allow %s", (globs, id) => expect(exampleId(globs)).toBe(id));
});

describe("the request", () => {
  test("tries a publish out, and says of whom", () => {
    const given = holder(["catalog:read", "ingest:write"], { team: "wallet", services: ["w-*"] });
    expect(exampleRequest(given, ORIGIN)).toBe(
      [
        "curl -X PUT \\",
        '  -H "Authorization: Bearer $MDASH_TOKEN" \\',
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"serviceID":"w-hello","teamName":"wallet"}' \\`,
        `  '${ORIGIN}/api/v1/ingest/services/w-hello?dryRun=1'`,
      ].join("\n"),
    );
  });

  test("reads the catalogue, or else events", () => {
    expect(exampleRequest(holder(["catalog:read", "events:read"]), ORIGIN)).toContain(
      "/api/v1/services?limit=5",
    );
    expect(exampleRequest(holder(["events:read"]), ORIGIN)).toContain("/api/v1/events?limit=5");
  });

  test("lets no name of a team out of its quotes", () => {
    const given = holder(["ingest:write"], { team: "o'; rm -rf ~ '" });
    expect(exampleRequest(given, ORIGIN)).toContain(`"teamName":"o'\\''; rm -rf ~ '\\''"`);
  });

  test("begins with the secret while that is known", () => {
    const [first, second] = firstRequest(holder(["ingest:write"]), "mdc_x", ORIGIN).split("\n");
    expect(first).toBe("export MDASH_TOKEN=mdc_x");
    expect(second).toMatch(/^curl /);
  });
});
