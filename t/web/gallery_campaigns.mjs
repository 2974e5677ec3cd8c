// SPDX-License-Identifier: Apache-2.0
import { browse } from "./browser.mjs";
import { photograph } from "./photograph.mjs";

browse(() => photograph("campaigns"));
