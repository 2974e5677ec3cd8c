// SPDX-License-Identifier: Apache-2.0
import type { ApiDiffPackage, ApiFinding } from "@/api/generated";
import { useI18n } from "@/i18n";
import { Chip, type Tone } from "@/ui/Chip";
import type { IconType } from "@/ui/Icon";
import { CheckIcon, CloseIcon, HeldIcon } from "@/ui/icons";
import { verdictsOf } from "./diff";
import type { Verdict } from "./diffSearch";
import { texts } from "./messages";

const LOOK: Record<Verdict, [Tone, IconType]> = {
  breaking: ["bad", CloseIcon],
  waived: ["warn", HeldIcon],
  allowed: ["none", CheckIcon],
};

/** What the policy and the waivers make of one finding. */
export function VerdictChip({ of }: { of: ApiFinding }) {
  const { t, f } = useI18n(texts);
  const [tone, icon] = LOOK[of.verdict];
  const text = {
    breaking: t.cmp.breakingWord,
    waived: of.waiver ? t.cmp.waivedUntil(f.date(of.waiver.until)) : "",
    allowed: t.cmp.allowedWord,
  };
  return (
    <Chip tone={tone} icon={icon}>
      {text[of.verdict]}
    </Chip>
  );
}

/** How many findings have which verdict; nothing for those that have none. */
export function VerdictCounts({ counts }: { counts: ApiDiffPackage["counts"] }) {
  const { t } = useI18n(texts);
  return verdictsOf(counts).map((verdict) => {
    const [tone, icon] = LOOK[verdict];
    return (
      <Chip key={verdict} tone={tone} icon={icon}>
        {t.cmp.count[verdict](counts[verdict])}
      </Chip>
    );
  });
}
