// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import type { Token } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { Chip, type Tone, tagClass } from "@/ui/Chip";
import { cx } from "@/ui/cx";
import { PlainTable } from "@/ui/DataTable";
import type { IconType } from "@/ui/Icon";
import { CheckIcon, ClockIcon, DeleteIcon, RetiredIcon, RetryIcon, WarnIcon } from "@/ui/icons";
import { Bone } from "@/ui/State";
import { Age, Mono, TextLink } from "@/ui/Text";
import { type Messages, texts } from "./messages";
import { isOver, publishes, replaced } from "./model";
import styles from "./Settings.module.css";

interface TokenTableProps {
  tokens: readonly Token[];
  onRotate: (token: Token) => void;
  onRevoke: (token: Token) => void;
}

export function TokenTable({ tokens, onRotate, onRevoke }: TokenTableProps) {
  const successors = replaced(tokens);
  return (
    <Frame>
      {tokens.map((token) => (
        <Row key={token.id} token={token} hasSuccessor={successors.has(token.id)}>
          {!isOver(token) && (
            <Actions
              token={token}
              onRotate={successors.has(token.id) ? undefined : onRotate}
              onRevoke={onRevoke}
            />
          )}
        </Row>
      ))}
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const { t } = useI18n(texts);
  const { col } = t.tokens;
  return (
    <PlainTable label={t.tokens.table}>
      <thead>
        <tr>
          <th scope="col">{col.name}</th>
          <th scope="col" className={styles.from880}>
            {col.state}
          </th>
          <th scope="col" className={styles.from880}>
            {col.reach}
          </th>
          <th scope="col" className={styles.from1080}>
            {col.scopes}
          </th>
          <th scope="col" className={styles.from880}>
            {col.used}
          </th>
          <th scope="col" className={styles.from880}>
            {col.expires}
          </th>
          <th scope="col">
            <span className="visually-hidden">{col.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </PlainTable>
  );
}

function Row({
  token,
  hasSuccessor,
  children,
}: {
  token: Token;
  hasSuccessor: boolean;
  children: ReactNode;
}) {
  const { t } = useI18n(texts);
  return (
    <tr className={cx(isOver(token) && styles.over)}>
      <td>
        <span className={styles.name}>{token.name}</span>
        <span className={styles.second}>
          {t.tokens.kind[token.kind]} · <Mono>{token.hint}</Mono> ·{" "}
          {t.tokens.createdBy(bare(token.createdBy))}
        </span>
        <span className={cx(styles.second, styles.below1080)}>
          {token.scopes.map((scope) => scopeName(scope, t)).join(" · ")}
        </span>
        <div className={styles.summary}>
          <StateChip token={token} />
          <span className={styles.second}>
            {ownerOf(token, t)} ·{" "}
            <span className={styles.line}>
              {t.tokens.col.expires} <Age at={token.expiresAt} />
            </span>
          </span>
        </div>
      </td>
      <td className={styles.from880}>
        <StateChip token={token} />
        {hasSuccessor && !isOver(token) && (
          <span className={styles.second}>{t.tokens.replaced}</span>
        )}
        {token.revokedAt && (
          <span className={styles.second}>
            <Age at={token.revokedAt} />
          </span>
        )}
      </td>
      <td className={styles.from880}>
        <Reach token={token} />
      </td>
      <td className={styles.from1080}>
        <Scopes scopes={token.scopes} />
      </td>
      <td className={styles.from880}>
        {token.lastUsedAt ? <Age at={token.lastUsedAt} /> : t.tokens.never}
        {token.lastUsedFrom && (
          <span className={cx(styles.second, styles.line)}>
            {t.tokens.usedFrom(token.lastUsedFrom)}
          </span>
        )}
      </td>
      <td className={styles.from880}>
        <Ends token={token} />
      </td>
      <td>{children}</td>
    </tr>
  );
}

/** `user:saki` without what is clear from the place. */
const bare = (subject: string) => subject.replace(/^user:/, "");

const ownerOf = (token: Token, t: Messages) => token.team ?? token.owner ?? t.tokens.noTeam;

const LOOK: Record<Token["state"], [Tone, IconType]> = {
  active: ["ok", CheckIcon],
  expiring: ["warn", WarnIcon],
  expired: ["none", ClockIcon],
  revoked: ["none", RetiredIcon],
};

function StateChip({ token }: { token: Token }) {
  const { t } = useI18n(texts);
  const [tone, icon] = LOOK[token.state];
  return (
    <Chip tone={tone} icon={icon}>
      {t.tokens.state[token.state]}
    </Chip>
  );
}

function Ends({ token }: { token: Token }) {
  const { f } = useI18n();
  return token.revokedAt ? (
    "–"
  ) : (
    <>
      <span className={styles.line}>{f.date(token.expiresAt)}</span>
      <span className={styles.second}>
        <Age at={token.expiresAt} />
      </span>
    </>
  );
}

/** Whose it is, and which services it may publish. */
function Reach({ token }: { token: Token }) {
  const { t } = useI18n(texts);
  const { team, services } = token;
  const bound = team !== null || token.kind === "personal";
  return (
    <div className={styles.reach}>
      {team ? (
        <TextLink to="/teams/$team" params={{ team }}>
          {team}
        </TextLink>
      ) : (
        ownerOf(token, t)
      )}
      {publishes(token.scopes) && (
        <span className={styles.second}>
          {services.length > 0 ? (
            <Globs of={services} />
          ) : bound ? (
            t.tokens.ownServices
          ) : (
            t.tokens.allServices
          )}
        </span>
      )}
    </div>
  );
}

const SHOWN = 3;

function Globs({ of }: { of: readonly string[] }) {
  const { t } = useI18n();
  const rest = of.slice(SHOWN);
  return (
    <>
      {of.slice(0, SHOWN).map((glob) => (
        <span key={glob} className={styles.glob}>
          <Mono>{glob}</Mono>
        </span>
      ))}
      {rest.length > 0 && <span title={rest.join(" ")}>{t.common.more(rest.length)}</span>}
    </>
  );
}

/** A server that is newer than this page may know more of them. */
function scopeName(scope: string, t: Messages): string {
  const names: Record<string, string> = t.tokens.scope;
  return names[scope] ?? scope;
}

function Scopes({ scopes }: { scopes: readonly string[] }) {
  const { t } = useI18n(texts);
  return (
    <span className={styles.scopes}>
      {scopes.map((scope) => (
        <span key={scope} className={tagClass} title={scope}>
          {scopeName(scope, t)}
        </span>
      ))}
    </span>
  );
}

function Actions({
  token,
  onRotate,
  onRevoke,
}: {
  token: Token;
  onRotate: ((token: Token) => void) | undefined;
  onRevoke: (token: Token) => void;
}) {
  const { t } = useI18n(texts);
  return (
    <div className={styles.actions}>
      {onRotate && (
        <Button
          small
          icon={RetryIcon}
          aria-label={`${t.tokens.rotate}: ${token.name}`}
          onClick={() => onRotate(token)}
        >
          {t.tokens.rotate}
        </Button>
      )}
      <Button
        small
        icon={DeleteIcon}
        aria-label={`${t.tokens.revoke}: ${token.name}`}
        onClick={() => onRevoke(token)}
      >
        {t.tokens.revoke}
      </Button>
    </div>
  );
}

const ROWS = [58, 44, 66, 50, 38];

/** Rows of bones at the height that they will have. */
export function TokenBones() {
  const cell = (width: number, name?: string) => (
    <td className={name}>
      <Bone width={`${width}%`} />
    </td>
  );
  return (
    <Frame>
      {ROWS.map((width) => (
        <tr key={width} className={styles.rows}>
          <td>
            <Bone width={`${width}%`} />
          </td>
          {cell(70, styles.from880)}
          {cell(width, styles.from880)}
          {cell(60, styles.from1080)}
          {cell(50, styles.from880)}
          {cell(60, styles.from880)}
          {cell(80)}
        </tr>
      ))}
    </Frame>
  );
}
