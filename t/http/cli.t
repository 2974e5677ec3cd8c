#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The mdash command without a server: help, wrong use, validate, config.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash::Files qw(read_source source_dir);
use Mdash::Place;
use Test::More;

my $place = Mdash::Place->new;
my $mdash = $place->tree . '/bin/mdash';

# Runs it with a text as its input: (status, stdout, stderr).
sub run ($in, @arguments) {
	my $file = $place->write("cli-$$.in", $in);
	my $err = $place->dir . "/cli-$$.err";
	my $pid = open my $out, '-|' // die "fork: $!";
	if ($pid == 0) {
		delete @ENV{grep { /^MDASH_(?:URL|TOKEN|CONFIG|DATABASE)$/ } keys %ENV};
		open STDIN, '<', $file;
		open STDERR, '>', $err;
		chdir $place->dir;
		exec $mdash, @arguments or POSIX::_exit(127);
	}
	binmode $out, ':utf8';
	local $/;
	my $text = <$out> // '';
	close $out;
	my $status = $? >> 8;
	open my $errors, '<:utf8', $err or die $!;
	return ($status, $text, <$errors> // '');
}

my ($status, $out, $err) = run('', '--help');
is $status, 0, '--help is no failure';
my @commands = $out =~ /^  ([a-z]+(?: [a-z]+)?)  +[A-Z]/mg;
is_deeply [@commands], ['publish', 'validate', 'apis validate', 'apis publish',
	'facts', 'report', 'token create', 'token list',
	'token revoke', 'user create', 'user list', 'user password',
	'user disable', 'user enable', 'user team', 'doctor', 'config'],
	'it lists every command';

# The manual names the same commands and options.
my $manual = read_source('doc/mdash.1') =~ s/\\-/-/gr;
for my $command (@commands) {
	($status, $out) = run('', split(/ /, $command), '--help');
	is $status, 0, "$command --help";
	like $out, qr/^usage: mdash $command/, 'says how it is called';
	like $out, qr/^\S.*\.$/m, 'and what it does';
	like $manual, qr/^\.(?:It|Nm).*Cm \Q$command\E\b/m,
		"the manual has $command";
	for my $option ($out =~ /^  --([a-z-]+)/mg) {
		next if $option eq 'help';
		like $manual, qr/Fl -\Q$option\E\b/,
			"and its option --$option";
	}
	my ($helped, $same) = run('', 'help', split / /, $command);
	is $same, $out, "help $command is the same";
}

($status, $out) = run('', '--version');
is $status, 0, '--version is no failure';
like $out, qr/^mdash \d+\.\d+\.\d+$/, 'and says it';

# Wrong use: status 2, a reason on stderr, nothing on stdout.
for my $case (
	[[], qr/usage: mdash COMMAND/],
	[['frobnicate'], qr/there is no command frobnicate/],
	[['token'], qr/mdash token create/],
	[['validate'], qr/FILE\.\.\. is missing/],
	[['validate', '--frobnicate', 'x'], qr/no option --frobnicate/],
	[['validate', '/nowhere/x.yaml'], qr{cannot read /nowhere/x.yaml: No such}],
	[['config', 'x'], qr/x is too much/],
	[['publish', '--sequence', 'x', '-'], qr/--sequence wants a number/],
	[['publish', '--sequence'], qr/--sequence wants a value/],
	[['publish', '-'], qr/MDASH_URL is not set/],
	[['publish', '--url', 'http://127.0.0.1:1', '-'], qr/MDASH_TOKEN is not set/],
	[['publish', '--url', 'ftp://x', '-'], qr/must begin with https/],
	[['publish', '--full-set', '-'], qr/needs --publisher/],
	[['user', 'create', 'Anna', '--random-password'], qr/no user name/],
	[['user', 'create', 'anna', '--role', 'king', '--random-password'], qr/viewer or admin/],
	[['user', 'create', 'anna', '--team', 'a b', '--random-password'], qr/no name of a team/],
	[['user', 'create', 'anna', '--password-stdin', '--random-password'], qr/exclude/],
	[['user', 'create', 'anna', '--password-stdin'], qr/has no password/],
	[['user', 'list'], qr/no database is named/],
	[['token', 'create', 'x'], qr/--scope is missing/],
	[['token', 'create', 'x', '--scope', 'admin'], qr/may not have the scope "admin"/],
	[['token', 'create', 'x', '--kind', 'gold'], qr/--kind is one of/],
	[['token', 'create', 'x', '--scope', 'ingest:write', '--days', 366], qr/1 to 365/],
	[['token', 'create', 'x', '--scope', 'ingest:write', '--service', '/'], qr/no pattern/],
	[['token', 'revoke', 'x'], qr/is no id/],
) {
	my ($arguments, $reason) = @$case;
	($status, $out, $err) = run('', @$arguments);
	is $status, 2, "mdash @$arguments: wrong use";
	like $err, $reason, 'with the reason';
	is $out, '', 'and nothing on stdout';
}

# validate: three mistakes, three lines.
my $bad = <<'YAML';
serviceID: pay-wallet
tier: 9
lifecycle: old
contact:
  email: nobody
YAML
($status, $out, $err) = run($bad, 'validate', '-');
is $status, 1, 'a spec with mistakes is not valid';
my @lines = split /\n/, $out;
is scalar @lines, 3, 'each mistake has its line' or diag $out;
like $lines[0], qr{^stdin:2:7: #/tier: \S}, 'the first with its place';
like $lines[1], qr{^stdin:3:12: #/lifecycle: \S}, 'the second';
like $lines[2], qr{^stdin:5:10: #/contact/email: \S}, 'the third';
like $err, qr/faults: 3/, 'and a count';

($status, $out) = run($bad, 'validate', '--json', '-');
is $status, 1, 'as JSON';
my $faults = decode_json($out);
is scalar @$faults, 3, 'three faults';
is_deeply [sort keys $faults->[0]->%*],
	[qw(code column detail file line pointer severity)], 'with all there is';
is_deeply [@{$faults->[0]}{qw(file line column pointer severity)}],
	['stdin', 2, 7, '#/0/tier', 'error'], 'about the first';

my $warned = "serviceID: pay-wallet\nteamname: wallet\n";
($status, $out) = run($warned, 'validate', '-');
is $status, 0, 'a warning is no fault';
like $out, qr{^stdin:2:1: warning: #/teamname: .*teamName}, 'but is shown';
($status) = run($warned, 'validate', '--strict', '-');
is $status, 1, 'unless asked for';

my $one = $place->write("one-$$.yaml", "---\nserviceID: a-one\n---\nserviceID: b-two\n");
my $two = $place->write("two-$$.json", "[\n {\"serviceID\": \"a-one\"}\n]\n");
($status, $out) = run('', 'validate', $one, $two);
is $status, 1, 'an id that two files declare is a fault';
like $out, qr{^\Q$two\E:2: #/serviceID: a-one is also declared in \Q$one\E, line 2},
	'in the second one';
($status, $out) = run('{"serviceID": "c-three", "tier": 2}', 'validate', '-');
is $status, 0, 'one JSON object is a spec' or diag $out;
($status, $out) = run('{"serviceID": "c-three", "tier": 9}', 'validate', '-');
is $status, 1, 'and may have faults';
like $out, qr{^stdin:1:\d+: #/tier: \S}m, '  which are shown';
($status, $out) = run("a: [1\nb: 2\n", 'validate', '-');
is $status, 1, 'what is no YAML is not valid';
like $out, qr{^stdin:\d+:\d+: #: }, 'and says where';

my @demo = glob source_dir() . '/demo/specs/*.yaml';
($status, $out, $err) = run('', 'validate', '--strict', @demo);
is $status, 0, 'the demo company is valid' or diag $out;

# config: a file that programs read.
($status, $out) = run('', 'config');
is $status, 0, 'config prints settings';
my @keys = $out =~ /^#(\w+) = /mg;
cmp_ok scalar @keys, '>', 10, 'all of them';
my $config = $place->write("config-$$", $out =~ s/^#(\w+ =)/$1/mgr);
{
	local $ENV{MDASH_CONFIG};
	($status, $out, $err) = run('', 'doctor', '--config', $config);
	isnt $status, 2, 'which are settings' or diag $err;
	like $out, qr/^FAIL  database .*no database is named/m,
		'the doctor misses what has no default';
}

done_testing;
