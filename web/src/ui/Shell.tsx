// SPDX-License-Identifier: Apache-2.0
import { createLink, Link } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, type ReactNode, type Ref, useState } from "react";
import { useI18n } from "@/i18n";
import { IconButton } from "./Button";
import { Sheet } from "./Dialog";
import { Icon, type IconType } from "./Icon";
import { MenuIcon, SearchIcon } from "./icons";
import styles from "./Shell.module.css";
import { Kbd } from "./Text";

export interface NavEntry {
  to: string;
  label: string;
  icon: IconType;
  count?: ReactNode;
}

export interface NavGroup {
  heading?: string;
  entries: readonly NavEntry[];
}

export interface Crumb {
  label: string;
  /** A name from the catalogue rather than a word of the page. */
  to?: string;
}

function NavAnchor(props: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...props} className={styles.item} />;
}

const NavLink = createLink(NavAnchor);

export function Logo() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <rect x="1" y="1" width="6" height="6" rx="1.5" fill="var(--accent)" />
      <rect x="9" y="1" width="6" height="6" rx="1.5" fill="var(--accent-mid)" />
      <rect x="1" y="9" width="6" height="6" rx="1.5" fill="var(--accent-mid)" />
      <rect x="9" y="9" width="6" height="6" rx="1.5" fill="var(--accent)" />
    </svg>
  );
}

function Nav({ groups, live }: { groups: readonly NavGroup[]; live: ReactNode }) {
  const { t } = useI18n();
  return (
    <nav className={styles.nav} aria-label={t.nav.label}>
      <Link to="/services" className={styles.brand} title={t.common.product}>
        <Logo />
        <span className={styles.name}>{t.common.product}</span>
      </Link>
      {groups.map((group) => (
        <div key={group.heading ?? ""}>
          {group.heading && <p className={styles.heading}>{group.heading}</p>}
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.to}>
                <NavLink to={entry.to} title={entry.label} activeOptions={{ includeSearch: false }}>
                  <Icon of={entry.icon} />
                  <span className={styles.name}>{entry.label}</span>
                  {entry.count !== undefined && <span className={styles.count}>{entry.count}</span>}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className={styles.grow} />
      <div className={styles.live}>{live}</div>
    </nav>
  );
}

interface ShellProps {
  groups: readonly NavGroup[];
  crumbs: readonly Crumb[];
  live: ReactNode;
  /** Right end of the top bar. */
  tools: ReactNode;
  onSearch: () => void;
  mac: boolean;
  mainRef?: Ref<HTMLElement>;
  children: ReactNode;
}

/** The frame of every screen but signing in. */
export function Shell(props: ShellProps) {
  const { t } = useI18n();
  const [drawer, setDrawer] = useState(false);
  return (
    <div className={styles.shell}>
      {/* biome-ignore lint/a11y/useValidAnchor: it leads within the page, but the address is the router's */}
      <a
        className={styles.skip}
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("main")?.focus();
        }}
      >
        {t.common.skip}
      </a>
      <div className={styles.side}>
        <Nav groups={props.groups} live={props.live} />
      </div>
      {drawer && (
        <Sheet label={t.common.menu} onClose={() => setDrawer(false)}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: following a link closes the drawer; the link itself takes the keyboard */}
          <div onClick={() => setDrawer(false)} style={{ height: "100%" }}>
            <Nav groups={props.groups} live={props.live} />
          </div>
        </Sheet>
      )}
      <header className={styles.bar}>
        <IconButton
          className={styles.menuButton}
          icon={MenuIcon}
          label={t.nav.open}
          onClick={() => setDrawer(true)}
        />
        <nav className={styles.crumbs} aria-label={t.nav.breadcrumb}>
          <ol>
            {props.crumbs.map((crumb, i) => (
              <li key={crumb.label}>
                {crumb.to && i < props.crumbs.length - 1 ? (
                  <Link to={crumb.to}>{crumb.label}</Link>
                ) : (
                  <span aria-current={i === props.crumbs.length - 1 ? "page" : undefined}>
                    {crumb.label}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </nav>
        <button
          type="button"
          className={styles.find}
          onClick={props.onSearch}
          title={t.top.search}
          aria-keyshortcuts={props.mac ? "Meta+K" : "Control+K"}
        >
          <Icon of={SearchIcon} />
          <span>{t.top.search}</span>
          <Kbd>{props.mac ? "⌘ K" : "Ctrl K"}</Kbd>
        </button>
        <div className={styles.tools}>{props.tools}</div>
      </header>
      <main id="main" className={styles.main} tabIndex={-1} ref={props.mainRef}>
        {props.children}
      </main>
    </div>
  );
}

export const wideOnly = styles.wideOnly ?? "";
export const accountClass = styles.account ?? "";
