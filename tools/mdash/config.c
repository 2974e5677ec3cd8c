/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include <stdio.h>

static const struct opt options[] = {OPTS_END};

static const char text[] =
	"Prints mdash.conf with every setting, its default and what it means. "
	"All\n"
	"programs of mdash read this file; each setting can also be given in "
	"the\n"
	"environment, where run_dir is MDASH_RUN_DIR.\n"
	"\n"
	"  mdash config >/etc/mdash/mdash.conf\n";

static enum exit_status
config(struct cli *cli)
{
	char nothing = 0;

	if (!cli_read(cli, &nothing))
		return EXIT_USAGE;
	settings_print(stdout);
	return EXIT_DONE;
}

const struct command config_commands[] = {
	{
		.name = "config",
		.summary = "Print a settings file with all defaults",
		.text = text,
		.options = options,
		.run = config,
	},
	COMMANDS_END,
};
