// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { grpcurlLines, publishLines, quoted, rpcPath } from "./grpcurl";

const rpc = {
  origin: "https://mdash.example",
  repository: "acme-protos",
  fullName: "acme.payment.v1.PaymentService.Charge",
  request: { amount: "1" },
};

test("the set is fetched, and the method called by it", () => {
  expect(grpcurlLines(rpc).split("\n")).toEqual([
    'curl -H "Authorization: Bearer $MDASH_TOKEN" -o api.pb ' +
      "'https://mdash.example/api/v1/apis/acme-protos/descriptor-set?symbol=acme.payment.v1.PaymentService.Charge'",
    `grpcurl -protoset api.pb -d '{"amount":"1"}' \\`,
    "  HOST:443 'acme.payment.v1.PaymentService/Charge'",
  ]);
});

test("of an older revision the set of that revision", () => {
  expect(grpcurlLines({ ...rpc, revision: 7 })).toContain("&revision=7'");
});

test("what is in a request stays in its quotes", () => {
  const hostile = grpcurlLines({ ...rpc, request: { "it's": "$(rm -rf ~) `x`" } });
  expect(hostile).toContain(`-d '{"it'\\''s":"$(rm -rf ~) \`x\`"}'`);
  expect(quoted("a'b")).toBe(`'a'\\''b'`);
});

test.each([
  ["a.B.C", "a.B/C"],
  ["B.C", "B/C"],
])("%s is %s", (name, path) => expect(rpcPath(name)).toBe(path));

test("publishing makes a set with comments and sends it", () => {
  const lines = publishLines("https://mdash.example", "my-protos");
  expect(lines).toContain("--include_source_info");
  expect(lines).toContain("curl -T set.pb");
  expect(lines).toContain("'https://mdash.example/api/v1/ingest/descriptor-sets/my-protos'");
});
