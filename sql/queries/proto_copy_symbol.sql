-- SPDX-License-Identifier: Apache-2.0
-- proto_copy_symbol.sql: takes what new files declare.
COPY proto_symbol (file, place, kind, full_name, name, parent, line, deprecated,
  parts, summary, document) FROM STDIN;
