-- SPDX-License-Identifier: Apache-2.0
-- proto_facts.sql: what a revision says of services.  $1 text repository,
-- $2 int revision before, $3 int revision, $4 bool for rules alone,
-- $5 jsonb options
SELECT descriptor_facts($1::text, $2::integer, $3::integer, $4::boolean,
                        $5::jsonb) AS follow;
