// SPDX-License-Identifier: Apache-2.0
import { arrange } from "./arrange";
import type { Question } from "./layout";

addEventListener("message", (event: MessageEvent<Question>) => {
  postMessage(arrange(event.data));
});
