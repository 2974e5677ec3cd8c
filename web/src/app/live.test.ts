// SPDX-License-Identifier: Apache-2.0
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test } from "vitest";
import { keys } from "@/api/keys";
import { applyChanges } from "./live";

const PAST = "2026-11-20T05:00:00Z";
const known = {
  payment: keys.servicePage("acme-payment"),
  wallet: keys.servicePage("acme-wallet"),
  list: keys.serviceList({}),
  past: keys.servicePage("acme-payment", PAST),
  session: keys.session,
};
let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  for (const key of Object.values(known)) {
    client.setQueryData(key, {});
  }
});

const outdated = () =>
  Object.entries(known)
    .filter(([, key]) => client.getQueryState(key)?.isInvalidated)
    .map(([name]) => name);

test("what changed is read again, and nothing else", () => {
  const change = { type: "service.updated", kind: "service", subject: "acme-payment" };
  applyChanges(client, { all: false, changes: [change] });
  expect(outdated()).toEqual(["payment", "list"]);
});

test("when nobody knows what changed, all but the past is", () => {
  applyChanges(client, { all: true, changes: [] });
  expect(outdated()).toEqual(["payment", "wallet", "list", "session"]);
});
