-- SPDX-License-Identifier: Apache-2.0
-- webhook_figures.sql: deliveries that wait and that are dead, webhooks that are
-- disabled, and for how many seconds the oldest delivery to an active webhook has
-- been due or tried.
SELECT (SELECT count(*) FROM webhook_delivery WHERE state IN ('waiting', 'sending')) AS waiting,
       (SELECT count(*) FROM webhook_delivery WHERE state = 'dead') AS dead,
       (SELECT count(*) FROM webhook WHERE state = 'disabled') AS disabled,
       (SELECT coalesce(ceil(extract(epoch FROM now() - min(coalesce(d.first_at, d.next_at)))), 0)::bigint
          FROM webhook_delivery d
          JOIN webhook w ON w.id = d.webhook AND w.state = 'active'
         WHERE d.state IN ('waiting', 'sending')) AS oldest_s;
