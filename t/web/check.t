#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What the page's own tools say: formatting, lint, types, the client generated
# from the API's document, and its unit tests.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Web qw(node_ready web_dir);
use POSIX ();
use Test::More;

node_ready();
my $web = web_dir();
# npm must not look for a newer npm, nor colour what is read here.
local %ENV = (%ENV, npm_config_update_notifier => 'false', NO_COLOR => 1);
delete $ENV{FORCE_COLOR};

# The output of a command run in web/, and whether it went well.
sub run (@command) {
	my $pid = open my $out, '-|' // die "fork: $!";
	if ($pid == 0) {
		chdir $web or POSIX::_exit(126);
		open STDERR, '>&', \*STDOUT;
		exec { $command[0] } @command or POSIX::_exit(127);
	}
	local $/;
	my $text = <$out> // '';
	return ($text, close $out);
}

my ($said, $good) = run(qw(npm run --silent check));
ok $good, 'npm run check is content' or diag $said;

($said, $good) = run("$web/node_modules/.bin/biome", 'ci', '../t/web');
ok $good, 'so is the linter with these tests' or diag $said;

# Names that a file has at the beginning of its lines.
sub names ($file, $pattern) {
	open my $in, '<', $file or die "$file: $!";
	local $/;
	my $text = <$in>;
	my @names = $text =~ /$pattern/g;
	return [sort @names];
}

my $rules = names("$web/../lib/breaking/rules.c", qr/^\tRULE\((\w+),/m);
cmp_ok scalar @$rules, '>', 60, 'there are rules of what breaks';
is_deeply names("$web/src/features/apis/messages/rulesJa.ts", qr/^  ([A-Z_\d]+):/m),
	$rules, 'and the page has a sentence for each';
is_deeply names("$web/src/features/apis/messages/fixesJa.ts", qr/^  ([A-Z_\d]+):/m),
	$rules, 'also for what to do instead, where the server\'s are of another language';

($said, $good) = run("$web/node_modules/.bin/vitest", 'run',
	'--reporter=tap-flat');
my @results = $said =~ /^((?:not )?ok \d+ - .*)$/mg;
for my $result (@results) {
	my ($bad, $name) = $result =~ /^(not )?ok \d+ - (?:src\/)?(.*?)(?: # time=.*)?$/;
	ok !$bad, $name;
}
cmp_ok scalar @results, '>', 50, 'vitest has run';
ok $good, 'and ended well' or diag $said;

done_testing;
