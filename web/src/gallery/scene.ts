// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { Visit } from "@/lib/recent";
import type { Answers } from "./answers";

/** One screen in one state. */
export interface Scene {
  path: string;
  answers: Answers;
  /** Answers from the second time on: a refresh that fails. */
  later?: Answers;
  /** Some answer never comes. */
  waits?: boolean;
  /** What is drawn over the screen, e.g. a dialog. */
  over?: ReactNode;
  /** What is clicked before it is looked at: selectors, the first of each. */
  press?: readonly string[];
  recent?: readonly Visit[];
}
