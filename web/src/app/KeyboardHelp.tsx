// SPDX-License-Identifier: Apache-2.0
import { useI18n } from "@/i18n";
import { Dialog } from "@/ui/Dialog";
import { KeyValue } from "@/ui/Panel";
import { Kbd } from "@/ui/Text";

/** Every key that does something. */
export default function KeyboardHelp({ mac, onClose }: { mac: boolean; onClose: () => void }) {
  const { t } = useI18n();
  const key = (name: string, ...keys: string[]) => ({
    key: name,
    label: name,
    value: keys.map((each, i) => (
      <span key={each}>
        {i > 0 && ` ${t.help.or} `}
        <Kbd>{each}</Kbd>
      </span>
    )),
  });
  return (
    <Dialog title={t.help.title} onClose={onClose}>
      <h3>{t.help.everywhere}</h3>
      <KeyValue
        entries={[
          key(t.help.palette, mac ? "⌘ K" : "Ctrl K"),
          key(t.help.goServices, "g s"),
          key(t.help.goTeams, "g t"),
          key(t.help.goDependencies, "g d"),
          key(t.help.goApis, "g a"),
          key(t.help.goMine, "g m"),
          key(t.help.goCampaigns, "g c"),
          key(t.help.help, "?"),
          key(t.help.leave, "Esc"),
        ]}
      />
      <h3>{t.help.inLists}</h3>
      <KeyValue
        entries={[
          key(t.help.filter, "/"),
          key(t.help.next, "j", "↓"),
          key(t.help.previous, "k", "↑"),
          key(t.help.open, "Enter"),
          key(t.help.select, "x"),
        ]}
      />
    </Dialog>
  );
}
