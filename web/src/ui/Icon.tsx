// SPDX-License-Identifier: Apache-2.0
import type { ComponentType } from "react";

export type IconType = ComponentType<{
  size?: number | string;
  strokeWidth?: number | string;
  "aria-hidden"?: boolean;
  className?: string;
}>;

/** Decoration beside a word: what it means is always written, too. */
export function Icon({ of: Shape, size = 16 }: { of: IconType; size?: number }) {
  return <Shape size={size} strokeWidth={1.75} aria-hidden />;
}
