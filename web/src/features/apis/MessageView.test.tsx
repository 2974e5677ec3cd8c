// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { ApiSymbolPage } from "@/api/generated";
import { renderPage, screen } from "@/testing/render";
import { ExtensionView } from "./MessageView";

test("the number of an extension is written as in its file", async () => {
  const document = { name: "owner", extends: "acme.Options", type: "string", number: 50_001 };
  const page = {
    kind: "extension",
    name: "owner",
    fullName: "acme.owner",
    package: "acme",
    parent: null,
    file: "acme/owner.proto",
    document,
  } as ApiSymbolPage;
  await renderPage(<ExtensionView page={page} document={document} />);
  expect(screen.getByText("50001")).toBeTruthy();
});
