/* SPDX-License-Identifier: Apache-2.0 */
#include "doctor.h"

#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct options {
	const char *config;
};

static const struct opt options[] = {
	OPT_TEXT(struct options, config, "config", "FILE",
                 "the settings of the installation [MDASH_CONFIG]"),
	OPTS_END,
};

static const char text[] =
	"Looks at everything an installation needs and says what to do about "
	"what is\n"
	"wrong: database, schema, roles and clock; the sockets of all "
	"handlers; "
	"nginx;\n"
	"the worker; folders and disk; the public address. Nothing is changed. "
	"Run it\n"
	"on the machine of the installation, as the user of its programs.\n"
	"\n"
	"  mdash doctor --config /etc/mdash/mdash.conf\n"
	"\n"
	"Exit status: 0 all is well (warnings included), 1 something has to be "
	"done,\n"
	"2 wrong use.\n";

void
doctor_tell(struct doctor *doctor, enum verdict verdict, const char *what,
            const char *todo, const char *fmt, ...)
{
	static const char *const names[VERDICT_END] = {
		[VERDICT_OK] = "ok",
		[VERDICT_WARN] = "warn",
		[VERDICT_FAIL] = "FAIL",
	};
	va_list args;

	doctor->told[verdict]++;
	(void)printf("%-5s %-18s ", names[verdict], what);
	va_start(args, fmt);
	(void)vprintf(fmt, args);
	va_end(args);
	(void)putchar('\n');
	if (todo != NULL)
		(void)printf("%24s -> %s\n", "", todo);
}

static enum exit_status
doctor(struct cli *cli)
{
	struct options o = {0};
	struct doctor d = {.cli = cli};

	if (!cli_read(cli, &o))
		return EXIT_USAGE;
	cli->config = o.config;
	if (!cli_settings(cli))
		return EXIT_USAGE;

	doctor_database(&d);
	doctor_servers(&d);
	doctor_machine(&d);
	(void)printf("%zu ok, %zu warnings, %zu failures\n", d.told[VERDICT_OK],
	             d.told[VERDICT_WARN], d.told[VERDICT_FAIL]);
	return d.told[VERDICT_FAIL] > 0 ? EXIT_REFUSED : EXIT_DONE;
}

const struct command doctor_commands[] = {
	{
		.name = "doctor",
		.summary = "Look for what is wrong with an installation",
		.text = text,
		.options = options,
		.run = doctor,
	},
	COMMANDS_END,
};
