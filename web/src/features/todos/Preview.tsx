// SPDX-License-Identifier: Apache-2.0
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { describe } from "@/api/describe";
import type { CampaignPreview, CampaignPreviewDraft } from "@/api/generated";
import { fieldFaults, isStatus } from "@/api/problem";
import { useI18n } from "@/i18n";
import { cx } from "@/ui/cx";
import { PlainTable } from "@/ui/DataTable";
import { TextField } from "@/ui/Field";
import { HeldIcon } from "@/ui/icons";
import { Panel, PanelNote } from "@/ui/Panel";
import { Banner, Bone, ErrorPanel, Skeleton } from "@/ui/State";
import { Meta, Mono } from "@/ui/Text";
import { previewQuery } from "./api";
import { StateChip } from "./Chips";
import { type Draft, lacksRule, previewBody } from "./draft";
import { texts } from "./messages";
import { dayAfter } from "./model";
import styles from "./Todos.module.css";

/** So long nothing may be typed before the server is asked. */
const IDLE_MS = 400;

/** The text, once it has not changed for a while. */
function useIdle(text: string): string {
  const [idle, setIdle] = useState(text);
  useEffect(() => {
    const wait = setTimeout(() => setIdle(text), IDLE_MS);
    return () => clearTimeout(wait);
  }, [text]);
  return idle;
}

interface PreviewProps {
  draft: Draft;
  /** The campaign that the draft would change. */
  of: string | undefined;
  /** It runs already: the draft has its effect as soon as it is saved. */
  runs?: boolean;
  /** What is wrong with the rule, to be shown where it is typed; undefined = nothing. */
  onRuleFault: (fault: string | undefined) => void;
}

/** What the draft would bring about if it were launched now, while it is written. */
export function Preview({ draft, of, runs = false, onRuleFault }: PreviewProps) {
  const { t } = useI18n(texts);
  const [day, setDay] = useState("");
  // Without its rule the server would take it for one that people decide.
  const body = lacksRule(draft) ? "" : JSON.stringify(previewBody(draft));
  const asked = useIdle(body);
  const at = day ? `${day}T00:00:00Z` : undefined;
  const preview = useQuery({
    ...previewQuery(JSON.parse(asked || "{}") as CampaignPreviewDraft, of, at),
    enabled: asked !== "" && body !== "",
  });
  const faults = isStatus(preview.error, 422) ? fieldFaults(preview.error) : {};
  const fault = body === "" ? undefined : faults.rule;
  useEffect(() => onRuleFault(fault), [fault, onRuleFault]);
  const waits = body !== "" && (preview.isFetching || body !== asked);
  return (
    <div className={styles.preview}>
      <Panel
        title={runs ? t.campaignForm.previewSaved : t.campaignForm.preview}
        aside={waits && t.campaignForm.counting}
      >
        {body === "" ? (
          <PanelNote>{t.campaignForm.needsRule}</PanelNote>
        ) : preview.error ? (
          fault !== undefined ? (
            <PanelNote>{t.campaignForm.mendRule}</PanelNote>
          ) : (
            <ErrorPanel failure={describe(preview.error, t)} onRetry={() => preview.refetch()} />
          )
        ) : preview.data ? (
          <div className={cx(styles.effect, waits && styles.dimmed)} aria-busy={waits}>
            <Effect of={preview.data} day={day} />
          </div>
        ) : (
          <Skeleton>
            <div className={styles.bones}>
              {[70, 45, 60, 38, 52].map((width) => (
                <Bone key={width} width={`${width}%`} />
              ))}
            </div>
          </Skeleton>
        )}
        <div className={styles.backTest}>
          <TextField
            label={t.campaignForm.backTest}
            hint={t.campaignForm.backTestHint}
            optional
            type="date"
            max={dayAfter(Date.now(), -1)}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        </div>
      </Panel>
    </div>
  );
}

const FEW_TEAMS = 12;

function Effect({ of, day }: { of: CampaignPreview; day: string }) {
  const { t, f } = useI18n(texts);
  return (
    <>
      {of.services === 0 ? (
        <PanelNote>{t.campaignForm.noServices}</PanelNote>
      ) : (
        <p role="status">
          <strong>{t.campaign.wouldOpen(of.open, of.done)}</strong>{" "}
          <Meta>{t.campaignForm.ofServices(of.services)}</Meta>
          {of.kept > 0 && <Meta> {t.campaignForm.kept(of.kept)}</Meta>}
        </p>
      )}
      {of.overLimit.length > 0 && (
        <Banner tone="warn" icon={HeldIcon}>
          {t.campaign.overLimit(f.list(of.overLimit))}
        </Banner>
      )}
      {of.unknownKeys.length > 0 && (
        <Banner tone="warn">{t.campaignForm.unknownKeys(f.list(of.unknownKeys))}</Banner>
      )}
      {day && of.backTest && (
        <Banner>
          {t.campaignForm.backTested(f.calendar(day), of.backTest.open, of.backTest.doneSince)}
        </Banner>
      )}
      {of.teams.length > 0 && (
        <PlainTable label={t.campaignForm.loadPerTeam}>
          <thead>
            <tr>
              <th scope="col">{t.services.col.team}</th>
              <th scope="col" className={styles.number}>
                {t.campaignForm.opens}
              </th>
              <th scope="col" className={styles.number}>
                {t.campaign.load}
              </th>
            </tr>
          </thead>
          <tbody>
            {of.teams.slice(0, FEW_TEAMS).map(({ team, open, load }) => (
              <tr key={team ?? ""}>
                <td>{team ?? t.services.unowned}</td>
                <td className={styles.number}>{f.number(open)}</td>
                <td className={styles.number}>{f.number(load)}</td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      {of.teams.length > FEW_TEAMS && <Meta>{t.common.more(of.teams.length - FEW_TEAMS)}</Meta>}
      {of.sample.length > 0 && (
        <>
          <h3>{t.campaignForm.sample}</h3>
          <ul className={styles.sample}>
            {of.sample.map((each) => (
              <li key={each.serviceID}>
                <StateChip state={each.state} /> <Mono>{each.serviceID}</Mono>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
