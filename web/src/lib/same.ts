// SPDX-License-Identifier: Apache-2.0

/** Is what was filled in the same? For plain data whose keys keep their order. */
export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
