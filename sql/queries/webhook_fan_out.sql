-- SPDX-License-Identifier: Apache-2.0
-- webhook_fan_out.sql: makes deliveries of the next events.  $1 int at most
SELECT webhook_fan_out($1::integer) AS events;
