// SPDX-License-Identifier: Apache-2.0
// Times of the fixed data are told from now, so that an age reads the same on
// every day; with a fixed clock, dates do, too.
const MINUTE = 60_000;
const start = Date.now();

export const minutesAgo = (minutes: number) => new Date(start - minutes * MINUTE).toISOString();
export const hoursAgo = (hours: number) => minutesAgo(60 * hours);
export const daysAgo = (days: number) => hoursAgo(24 * days);
export const inDays = (days: number) => daysAgo(-days);
