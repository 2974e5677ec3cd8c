// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "react";
import { Crash } from "@/app/Failures";
import { AsOfBanner, AsOfPicker } from "@/ui/AsOf";
import { Button } from "@/ui/Button";
import { Dialog, DialogFoot, Popover } from "@/ui/Dialog";
import { TextField } from "@/ui/Field";
import { SearchIcon } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import { Banner, Bone, EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { toast } from "@/ui/Toast";
import { daysAgo, minutesAgo } from "../data/time";
import { Look } from "../Sheet";

const nothing = () => {};

export function States() {
  return (
    <>
      <Look name="Banner" wide>
        <Banner>「acme-charge」は「acme-payment」に変わりました。</Banner>
      </Look>
      <Look name="Banner warn, bad" wide>
        <Banner tone="warn" actions={<Button small>Retry</Button>}>
          The last publish was refused for 3 faults.
        </Banner>
        <Banner tone="bad">このサービスは削除済みです。</Banner>
      </Look>
      <Look name="StaleNote" wide>
        <StaleNote since={Date.parse(minutesAgo(9))} onRetry={nothing} />
      </Look>
      <Look name="AsOfBanner" wide>
        <AsOfBanner at={daysAgo(7)} onChange={nothing} />
      </Look>
      <Look name="EmptyState" wide>
        <EmptyState
          icon={SearchIcon}
          title="条件に合うサービスはありません"
          hint="語を減らすか、絞り込みを解除してください。"
          actions={<Button>Reset</Button>}
        />
      </Look>
      <Look name="ErrorPanel" wide>
        <ErrorPanel
          failure={{
            detail: "You may not do this.",
            requestId: "6f2d0c1b9a8e4d7f",
            needs: ["Members of the team “wallet”", "People with the role “admin”"],
          }}
          onRetry={nothing}
        />
      </Look>
    </>
  );
}

export function Skeletons() {
  return (
    <Panel title="Skeleton">
      <Skeleton>
        <Bone width="60%" />
        <br />
        <Bone width={180} />
      </Skeleton>
    </Panel>
  );
}

export function Dialogs() {
  return (
    <Dialog title="サインインしてください" onClose={nothing}>
      <p>The content stays as it is.</p>
      <TextField label="Name" />
      <DialogFoot>
        <Button>Cancel</Button>
        <Button look="primary">OK</Button>
      </DialogFoot>
    </Dialog>
  );
}

export function Popovers() {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => row.current?.querySelector<HTMLElement>("button")?.click(), []);
  return (
    <div ref={row}>
      <Popover label="Menu" trigger={(props) => <Button {...props}>Open</Button>}>
        {(close) => (
          <>
            <p>Below its button, inside the window.</p>
            <Button onClick={close}>Close</Button>
          </>
        )}
      </Popover>
      <AsOfPicker at={undefined} onChange={nothing} />
    </div>
  );
}

export function Toasted() {
  useEffect(() => {
    toast("「notebook」を失効しました");
    toast("The server did not answer.", "bad");
  }, []);
  return <p>At the lower right, for six seconds.</p>;
}

export function Broken() {
  return <Crash error={new TypeError("cannot read a property of undefined")} />;
}
