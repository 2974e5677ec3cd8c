// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import type { HeldPublish } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { CountBadge } from "@/ui/Chip";
import { Dialog, DialogFoot } from "@/ui/Dialog";
import { Commit, Principal } from "@/ui/Origin";
import { Row } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Age, Meta, TextLink } from "@/ui/Text";
import { texts } from "./messages";
import styles from "./Publishes.module.css";

/** As many names as are seen without asking. */
const FEW = 12;

interface HeldPanelProps {
  hold: HeldPublish;
  mayDecide: boolean;
  busy: boolean;
  onApprove: () => void;
  onReject: () => void;
}

/** Deletions of one publisher that wait for an administrator. */
export function HeldPanel({ hold, mayDecide, busy, onApprove, onReject }: HeldPanelProps) {
  const { t } = useI18n(texts);
  const [asking, setAsking] = useState(false);
  const { publisher, missing, of, principal, commit, runUrl } = hold;
  return (
    <Panel
      title={t.publishes.heldTitle(publisher, missing.length, of)}
      aside={<Age at={hold.heldAt} />}
    >
      <div className={styles.held}>
        <p>{t.publishes.heldHint}</p>
        <Row>
          <Principal subject={principal} />
          {(commit || runUrl) && <Commit version={hold} />}
        </Row>
        <details open={missing.length <= FEW}>
          <summary>
            {t.publishes.missing} <CountBadge count={missing.length} />
          </summary>
          <ul className={styles.missing}>
            {missing.map((id) => (
              <li key={id}>
                <TextLink to="/services/$id" params={{ id }}>
                  {id}
                </TextLink>
              </li>
            ))}
          </ul>
        </details>
        {mayDecide ? (
          <Row>
            <Button look="danger" disabled={busy} onClick={() => setAsking(true)}>
              {t.publishes.approve}
            </Button>
            <Button disabled={busy} onClick={onReject}>
              {t.publishes.reject}
            </Button>
          </Row>
        ) : (
          <Meta>{t.publishes.onlyAdmins}</Meta>
        )}
      </div>
      {asking && (
        <Confirm
          count={missing.length}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            onApprove();
          }}
        />
      )}
    </Panel>
  );
}

function Confirm({
  count,
  onClose,
  onConfirm,
}: {
  count: number;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const { t } = useI18n(texts);
  return (
    <Dialog title={t.publishes.approveTitle} onClose={onClose}>
      <p>{t.publishes.approveHint(count)}</p>
      <DialogFoot>
        <Button onClick={onClose}>{t.common.cancel}</Button>
        <Button look="danger" onClick={onConfirm}>
          {t.publishes.approve}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
