// SPDX-License-Identifier: Apache-2.0
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { failuresQuery, heldQuery } from "@/features/publishes/api";
import { sessionQuery } from "@/features/session/api";
import { mineCountsQuery } from "@/features/todos/api";
import { useI18n } from "@/i18n";
import { CountBadge } from "@/ui/Chip";
import {
  ActionIcon,
  ApiIcon,
  CampaignIcon,
  ClockIcon,
  GraphIcon,
  KeyIcon,
  PreferencesIcon,
  PublishIcon,
  ServicesIcon,
  TeamsIcon,
  TodoIcon,
} from "@/ui/icons";
import type { NavGroup } from "@/ui/Shell";

/** The side bar; what waits for somebody has its number there. */
export function useNavGroups(signedIn: boolean): NavGroup[] {
  const { t } = useI18n();
  const failures = useInfiniteQuery({ ...failuresQuery({}), enabled: signedIn });
  const held = useQuery({ ...heldQuery, enabled: signedIn });
  const session = useQuery({ ...sessionQuery, enabled: signedIn });
  const mine = useQuery({ ...mineCountsQuery, enabled: signedIn });
  const overdue = mine.data?.groups?.overdue ?? 0;
  const waiting = (failures.data?.pages[0]?.items.length ?? 0) + (held.data?.items.length ?? 0);
  const more = Boolean(failures.data?.pages[0]?.next);
  return [
    {
      entries: [
        { to: "/services", label: t.nav.services, icon: ServicesIcon },
        { to: "/teams", label: t.nav.teams, icon: TeamsIcon },
        { to: "/dependencies", label: t.nav.dependencies, icon: GraphIcon },
        { to: "/apis", label: t.nav.apis, icon: ApiIcon },
        {
          to: "/publishes",
          label: t.nav.publishes,
          icon: PublishIcon,
          ...(waiting > 0 ? { count: <CountBadge count={waiting} more={more} bad /> } : {}),
        },
      ],
    },
    {
      heading: t.nav.todo,
      entries: [
        {
          to: "/todos",
          label: t.nav.mine,
          icon: TodoIcon,
          ...(overdue > 0 ? { count: <CountBadge count={overdue} bad /> } : {}),
        },
        { to: "/campaigns", label: t.nav.campaigns, icon: CampaignIcon },
      ],
    },
    {
      heading: t.nav.collection,
      entries: [{ to: "/jobs", label: t.nav.jobs, icon: ClockIcon }],
    },
    {
      heading: t.nav.settings,
      entries: [
        { to: "/settings/tokens", label: t.nav.tokens, icon: KeyIcon },
        ...(session.data?.role === "admin"
          ? [{ to: "/settings/webhooks", label: t.nav.webhooks, icon: ActionIcon }]
          : []),
        { to: "/settings/preferences", label: t.nav.preferences, icon: PreferencesIcon },
      ],
    },
  ];
}
