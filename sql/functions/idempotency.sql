-- SPDX-License-Identifier: Apache-2.0
-- Answers kept under idempotency keys.

-- Takes the key for this transaction, so that a second request with it waits for
-- the first; then the answer that was already given, if any.
CREATE OR REPLACE FUNCTION idempotency_take(owner text, wanted text)
RETURNS TABLE (fingerprint text, status integer, body text)
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(owner || ' ' || wanted, 1));
  RETURN QUERY
    SELECT encode(i.fingerprint, 'hex'), i.status::integer, i.body
      FROM idempotency i
     WHERE i.principal = owner AND i.key = wanted AND i.expires_at >= now();
END $$;
