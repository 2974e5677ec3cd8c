-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/schema_number.sql: number of the last migration applied.
SELECT max(number) AS number
  FROM schema_migration;
