// SPDX-License-Identifier: Apache-2.0
import { createLink } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, Fragment, type ReactNode } from "react";
import { useI18n } from "@/i18n";
import { useNow } from "@/lib/clock";
import { safeUrl } from "@/lib/links";
import { langOf } from "@/lib/text";
import { cx } from "./cx";
import { Icon } from "./Icon";
import { ExternalIcon } from "./icons";
import styles from "./Text.module.css";

/** One key, or keys pressed together. */
export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}

/** How long ago; the exact time is in the tooltip. */
export function Age({ at }: { at: string }) {
  const { f } = useI18n();
  const now = useNow();
  return (
    <time className={styles.age} dateTime={at} title={f.dateTime(at)}>
      {f.age(at, now)}
    </time>
  );
}

/** A text that people wrote, marked with its language when it is not the page's. */
export function Prose({ text }: { text: string }) {
  const { language } = useI18n();
  const lang = langOf(text, language);
  return lang ? <span lang={lang}>{text}</span> : text;
}

export function Mono({ children }: { children: ReactNode }) {
  return <span className={styles.mono}>{children}</span>;
}

export function Meta({ children }: { children: ReactNode }) {
  return <span className={styles.meta}>{children}</span>;
}

/** A text with an icon or a small button beside it, on one line. */
export function Inline({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <span className={styles.inline} title={title}>
      {children}
    </span>
  );
}

/** A link to another place; what is no safe address stays a text. */
export function ExternalLink({ href, children }: { href: string; children?: ReactNode }) {
  const { t } = useI18n();
  const url = safeUrl(href);
  if (!url) {
    return <span>{children ?? href}</span>;
  }
  if (url.startsWith("mailto:")) {
    return (
      <a className={styles.link} href={url}>
        {children ?? href}
      </a>
    );
  }
  return (
    <a
      className={cx(styles.link, styles.external)}
      href={url}
      target="_blank"
      rel="noreferrer noopener"
    >
      {children ?? href}
      {/* A word joiner keeps the icon with the last word. */}
      {"\u2060"}
      <Icon of={ExternalIcon} size={12} />
      <span className="visually-hidden">{t.common.opensNewTab}</span>
    </a>
  );
}

/** A long name breaks at its dots rather than anywhere. */
export function Dotted({ name }: { name: string }) {
  return name.split(/(?<=\.)/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** An e-mail address, broken before its @ rather than anywhere. */
export function MailLink({ address }: { address: string }) {
  const at = address.lastIndexOf("@");
  return (
    <ExternalLink href={`mailto:${address}`}>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </ExternalLink>
  );
}

/** A link in the accent colour to what is no page, e.g. a download. */
export function Anchor(props: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...props} className={cx(styles.link, props.className)} />;
}

/** A link inside the page, in the accent colour. */
export const TextLink = createLink(Anchor);
