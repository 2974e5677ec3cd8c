// SPDX-License-Identifier: Apache-2.0
import { Fragment, type ReactNode, useMemo } from "react";
import { useI18n } from "@/i18n";
import { langOf } from "@/lib/text";
import { ExternalLink } from "@/ui/Text";
import styles from "./Apis.module.css";
import { SymbolLink } from "./Links";
import { type Block, type Inline, parseMarkdown } from "./markdown";
import { meantBy } from "./names";
import { usePlace } from "./place";

/** A comment; whatever is in it becomes texts and links, never markup. */
export function Markdown({ text, scope }: { text: string; scope: string }) {
  const { language } = useI18n();
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return (
    <div className={styles.prose} lang={langOf(text, language)}>
      {blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a fixed text
        <BlockView key={i} block={block} scope={scope} />
      ))}
    </div>
  );
}

function BlockView({ block, scope }: { block: Block; scope: string }) {
  switch (block.kind) {
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard
        <pre className={styles.snippet} tabIndex={0}>
          {block.text}
        </pre>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items of a fixed text
            <li key={i}>
              <Parts parts={item} scope={scope} />
            </li>
          ))}
        </List>
      );
    }
    case "heading":
      // Its level would not fit the page's own headings.
      return (
        <p>
          <strong>
            <Parts parts={block.children} scope={scope} />
          </strong>
        </p>
      );
    case "quote":
      return (
        <blockquote>
          <Parts parts={block.children} scope={scope} />
        </blockquote>
      );
    default:
      return (
        <p>
          <Parts parts={block.children} scope={scope} />
        </p>
      );
  }
}

function Parts({ parts, scope }: { parts: readonly Inline[]; scope: string }) {
  return parts.map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text
    <Fragment key={i}>
      <Part part={part} scope={scope} />
    </Fragment>
  ));
}

function Part({ part, scope }: { part: Inline; scope: string }): ReactNode {
  const { packages } = usePlace();
  const inside = "children" in part && <Parts parts={part.children} scope={scope} />;
  switch (part.kind) {
    case "text":
      return part.text;
    case "code": {
      // A lone word in backticks is as often a field or a value.
      const meant = part.text.includes(".") ? meantBy(part.text, scope, packages) : undefined;
      const code = <code>{part.text}</code>;
      return meant === part.text ? <SymbolLink name={meant}>{code}</SymbolLink> : code;
    }
    case "symbol": {
      const meant = meantBy(part.name, scope, packages);
      return meant ? <SymbolLink name={meant}>{inside}</SymbolLink> : inside;
    }
    case "link":
      return <ExternalLink href={part.href}>{inside}</ExternalLink>;
    case "strong":
      return <strong>{inside}</strong>;
    default:
      return <em>{inside}</em>;
  }
}
