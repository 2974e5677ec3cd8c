// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { en } from "@/i18n/en";
import { crumbsOf } from "./crumbs";

test.each([
  ["/services", ["Services"]],
  ["/services/acme-payment/spec", ["Services", "acme-payment"]],
  ["/teams/%E3%83%81%E3%83%BC%E3%83%A0", ["Teams", "チーム"]],
  ["/teams/100%", ["Teams", "100%"]],
  ["/apis/acme-protos", ["gRPC APIs", "acme-protos"]],
  ["/apis/acme-protos/diff", ["gRPC APIs", "acme-protos"]],
  ["/apis/acme-protos/policy", ["gRPC APIs", "acme-protos"]],
  ["/apis/acme-protos/acme.v1.Shop", ["gRPC APIs", "acme-protos", "acme.v1.Shop"]],
  ["/apis/acme-protos/.policy", ["gRPC APIs", "acme-protos", "policy"]],
  ["/apis/acme-protos/-", ["gRPC APIs", "acme-protos", "Package"]],
  ["/todos", ["Mine"]],
  ["/todos/12", ["Mine", "#12"]],
  ["/campaigns/alert-channel/edit", ["Campaigns", "alert-channel"]],
  ["/new-campaign", ["Campaigns", "New campaign"]],
  ["/settings/tokens", ["Settings", "Tokens"]],
  ["/settings/webhooks", ["Settings", "Webhooks"]],
  ["/settings/unknown", ["Settings"]],
  ["/nowhere", [en.error.notFoundPage]],
  ["/", [en.error.notFoundPage]],
])("%s is %j", (path, labels) =>
  expect(crumbsOf(path, en).map((crumb) => crumb.label)).toEqual(labels),
);
