-- SPDX-License-Identifier: Apache-2.0
-- proto_copy_file.sql: takes new files.
COPY proto_file (id, key, sha256, path, package, syntax, imports, extends,
  source_info, services, methods, messages, fields, enums, "values", extensions,
  document)
  FROM STDIN;
