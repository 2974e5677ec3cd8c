-- SPDX-License-Identifier: Apache-2.0
-- The log is in the order of its transactions, and each subject has an order of its
-- own. Whoever has a number already may come second to a subject: the two orders
-- would differ. So each event goes by the last transaction that told of its subject.
BEGIN;

ALTER TABLE event_subject ADD last_xid xid8 NOT NULL DEFAULT '0';
COMMENT ON COLUMN event_subject.last_xid IS 'First part of the cursor of its last event; 0 = written before there was this column';

COMMENT ON COLUMN event.xid IS 'First part of the cursor: the transaction that wrote it, or a later one that told of the subject before';

SELECT schema_register(18, 'order_of_subjects');
COMMIT;
