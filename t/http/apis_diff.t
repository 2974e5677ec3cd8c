#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The difference of two revisions by package: what breaks comes first, and an
# answer has room for so much.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of);
use Test::More;

use constant {FINDINGS => 2000, CHANGES => 5000};

my $mdash = Mdash->new(areas => [qw(auth ingest apis)]);
my $ci = $mdash->token(scopes => [qw(ingest:write catalog:read)]);

# A package with messages of so many fields, which fit into one file each.
sub proto ($package, $fields, $declares = '') {
	my @lines = map { "  string field_$_ = $_;" } 1 .. $fields;
	return ($package eq '' ? 'none.proto' : "$package.proto") => join "\n",
		'syntax = "proto3";', $package eq '' ? () : "package $package;",
		$declares, 'message Large {', @lines, '}', '';
}

# Revision 2 of a repository against its first.
sub publish ($repository, $before, $after) {
	is publish_set_of($ci, $repository, descriptor_set($_))->{status}, 200, "$repository is published"
		for $before, $after;
	return;
}

sub diff ($repository, $query = '') {
	return $ci->get("/api/v1/apis/$repository/diff?from=1&to=2$query")->{json};
}

sub brief ($package) {
	return join ' ', $package->{package} || '-', scalar $package->{findings}->@*,
		$package->{findingsLeftOut}, scalar $package->{changes}->@*, $package->{changesLeftOut};
}

# --- what another file decides -------------------------------------------------------

my $reader = <<~'PROTO';
	syntax = "proto2";
	package away;
	import "kinds.proto";
	message Reader {
	  optional Kind kind = 1;
	  optional Kind given = 2 [default = SECOND];
	  optional Other named = 3 [default = TWO];
	}
	PROTO
sub kinds ($kind, $other) {
	return {'reader.proto' => $reader, 'idle.proto' => "syntax = \"proto2\";\n",
		'kinds.proto' => "syntax = \"proto2\"; package away;\n"
			. "enum Kind { $kind } enum Other { $other }\n"};
}
sub defaults ($repository) {
	return join ' ', map { "$_->{path}:$_->{line}:$_->{fullName}" }
		grep { $_->{rule} eq 'FIELD_SAME_DEFAULT' }
		map { $_->{findings}->@* } diff($repository)->{packages}->@*;
}
publish('moved', kinds('FIRST = 1; SECOND = 2;', 'ONE = 1; TWO = 2;'),
	kinds('SECOND = 2; FIRST = 1;', 'ONE = 2; TWO = 1;'));
is defaults('moved'), 'reader.proto:5:away.Reader.kind reader.proto:7:away.Reader.named',
	'a file that is the same may have other defaults by the enums of another';
is diff('moved')->{counts}{files}, 1, 'though one file alone differs';
publish('grown', kinds('FIRST = 1; SECOND = 2;', 'ONE = 1; TWO = 2;'),
	kinds('FIRST = 1; SECOND = 2; THIRD = 3;', 'ONE = 1; THREE = 3; TWO = 2;'));
is defaults('grown'), '', 'values that are added change none';

# --- the order ----------------------------------------------------------------------

my %before = (proto('alpha', 1), proto('beta', 2), proto('gamma', 1), proto('', 2),
	proto('delta', 1, 'enum Kind { KIND_UNKNOWN = 0; }'));
my %after = (proto('alpha', 2), proto('beta', 1), proto('gamma', 1), proto('', 1),
	proto('delta', 1, 'enum Kind { KIND_UNKNOWN = 0; KIND_NEW = 1; }'));
publish('order', \%before, \%after);
my $diff = diff('order');
is join(', ', map { brief($_) } $diff->{packages}->@*),
	'- 4 0 1 0, beta 4 0 1 0, alpha 0 0 1 0, delta 0 0 1 0',
	'packages with breaking changes come first, then the others, by name';
is_deeply $diff->{counts}, {findings => 8, breaking => 2, allowed => 6, waived => 0, added => 2,
	removed => 2, changed => 0, files => 4}, 'all of it is counted';
is_deeply $diff->{packages}[0]{counts}, {breaking => 1, allowed => 3, waived => 0, added => 0,
	removed => 1, changed => 0}, 'and what is in each package';
is join(' ', map { $_->{verdict} } $diff->{packages}[1]{findings}->@*),
	'breaking allowed allowed allowed', 'in a package what breaks comes first';
$mdash->sql("INSERT INTO breaking_waiver (repository, subject, reason, until, granted_by)
	SELECT id, 'beta', 'x', now() + interval '1 day', 'user:admin' FROM proto_repository
	 WHERE name = 'order'");
is join(', ', map { brief($_) } diff('order')->{packages}->@*),
	'- 4 0 1 0, alpha 0 0 1 0, beta 4 0 1 0, delta 0 0 1 0',
	'a package whose changes are waived is one of the others';
is join(', ', map { brief($_) } diff('order', '&package=alpha')->{packages}->@*), 'alpha 0 0 1 0',
	'one package may be asked for';
is join(', ', map { brief($_) } diff('order', '&package=')->{packages}->@*), '- 4 0 1 0',
	'or what is in none';
is_deeply diff('order', '&package=beta')->{counts}, diff('order')->{counts},
	'all of it is counted all the same';
is_deeply diff('order', '&package=gamma')->{packages}, [], 'where nothing differs there is nothing';
is_deeply diff('order', '&package=none')->{packages}, [], 'nor in a package that is not there';
is $ci->get('/api/v1/apis/order/diff?from=1&to=2&package=' . 'a' x 501)
	->{json}{errors}[0]{code}, 'too-long', 'a package has a name of 500 characters at most';
is_deeply $ci->get('/api/v1/apis/order/diff?from=2&to=2')->{json}{packages}, [],
	'a revision does not differ from itself';

# --- its size ------------------------------------------------------------------------

# Four findings come of a field that is gone.
publish('full', {proto('a', 1 + FINDINGS / 4)}, {proto('a', 1)});
is brief(diff('full')->{packages}[0]), 'a 2000 0 500 0', '2,000 findings are told';
publish('more', {proto('a', 2 + FINDINGS / 4)}, {proto('a', 1)});
$diff = diff('more');
is brief($diff->{packages}[0]), 'a 2000 4 501 0', 'more are left out';
is scalar(grep { $_->{verdict} eq 'breaking' } $diff->{packages}[0]{findings}->@*), 501,
	'but none that breaks';
is $diff->{counts}{findings}, FINDINGS + 4, 'they are counted';

publish('two', {proto('a', 400), proto('b', 300), proto('c', 1)},
	{proto('a', 1), proto('b', 1), proto('c', 2)});
$diff = diff('two');
is join(', ', map { brief($_) } $diff->{packages}->@*), 'a 1596 0 399 0, b 404 792 299 0, c 0 0 1 0',
	'there is room for as many in all packages together';
is_deeply [@{$diff->{packages}[1]{counts}}{qw(breaking allowed)}], [299, 897],
	'they are counted in their package';
is brief(diff('two', '&package=b')->{packages}[0]), 'b 1196 0 299 0', 'which alone has room for all';

publish('added', {proto('a', 1)}, {proto('a', 1 + CHANGES)});
is brief(diff('added')->{packages}[0]), 'a 0 0 5000 0', '5,000 changes are told';
publish('many', {proto('a', 1), proto('b', 1)}, {proto('a', CHANGES), proto('b', 3)});
$diff = diff('many');
is join(', ', map { brief($_) } $diff->{packages}->@*), 'a 0 0 4999 0, b 0 0 1 1',
	'more are left out, of all packages together';
is $diff->{counts}{added}, CHANGES + 1, 'they are counted';

# A publish tells 1,000 of its findings.
is publish_set_of($ci, 'full', descriptor_set({proto('a', 1 + FINDINGS / 4)}))->{status}, 200,
	'all fields again';
my $set = descriptor_set({proto('a', 251)});
is join(' ', map { scalar $_->{findings}->@*, $_->{findingsLeftOut} }
	publish_set_of($ci, 'full', $set, dryRun => 1)->{json}), '1000 0', '1,000 findings are answered';
$set = descriptor_set({proto('a', 100)});
my $answer = publish_set_of($ci, 'full', $set, dryRun => 1)->{json};
is join(' ', scalar $answer->{findings}->@*, $answer->{findingsLeftOut}), '1000 604',
	'more are left out';
is_deeply $answer->{verdicts}, {breaking => 401, allowed => 1203, waived => 0}, 'and counted';
is scalar(grep { $_->{verdict} eq 'breaking' } $answer->{findings}->@*), 401,
	'those that break are told';

done_testing;
