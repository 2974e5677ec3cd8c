-- SPDX-License-Identifier: Apache-2.0
-- sweep_webhook.sql: gives up deliveries that can go no further; rows gone of old
-- ones.
SELECT webhook_sweep() AS gone;
