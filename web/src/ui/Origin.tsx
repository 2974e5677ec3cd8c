// SPDX-License-Identifier: Apache-2.0
import { useI18n } from "@/i18n";
import { Icon } from "./Icon";
import { TokenActorIcon, UserIcon } from "./icons";
import { ExternalLink, Inline, Mono } from "./Text";

/** `user:saki` or `token:demo#3` as a person or a machine with its name. */
export function Principal({ subject }: { subject: string }) {
  const token = subject.startsWith("token:");
  return (
    <Inline title={subject}>
      <Icon of={token ? TokenActorIcon : UserIcon} size={14} />
      {subject.replace(/^(?:user|token):/, "").replace(/#\d+$/, "")}
    </Inline>
  );
}

const SHORT = 10;

interface Built {
  commit?: string | null | undefined;
  branch?: string | null | undefined;
  runUrl?: string | null | undefined;
}

/** The commit that was published; the CI run behind it is one click away. */
export function Commit({ version }: { version: Built }) {
  const { t } = useI18n();
  const { commit, branch, runUrl } = version;
  return (
    <span title={commit ?? undefined}>
      {commit && <Mono>{commit.slice(0, SHORT)}</Mono>}
      {branch && ` (${branch})`}
      {runUrl && (
        <>
          {(commit || branch) && " · "}
          <ExternalLink href={runUrl}>{t.origin.run}</ExternalLink>
        </>
      )}
    </span>
  );
}
