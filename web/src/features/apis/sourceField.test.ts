// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { ApiFieldDocument } from "@/api/generated";
import { presenceWord } from "./sourceField";

test.each<[Partial<ApiFieldDocument>, string | null | undefined, string | undefined]>([
  [{ presence: "explicit" }, "proto2", "optional"],
  [{ presence: "explicit", type: "message" }, "proto2", "optional"],
  [{ presence: "required" }, "proto2", undefined],
  [{ presence: "explicit", oneof: "one" }, "proto2", undefined],
  [{ repeated: true }, "proto2", undefined],
  [{ presence: "explicit" }, "proto3", "optional"],
  [{ presence: "explicit", type: "message" }, "proto3", undefined],
  [{ presence: "explicit", extends: "google.protobuf.FieldOptions" }, "proto3", undefined],
  [{ presence: "explicit", extends: "google.protobuf.FieldOptions" }, "proto2", "optional"],
  [{ presence: "implicit" }, "proto3", undefined],
  [{ presence: "explicit" }, "2023", undefined],
  [{ presence: "implicit" }, "2023", "implicit"],
  [{ presence: "explicit" }, undefined, "optional"],
  [{ presence: "explicit", type: "message" }, null, undefined],
])("%j in %s is %s", (field, syntax, word) =>
  expect(presenceWord({ name: "x", type: "string", number: 1, ...field }, syntax)).toBe(word),
);
