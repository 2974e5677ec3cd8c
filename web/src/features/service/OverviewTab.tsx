// SPDX-License-Identifier: Apache-2.0

import { Overview } from "./Overview";
import { useServicePage } from "./useService";

export function OverviewTab() {
  const { page, at } = useServicePage();
  return page ? <Overview page={page} at={at} /> : null;
}
