-- SPDX-License-Identifier: Apache-2.0
-- facts_publish.sql: writes facts that CI says.  $1 text service, $2 text family,
-- $3 jsonb facts, $4 bigint seconds or NULL, $5 bool wholly, $6 int how many a
-- service may have, $7 text commit, $8 text who
SELECT status, detail, extra, body, rules_services() AS follow
  FROM facts_publish($1::text, $2::text, $3::jsonb, $4::bigint, $5::boolean,
                     $6::integer, $7::text, $8::text);
