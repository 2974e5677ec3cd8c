/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * A statement with a name. The build makes one `const struct statement
 * sql_<name>` from each sql/queries/<name>.sql; db/ prepares it under that name
 * the first time a connection runs it.
 */
struct statement {
	const char *name;
	const char *text;
};
