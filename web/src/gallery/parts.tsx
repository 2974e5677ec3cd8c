// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Buttons, Choices, Fields, Search } from "./parts/controls";
import { Chips, Codes, Panels, TabRow, Texts, Times } from "./parts/display";
import { Broken, Dialogs, Popovers, Skeletons, States, Toasted } from "./parts/feedback";
import { LoadingTable, Tables } from "./parts/tables";
import type { PartId } from "./shows";

export const parts: Record<PartId, () => ReactNode> = {
  "ui-buttons": () => <Buttons />,
  "ui-fields": () => <Fields />,
  "ui-choices": () => <Choices />,
  "ui-search": () => <Search />,
  "ui-chips": () => <Chips />,
  "ui-text": () => <Texts />,
  "ui-code": () => <Codes />,
  "ui-panels": () => <Panels />,
  "ui-table": () => <Tables />,
  "ui-table-loading": () => <LoadingTable />,
  "ui-tabs": () => <TabRow />,
  "ui-timeline": () => <Times />,
  "ui-states": () => <States />,
  "ui-skeleton": () => <Skeletons />,
  "ui-dialog": () => <Dialogs />,
  "ui-popover": () => <Popovers />,
  "ui-toast": () => <Toasted />,
  crash: () => <Broken />,
};
