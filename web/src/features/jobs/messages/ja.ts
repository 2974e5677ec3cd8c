// SPDX-License-Identifier: Apache-2.0
import type { Job } from "@/api/generated";
import { n } from "@/i18n/ja";

const states: Record<Job["state"], string> = {
  ready: "待機中",
  running: "実行中",
  waiting: "部分の終了待ち",
  done: "完了",
  dead: "失敗",
  cancelled: "取り消し",
};

const does: Record<string, string> = {
  campaigns: "開始時刻になったキャンペーンを始めます",
  digest: "チームごとに、未完了・期限切れ・新規・完了の項目を知らせます",
  expire: "再び報告されなかった事実、期限の来た免除とスヌーズを終了します",
  rules: "公開時に評価できなかったルールを評価します",
};

export const ja = {
  jobs: {
    title: "ジョブ",
    lead: "バックグラウンドの処理です。終わったジョブは 14 日間残ります。",
    schedules: "スケジュール",
    schedule: "スケジュール",
    noSchedules: "スケジュールはありません",
    list: "ジョブ",
    job: "ジョブ",
    noJobs: "ジョブはありません",
    noJobsHint: "この条件に合うジョブは、この 14 日間にありません。",
    state: "状態",
    anyState: "すべての状態",
    states,
    does,
    attempts: "試行",
    attemptsOf: (count: number, most: number) => `${n.format(count)} / ${n.format(most)} 回`,
    delay: (seconds: number) => `${n.format(seconds)} 秒の遅れ`,
    parts: (all: number, open: number, failed: number, late: number) =>
      `部分 ${n.format(all)} 件（残り ${n.format(open)}、失敗 ${n.format(failed)}、期限切れ ${n.format(late)}）`,
    when: "時刻",
    actions: "操作",
    every: "間隔",
    everySeconds: (seconds: number) =>
      seconds % 86_400 === 0
        ? `${n.format(seconds / 86_400)} 日ごと`
        : seconds % 60 === 0
          ? `${n.format(seconds / 60)} 分ごと`
          : `${n.format(seconds)} 秒ごと`,
    next: "次回",
    last: "前回",
    resting: "停止中",
    retry: "再試行",
    retryOf: (id: number) => `ジョブ #${id} を再試行`,
    retried: (id: number) => `ジョブ #${id} を再び試します`,
    cancel: "取り消す",
    cancelOf: (id: number) => `ジョブ #${id} を取り消す`,
    cancelled: (id: number) => `ジョブ #${id} を取り消しました`,
    run: "今すぐ実行",
    runOf: (name: string) => `「${name}」を今すぐ実行`,
    started: (name: string) => `「${name}」を実行します`,
    pause: "停止",
    pauseOf: (name: string) => `「${name}」を停止`,
    paused: (name: string) => `「${name}」を停止しました`,
    resume: "再開",
    resumeOf: (name: string) => `「${name}」を再開`,
    resumed: (name: string) => `「${name}」を再開しました`,
  },
};
