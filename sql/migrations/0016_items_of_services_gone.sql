-- SPDX-License-Identifier: Apache-2.0
-- Whether its service is in the catalogue is shown of an item: who follows items is
-- told when that changes.
BEGIN;

CREATE TRIGGER todo_item_of_service_gone AFTER UPDATE OF tombstoned_at ON service
  FOR EACH ROW WHEN ((NEW.tombstoned_at IS NULL) <> (OLD.tombstoned_at IS NULL))
  EXECUTE FUNCTION todo_item_of_service();

DROP FUNCTION IF EXISTS todo_render(todo_item, text, text, text, text);

SELECT schema_register(16, 'items_of_services_gone');
COMMIT;
