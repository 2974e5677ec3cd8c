// SPDX-License-Identifier: Apache-2.0
import { useServicePage } from "./useService";
import { Overview } from "./Overview";

export function OverviewTab() {
  const { page, at } = useServicePage();
  return page ? <Overview page={page} at={at} /> : null;
}
