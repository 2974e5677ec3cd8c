#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Publishes at the same time, in any order: the newest order key wins, and what
# is stored and told is what happened.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use List::Util qw(shuffle);
use POSIX ();
use Test::More;
use Mdash;
use Mdash::Publish qw(publish result spec);

my $mdash = Mdash->new(areas => [qw(auth ingest)], workers => 4);
my $ci = $mdash->token(scopes => ['ingest:write']);
srand 20261124;

# Runs each piece of code in a process of its own; true when all were true.
sub together (@codes) {
	my @children = map {
		my $code = $_;
		my $pid = fork // die "fork: $!";
		POSIX::_exit($code->($mdash->client(token => $ci->{token})) ? 0 : 1)
			if $pid == 0;
		$pid
	} @codes;
	return !grep { waitpid($_, 0); $? != 0 } @children;
}

sub current ($id, $what) {
	return $mdash->value("SELECT $what FROM service s
		JOIN service_version v ON v.id = s.version_id
		WHERE s.service_id = '$id'");
}

# An unchanged publish takes no lock of writers; it must not pass one that does.
my $wrong = 0;
for my $id (map { "race-$_" } 1 .. 40) {
	publish($ci, $id, spec($id), sequence => 10);
	together(
		sub ($client) { publish($client, $id, spec($id), sequence => 12) },
		sub ($client) { publish($client, $id, spec($id, tier => 2),
			sequence => 11) });
	$wrong++ if current($id, "v.spec->>'tier'") != 1;
}
is $wrong, 0, 'an unchanged newer publish beats an older one that changes';

# Every publish has another content and sequence; four senders mix them.
my $total = 1000;
my @order = shuffle 1 .. $total;
my @parts = map { my $part = $_; [map { $order[$_] }
	grep { $_ % 4 == $part } 0 .. $#order] } 0 .. 3;
publish($ci, 'mixed', spec('mixed', level => 0), sequence => 0);
my $good = together(map {
	my $part = $_;
	sub ($client) {
		return !grep {
			publish($client, 'mixed', spec('mixed', level => $_),
				sequence => $_)->{status} != 200
		} @$part;
	}
} @parts);
ok $good, "$total publishes in any order are all taken";
is current('mixed', "v.spec->>'level'"), $total, 'the last one in order is current';
is current('mixed', 's.versions'), $total + 1, 'each is a version';
is $mdash->value(q{SELECT count(*) FROM event WHERE subject = 'mixed'}),
	$mdash->value(q{SELECT count(*) FROM service_version v
		JOIN service s ON s.id = v.service
		WHERE s.service_id = 'mixed' AND v.valid_from IS NOT NULL}),
	'there is an event for each that applied, and no other';
is $mdash->value(q{SELECT count(*) FROM service_version v
	JOIN service s ON s.id = v.service
	WHERE s.service_id = 'mixed' AND v.valid_from IS NOT NULL
	  AND v.valid_to IS NULL}), 1, 'one version is valid now';
is $mdash->value('SELECT audit_broken()'), undef, 'the audit chain is whole';

# Many of them again, as a CI system that repeats everything would.
$good = together(map {
	my $part = [@$_[0 .. 49]];
	sub ($client) {
		return !grep {
			publish($client, 'mixed', spec('mixed', level => $_),
				sequence => $_)->{status} != 200
		} @$part;
	}
} @parts);
ok $good, 'many of them again';
is current('mixed', 's.versions'), $total + 1, 'make no new version';

done_testing;
