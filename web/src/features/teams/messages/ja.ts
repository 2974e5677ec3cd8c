// SPDX-License-Identifier: Apache-2.0
import { n } from "@/i18n/ja";

export const ja = {
  teams: {
    title: "チーム",
    count: (count: number) => `${n.format(count)} チーム`,
    table: "チーム一覧",
    filter: "チーム名で絞り込み",
    filterLabel: "チームを絞り込む",
    col: {
      team: "チーム",
      services: "サービス",
      people: "メンバー",
      corporations: "会社",
      lifecycles: "ライフサイクル",
      failing: "公開失敗",
    },
    unowned: "所有者不明",
    unownedHint: "スペックにチームのないサービス",
    emptyTitle: "チームはまだありません",
    emptyHint: "スペックの teamName から作られます。",
    noneTitle: "条件に合うチームはありません",
    contacts: "連絡先",
    noContacts: "このチームのサービスに連絡先がありません。",
    namedBy: (count: number) => `${n.format(count)} サービス`,
    people: "メンバー",
    noPeople: "このチームに属するユーザーはいません。",
    services: "サービス",
    noServices: "このチームのサービスはありません。",
    open: "未完了",
    overdue: "期限切れ",
    openTodos: "TODO を開く",
    openList: "一覧で開く",
    notFound: (name: string) => `チーム「${name}」は見つかりません`,
    notFoundHint: "名前が近いチーム",
    notFoundNone: "名前が近いチームもありません。",
  },
};
