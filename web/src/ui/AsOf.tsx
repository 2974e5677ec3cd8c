// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { useI18n } from "@/i18n";
import styles from "./AsOf.module.css";
import { Button } from "./Button";
import { Popover } from "./Dialog";
import { TextField } from "./Field";
import { ClockIcon } from "./icons";
import { Banner } from "./State";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A moment as `<input type=datetime-local>` writes it, in the reader's time zone. */
export function toLocalInput(ms: number): string {
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** That text as RFC 3339 in UTC, to the second. */
export function fromLocalInput(text: string): string | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

interface AsOfProps {
  at: string | undefined;
  onChange: (at: string | undefined) => void;
}

/** Chooses the moment that a screen shows. */
export function AsOfPicker({ at, onChange }: AsOfProps) {
  const { t, f } = useI18n();
  return (
    <Popover
      label={t.at.label}
      trigger={(props) => (
        <Button {...props} icon={ClockIcon}>
          {at ? f.dateTime(at) : t.at.button}
        </Button>
      )}
    >
      {(close) => (
        <PickTime
          at={at}
          onChange={(next) => {
            close();
            onChange(next);
          }}
        />
      )}
    </Popover>
  );
}

function PickTime({ at, onChange }: AsOfProps) {
  const { t } = useI18n();
  const [text, setText] = useState(() => toLocalInput(at ? Date.parse(at) : Date.now()));
  const [bad, setBad] = useState(false);
  const ago = (ms: number) => onChange(`${new Date(Date.now() - ms).toISOString().slice(0, 19)}Z`);
  return (
    <form
      className={styles.pick}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const time = fromLocalInput(text);
        setBad(time === undefined);
        if (time !== undefined) {
          onChange(time);
        }
      }}
    >
      <TextField
        label={t.at.label}
        type="datetime-local"
        value={text}
        max={toLocalInput(Date.now())}
        error={bad ? t.at.invalid : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={styles.quick}>
        <Button small onClick={() => ago(HOUR)}>
          {t.at.hourAgo}
        </Button>
        <Button small onClick={() => ago(DAY)}>
          {t.at.dayAgo}
        </Button>
        <Button small onClick={() => ago(7 * DAY)}>
          {t.at.weekAgo}
        </Button>
        <Button small onClick={() => ago(30 * DAY)}>
          {t.at.monthAgo}
        </Button>
      </div>
      <Button look="primary" type="submit">
        {t.at.show}
      </Button>
      {at && <Button onClick={() => onChange(undefined)}>{t.at.back}</Button>}
    </form>
  );
}

/** Says that the screen shows the past, and leads back. */
export function AsOfBanner({ at, onChange }: { at: string; onChange: AsOfProps["onChange"] }) {
  const { t, f } = useI18n();
  return (
    <Banner
      icon={ClockIcon}
      actions={
        <Button small onClick={() => onChange(undefined)}>
          {t.at.back}
        </Button>
      }
    >
      {t.at.banner(f.dateTime(at))}
    </Banner>
  );
}
