-- SPDX-License-Identifier: Apache-2.0
-- write_turn.sql: waits until no other transaction writes.
SELECT 1 AS status FROM write_lock();
