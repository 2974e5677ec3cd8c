// SPDX-License-Identifier: Apache-2.0
import { browse } from "./browser.mjs";
import { everyScreen } from "./screens.mjs";

browse(() => everyScreen("en"));
