-- SPDX-License-Identifier: Apache-2.0
-- token_audit.sql: writes down who did what with accounts and tokens.
-- $1 text who (JSON), $2 text action, $3 text object, $4 text detail (JSON)
SELECT audit_append($1::jsonb, $2::text, $3::text, 'done', $4::jsonb);
