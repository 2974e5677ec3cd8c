-- SPDX-License-Identifier: Apache-2.0
-- reader_lag.sql: how much a reader has before it.  $1 text reader
SELECT count(*) > 0 AS known,
       coalesce(max(w.events), 0) AS events,
       coalesce(max(w.seconds), 0) AS seconds
  FROM event_reader r
 CROSS JOIN LATERAL (
       SELECT count(*) AS events,
              ceil(greatest(0, extract(epoch FROM clock_timestamp()
                                                  - min(e.time))))::bigint AS seconds
         FROM (SELECT time
                 FROM event
                WHERE (xid, id) > (r.xid, r.id)
                ORDER BY xid, id
                LIMIT 10000) e) w
 WHERE r.name = $1;
