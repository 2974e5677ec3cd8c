// SPDX-License-Identifier: Apache-2.0
import { Link } from "@tanstack/react-router";
import { useI18n } from "@/i18n";
import { Button, buttonClass } from "@/ui/Button";
import { RetryIcon, SearchIcon } from "@/ui/icons";
import { EmptyState, ErrorPanel } from "@/ui/State";

export function NotFound() {
  const { t } = useI18n();
  return (
    <main>
      <EmptyState
        whole
        icon={SearchIcon}
        title={t.error.notFoundPage}
        hint={t.error.notFoundPageHint}
        actions={
          <Link to="/services" className={buttonClass("primary")}>
            {t.error.toServices}
          </Link>
        }
      />
    </main>
  );
}

/** A part of the page could not be loaded, or a screen failed: our fault, said plainly. */
export function Crash({ error }: { error: unknown }) {
  const { t } = useI18n();
  const text = error instanceof Error ? error.message : String(error);
  return (
    <ErrorPanel
      whole
      title={t.error.crashed}
      failure={{ detail: `${t.error.crashedHint} ${text}` }}
    >
      <Button icon={RetryIcon} onClick={() => location.reload()}>
        {t.error.reload}
      </Button>
    </ErrorPanel>
  );
}
