// SPDX-License-Identifier: Apache-2.0
import { describe } from "@/api/describe";
import type { Token } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Button } from "@/ui/Button";
import { CodeBlock } from "@/ui/Code";
import { cx } from "@/ui/cx";
import { KeyIcon, PlusIcon } from "@/ui/icons";
import { FlowPage, PageHead } from "@/ui/Page";
import { EmptyState, ErrorPanel, Skeleton, StaleNote } from "@/ui/State";
import { exampleRequest } from "./example";
import { texts } from "./messages";
import styles from "./Settings.module.css";
import { TokenBones, TokenTable } from "./TokenTable";

export interface TokensViewProps {
  /** undefined = not known yet. */
  tokens: readonly Token[] | undefined;
  error?: unknown;
  /** When the tokens shown were read. */
  updatedAt?: number;
  origin: string;
  onRetry: () => void;
  onMake: () => void;
  onRotate: (token: Token) => void;
  onRevoke: (token: Token) => void;
}

export function TokensView(props: TokensViewProps) {
  const { tokens, error, updatedAt = 0, onRetry, onMake } = props;
  const { t } = useI18n(texts);
  return (
    <FlowPage>
      <PageHead
        title={t.tokens.title}
        aside={tokens && tokens.length > 0 && t.tokens.count(tokens.length)}
        actions={
          <Button look="primary" icon={PlusIcon} onClick={onMake}>
            {t.tokens.make}
          </Button>
        }
      />
      <p className={styles.lead}>{t.tokens.lead}</p>
      {error !== undefined && tokens && <StaleNote since={updatedAt} onRetry={onRetry} />}
      <div className={cx(styles.frame, error !== undefined && tokens && styles.dim)}>
        <Content {...props} />
      </div>
    </FlowPage>
  );
}

function Content({ tokens, error, origin, onRetry, onRotate, onRevoke }: TokensViewProps) {
  const { t } = useI18n();
  if (tokens && tokens.length > 0) {
    return <TokenTable tokens={tokens} onRotate={onRotate} onRevoke={onRevoke} />;
  }
  if (tokens) {
    return <NoTokens origin={origin} />;
  }
  if (error !== undefined) {
    return <ErrorPanel failure={describe(error, t)} onRetry={onRetry} />;
  }
  return (
    <Skeleton>
      <TokenBones />
    </Skeleton>
  );
}

const ANY = { scopes: ["ingest:write"], services: [], team: null };

function NoTokens({ origin }: { origin: string }) {
  const { t } = useI18n(texts);
  return (
    <EmptyState icon={KeyIcon} title={t.tokens.emptyTitle} hint={t.tokens.emptyHint}>
      <CodeBlock
        text={`export MDASH_TOKEN=mdc_…\n${exampleRequest(ANY, origin)}`}
        label={t.tokens.emptyHint}
        numbers={false}
      />
    </EmptyState>
  );
}
