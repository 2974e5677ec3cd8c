# SPDX-License-Identifier: Apache-2.0
# Turns sql/queries/<name>.sql into C constants `sql_<name>`.
#
#   awk -v part=h -f sql2c.awk FILES >sql.h
#   awk -v part=c -f sql2c.awk FILES >sql.c
#
# Leading comment lines are for the reader of the .sql file and are left out;
# everything else reaches the server as it was written, so that an error
# position and pg_stat_statements show the text of the file.

function quoted(line) {
	gsub(/\\/, "\\\\\\\\", line)
	gsub(/"/, "\\\"", line)
	gsub(/\t/, "\\t", line)
	return "\"" line "\\n\""
}

function finish() {
	if (name == "")
		return
	if (!started) {
		printf "%s: no statement\n", file > "/dev/stderr"
		failed = 1
	}
	if (part == "c")
		print "};"
}

BEGIN {
	print "/* Made by build-aux/sql2c.awk from sql/queries/; not edited. */"
	if (part == "h") {
		print "#pragma once\n"
		print "#include \"db/statement.h\"\n"
	} else {
		print "#include \"db/sql.h\"\n"
	}
}

FNR == 1 {
	finish()
	file = FILENAME
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.sql$/, "", name)
	if (name !~ /^[a-z][a-z0-9_]*$/) {
		printf "%s: the name is no C identifier\n", file > "/dev/stderr"
		failed = 1
	}
	started = 0
	if (part == "h")
		print "extern const struct statement sql_" name ";"
	else
		print "const struct statement sql_" name " = {\n\t\"" name "\","
}

!started && (/^[ \t]*--/ || /^[ \t]*$/) { next }

{
	started = 1
	if (part == "c")
		print "\t" quoted($0)
}

END {
	finish()
	exit failed
}
