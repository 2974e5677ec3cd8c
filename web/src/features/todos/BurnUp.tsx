// SPDX-License-Identifier: Apache-2.0
import type { CampaignPage } from "@/api/generated";
import { useI18n } from "@/i18n";
import { cx } from "@/ui/cx";
import { PlainTable } from "@/ui/DataTable";
import { Segments } from "@/ui/Field";
import { Panel, PanelNote } from "@/ui/Panel";
import css from "./BurnUp.module.css";
import { chartOf, isEarly } from "./chart";
import { texts } from "./messages";
import { percentOf, settledOf, totalOf } from "./model";
import styles from "./Todos.module.css";

interface BurnUpProps {
  page: CampaignPage;
  table: boolean;
  onTable: (table: boolean) => void;
}

/** How many items there were and how many were settled, day by day; as a picture or a table. */
export function BurnUp({ page, table, onTable }: BurnUpProps) {
  const { t } = useI18n(texts);
  const { progress } = page;
  return (
    <Panel
      title={t.campaign.burnUp}
      aside={
        <Segments
          label={t.campaign.shownAs}
          value={table ? "table" : "chart"}
          options={[
            { value: "chart", label: t.campaign.asChart },
            { value: "table", label: t.campaign.asTable },
          ]}
          onChange={(value) => onTable(value === "table")}
        />
      }
    >
      <div className={styles.burnUp}>
        <Summary page={page} />
        {progress.length === 0 ? (
          <PanelNote>{t.campaign.noProgress}</PanelNote>
        ) : table ? (
          <Days page={page} />
        ) : (
          <Picture page={page} />
        )}
      </div>
    </Panel>
  );
}

/** What the picture says, in words. */
function Summary({ page }: { page: CampaignPage }) {
  const { t, f } = useI18n(texts);
  const { counts, due } = page.campaign;
  const { forecast } = page;
  const total = totalOf(counts);
  const late = forecast && due && forecast.date > due;
  const outlook =
    total === settledOf(counts)
      ? undefined
      : forecast
        ? t.campaign.forecast(f.calendar(forecast.date), f.number(round(forecast.perDay)))
        : isEarly(page)
          ? t.campaign.tooEarly
          : t.campaign.noForecast;
  return (
    <p className={styles.summary}>
      {(total > 0 || counts.cancelled === 0) && (
        <>
          <strong>{t.campaigns.share(percentOf(counts))}</strong>{" "}
          {t.campaigns.settledOf(settledOf(counts), total)}
          {counts.cancelled > 0 && " · "}
        </>
      )}
      {counts.cancelled > 0 && t.campaigns.cancelled(counts.cancelled)}
      {total > 0 && outlook && ` · ${outlook}`}
      {forecast && due && (
        <>
          {" · "}
          <span className={late ? styles.overdue : styles.onTime}>
            {late ? t.campaign.late(f.calendar(due)) : t.campaign.onTime(f.calendar(due))}
          </span>
        </>
      )}
    </p>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;

function Picture({ page }: { page: CampaignPage }) {
  const { t, f } = useI18n(texts);
  const chart = chartOf({ ...page, due: page.campaign.due });
  if (!chart) {
    return null;
  }
  return (
    <figure className={css.chart} aria-label={t.campaign.burnUp}>
      <span className={css.most}>{f.number(chart.most)}</span>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-hidden="true">
        <line className={css.grid} x1="0" y1="50" x2="100" y2="50" />
        <polygon
          className={css.area}
          points={`${chart.settled} ${chart.settled.split(" ").at(-1)?.split(",")[0]},100 0,100`}
        />
        {chart.due !== undefined && (
          <line className={css.dueLine} x1={chart.due} y1="0" x2={chart.due} y2="100" />
        )}
        <polyline className={cx(css.totalLine, chart.dots && css.dot)} points={chart.total} />
        <polyline className={cx(css.settledLine, chart.dots && css.dot)} points={chart.settled} />
        {chart.forecast && <polyline className={css.forecastLine} points={chart.forecast} />}
      </svg>
      <div className={css.axis}>
        <span>{f.calendar(chart.first)}</span>
        <span>{f.calendar(chart.last)}</span>
      </div>
      <ul className={css.legend} aria-hidden="true">
        <li className={css.keySettled}>{t.campaign.settled}</li>
        <li>{t.campaign.total}</li>
        {chart.forecast && <li className={css.keyForecast}>{t.campaign.ifItGoesOn}</li>}
        {chart.due !== undefined && <li className={css.keyDue}>{t.todos.due}</li>}
      </ul>
    </figure>
  );
}

function Days({ page: { progress } }: { page: CampaignPage }) {
  const { t, f } = useI18n(texts);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard
    <section className={css.days} tabIndex={0} aria-label={t.campaign.burnUp}>
      <PlainTable label={t.campaign.burnUp}>
        <thead>
          <tr>
            <th scope="col">{t.campaign.day}</th>
            <th scope="col" className={styles.number}>
              {t.campaign.settled}
            </th>
            <th scope="col" className={styles.number}>
              {t.campaign.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...progress].reverse().map(({ day, settled, total }) => (
            <tr key={day}>
              <td>{f.calendar(day)}</td>
              <td className={styles.number}>{f.number(settled)}</td>
              <td className={styles.number}>{f.number(total)}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </section>
  );
}
