// SPDX-License-Identifier: Apache-2.0
import { Fragment, type ReactNode, useMemo } from "react";
import { useI18n } from "@/i18n";
import { type Block, type Inline, parseMarkdown } from "@/lib/markdown";
import { langOf } from "@/lib/text";
import styles from "./Markdown.module.css";
import { ExternalLink } from "./Text";

/** What a name in the text leads to, where that is known; the name itself where not. */
export type Named = (kind: "code" | "symbol", name: string, inside: ReactNode) => ReactNode;

const asWritten: Named = (_kind, _name, inside) => inside;

/** A text that people wrote; whatever is in it becomes texts and links, never markup. */
export function Markdown({
  text,
  named = asWritten,
  comment = false,
}: {
  text: string;
  named?: Named;
  /** Of a .proto file. */
  comment?: boolean;
}) {
  const { language } = useI18n();
  const blocks = useMemo(() => parseMarkdown(text, comment), [text, comment]);
  return (
    <div className={styles.prose} lang={langOf(text, language)}>
      {blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a fixed text
        <BlockView key={i} block={block} named={named} />
      ))}
    </div>
  );
}

function BlockView({ block, named }: { block: Block; named: Named }) {
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
              <Parts parts={item} named={named} />
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
            <Parts parts={block.children} named={named} />
          </strong>
        </p>
      );
    case "quote":
      return (
        <blockquote>
          <Parts parts={block.children} named={named} />
        </blockquote>
      );
    default:
      return (
        <p>
          <Parts parts={block.children} named={named} />
        </p>
      );
  }
}

function Parts({ parts, named }: { parts: readonly Inline[]; named: Named }) {
  return parts.map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text
    <Fragment key={i}>
      <Part part={part} named={named} />
    </Fragment>
  ));
}

function Part({ part, named }: { part: Inline; named: Named }): ReactNode {
  const inside = "children" in part && <Parts parts={part.children} named={named} />;
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return named("code", part.text, <code>{part.text}</code>);
    case "symbol":
      return named("symbol", part.name, inside);
    case "link":
      return <ExternalLink href={part.href}>{inside}</ExternalLink>;
    case "strong":
      return <strong>{inside}</strong>;
    default:
      return <em>{inside}</em>;
  }
}
