// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import { fitTags } from "./fit";

/** Ten pixels a character, 4 between tags, 12 around a text. */
const shown = (tags: string[], width: number) =>
  fitTags(tags, width, (text) => 10 * text.length, { gap: 4, frame: 12 });

describe("fitTags", () => {
  test.each([
    [["go", "pci"], 200, 2, "all, with room to spare"],
    [["go", "pci"], 78, 2, "all, exactly"],
    [["go", "pci"], 77, 1, "one and “+1”"],
    [["go", "pci", "ml"], 78, 1, "no second one where “+1” would not fit behind it"],
    [["a-very-long-tag"], 20, 1, "one at least: it may be cut"],
    [[], 100, 0, "none of none"],
  ])("%j in %d px: %d (%s)", (tags, width, count) => expect(shown(tags, width)).toBe(count));
});
