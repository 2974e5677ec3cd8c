#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# mdash facts: values by type, what opens and closes, what is refused.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Campaign qw(launch);
use Mdash::Publish qw(publish spec);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
publish($ci, 'cart', spec('cart'));
chomp(my $secret = $mdash->mdash(qw(token create test --scope ingest:write))->{out});

# Variables of the CI system that runs this test must not count.
delete @ENV{qw(GITHUB_ACTIONS GITLAB_CI JENKINS_URL)};
sub facts (@arguments) {
	local $mdash->{environment} = {MDASH_URL => $mdash->origin . '/', MDASH_TOKEN => $secret};
	return $mdash->mdash('facts', @arguments);
}
sub known () {
	return $mdash->value(q{SELECT string_agg(key || '=' || value, ' ' ORDER BY key) FROM fact
		WHERE valid_to IS NULL AND key NOT LIKE 'spec.%'});
}

my @given = ('cart', 'warnings=0', 'strict=true', 'linter=eslint', 'version="1.2"',
	'list=[1, 2]', 'name=決済', 'flags=-a=b');
my $done = facts('--dry-run', @given);
is $done->{status}, 0, 'a dry run' or diag $done->{err};
like $done->{err}, qr/^dry run: 7 written, 0 unchanged, 0 ended$/m, '  says what would be';
is known(), undef, '  and writes nothing';
$done = facts(@given, '--commit', 'c1', '--ttl', 3600);
is $done->{status}, 0, 'facts' or diag $done->{err};
like $done->{err}, qr/^7 written/m, '  are written';
is known(), 'ci.flags="-a=b" ci.linter="eslint" ci.list=[1, 2] ci.name="決済" ci.strict=true'
	. ' ci.version="1.2" ci.warnings=0', '  each by its type';
is $mdash->value(q{SELECT DISTINCT commit || ' ' || (expires_at - valid_from) FROM fact
	WHERE key LIKE 'ci.%'}), 'c1 01:00:00', '  with commit and end';

launch($mdash, 'clean', '$.build.warnings == 0');
$done = facts('cart', '--family', 'build', 'warnings=0');
is $done->{out}, "todo done       cart: clean\n    build.warnings: (none) -> 0\n", 'an item closes';
$done = facts('cart', '--family', 'build', '--wholly');
like $done->{out}, qr/^todo reopened   cart: clean\n    build\.warnings: 0 -> \(none\)$/m, '  and opens';
$done = facts('cart', '--json', 'x=1');
is decode_json($done->{out})->{written}, 1, '--json prints the answer';

$done = facts('cart', 'warnings=none');
is $done->{status}, 1, 'another type is refused';
like $done->{out}, qr{^#/facts/warnings: is of the type string}m, '  at its name';
$done = facts('carts', 'x=1');
is $done->{status}, 1, 'as is another service';
like $done->{err}, qr/^  did you mean cart\?$/m, '  with the name that is near';
for my $case (['no name', 'cart', '=1'], ['no value', 'cart', 'x'], ['no service']) {
	my ($name, @arguments) = @$case;
	is facts(@arguments)->{status}, 2, "$name is wrong use";
}

done_testing;
