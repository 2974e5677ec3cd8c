// SPDX-License-Identifier: Apache-2.0
import { n } from "@/i18n/ja";

export const ja = {
  publishes: {
    title: "失敗した公開",
    lead: "拒否された公開と、承認を待つ削除です。表示中のサービスは、その前の正しい版のままです。",
    failures: "拒否された公開",
    held: "保留中の削除",
    count: (count: number) => `${n.format(count)} 件`,
    allGoodTitle: "失敗した公開はありません",
    allGoodHint: "CI の公開が拒否されると、誤りの行番号とともにここに表示されます。",
    filtered: (service: string) => `「${service}」のみ`,
    showAll: "すべて表示",
    includeResolved: "解決済みも表示",
    resolved: "解決済み",
    faults: (count: number) => `誤り ${n.format(count)} 件`,
    attempts: (count: number) => `${n.format(count)} 回`,
    firstAt: "初回",
    lastAt: "最終",
    unknownService: "サービス不明",
    table: "誤りの一覧",
    line: "行",
    atLine: (line: number) => `${n.format(line)} 行目`,
    column: "列",
    pointer: "項目",
    code: "種類",
    detail: "内容",
    source: "受信した原文",
    open: (name: string) => `「${name}」の誤りを表示`,
    heldTitle: (publisher: string, missing: number, of: number) =>
      `「${publisher}」: ${n.format(of)} 件中 ${n.format(missing)} 件の削除`,
    heldHint:
      "一度に消える数が多いため、承認されるまで削除しません。公開漏れであれば却下してください。",
    approve: "削除を承認",
    reject: "却下",
    approveTitle: "削除を承認しますか",
    approveHint: (count: number) =>
      `${n.format(count)} 件のサービスが削除済みになります。もう一度公開すれば復元できます。`,
    approved: (count: number) => `${n.format(count)} 件を削除済みにしました`,
    rejected: "削除を却下しました。サービスはそのまま残ります。",
    onlyAdmins: "承認・却下できるのは管理者だけです。",
    missing: "消えるサービス",
    gone: "この保留は、すでに処理されています。",
  },
};
