-- SPDX-License-Identifier: Apache-2.0
-- sql/queries/schema_there.sql: was any migration ever applied.
SELECT to_regclass('schema_migration') IS NOT NULL AS there;
