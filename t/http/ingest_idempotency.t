#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Idempotency-Key: the same answer again, another request, many at a time.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use POSIX ();
use Test::More;
use Mdash;
use Mdash::Publish qw(gzip marks moved publish publish_set result spec);

my $mdash = Mdash->new(areas => [qw(auth ingest)], workers => 4);
my $ci = $mdash->token(scopes => ['ingest:write']);

sub keyed ($client, $key, $id, $text, %with) {
	my %headers = (delete $with{headers} // {})->%*;
	return publish($client, $id, $text, %with,
		headers => {'idempotency-key' => $key, %headers});
}

# --- a replay -------------------------------------------------------------------

my $first = keyed($ci, 'run-1', 'alpha', spec('alpha'));
is result($first), '200 created alpha 1', 'a first request is carried out';
is $first->{headers}{'idempotent-replayed'}, undef, 'and not called a replay';
is result(publish($ci, 'alpha', spec('alpha', tier => 2))),
	'200 updated alpha 2', 'somebody publishes something else';
my $before = marks($mdash);
my $again = keyed($ci, 'run-1', 'alpha', spec('alpha'));
is $again->{status}, $first->{status}, 'the request again: the same status';
is $again->{content}, $first->{content}, 'the same answer';
is $again->{headers}{'idempotent-replayed'}, 'true', 'it says what it is';
is moved($before, marks($mdash)), '', 'and nothing is written';
is result(keyed($ci, 'run-1', 'alpha', gzip(spec('alpha')),
	headers => {'content-encoding' => 'gzip'})), '200 created alpha 1',
	'packed or not, it is the same request';

$first = keyed($ci, 'run-2', 'alpha', spec('alpha', tier => 2));
is result($first), '200 unchanged alpha 2', 'an unchanged publish has a key too';
publish($ci, 'alpha', spec('alpha', tier => 3));
is keyed($ci, 'run-2', 'alpha', spec('alpha', tier => 2))->{content},
	$first->{content}, 'and its replay does not turn the clock back';
is $mdash->value(q{SELECT versions FROM service WHERE service_id = 'alpha'}), 3,
	'no version came of it';

# --- another request under the same key -------------------------------------------

my @others = (
	['another body', 'alpha', spec('alpha', tier => 4)],
	['another service', 'beta', spec('alpha')],
	['another query', 'alpha', spec('alpha'), commit => 'abc'],
);
for my $case (@others) {
	my ($name, $id, $text, %query) = @$case;
	$before = marks($mdash);
	my $answer = keyed($ci, 'run-1', $id, $text, %query);
	is $answer->{status}, 422, "$name under the same key: 422";
	is moved($before, marks($mdash)), '', '  and nothing is written'
		if $id eq 'alpha';
}
my $other = $mdash->token(scopes => ['ingest:write']);
is result(keyed($other, 'run-1', 'gamma', spec('gamma'))),
	'200 created gamma 1', 'the key of another token is another key';

# --- refusals and dry runs are not kept ---------------------------------------------

is keyed($ci, 'run-3', 'delta', spec('delta', tier => 9))->{status}, 422,
	'a refusal';
is result(keyed($ci, 'run-3', 'delta', spec('delta'))),
	'200 created delta 1', 'leaves the key free for the mended spec';
is keyed($ci, 'run-4', 'eps', spec('eps'), dryRun => 1)->{status}, 200,
	'a dry run';
is result(keyed($ci, 'run-4', 'eps', spec('eps'))), '200 created eps 1',
	'leaves the key free for the publish';

# --- sets ---------------------------------------------------------------------------

my @set = map { spec("set-$_") } 1 .. 8;
my %key = (headers => {'idempotency-key' => 'set-1'});
publish_set($ci, 'mono', \@set);
$first = publish_set($ci, 'mono', [@set[0, 1]], %key);
is $first->{status}, 202, 'a set that is held';
publish_set($ci, 'mono', \@set);
$again = publish_set($ci, 'mono', [@set[0, 1]], %key);
is $again->{status}, 202, 'is replayed with its status';
is $again->{content}, $first->{content}, 'and its answer';
is $mdash->value('SELECT count(*) FROM publish_hold'), 0, 'and holds nothing anew';

# --- the form of a key --------------------------------------------------------------

for my $case (['k' x 255, 200], ['k' x 256, 400], ['a b', 400],
	['"quoted"', 200], ['!~', 200]) {
	my ($key, $status) = @$case;
	is keyed($ci, $key, 'form', spec('form'))->{status}, $status,
		'key of ' . length($key) . " characters: $status";
}

# --- at the same time ----------------------------------------------------------------

$before = $mdash->value('SELECT count(*) FROM event');
my $place = $mdash->dir;
my @children = map {
	my $number = $_;
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		my $client = $mdash->client(token => $ci->{token});
		my $answer = keyed($client, 'race', 'race', spec('race'));
		open my $out, '>', "$place/race-$number" or POSIX::_exit(2);
		print $out "$answer->{status} "
			. ($answer->{headers}{'idempotent-replayed'} // 'first')
			. " $answer->{content}";
		close $out;
		POSIX::_exit(0);
	}
	$pid
} 1 .. 8;
waitpid $_, 0 for @children;
my @answers = map {
	open my $in, '<', "$place/race-$_" or die "race-$_: $!";
	local $/;
	<$in>
} 1 .. 8;
is scalar(grep { /^200 / } @answers), 8, 'eight at a time: all are answered';
is scalar(grep { /^200 first/ } @answers), 1, 'one of them was carried out';
my %bodies = map { s/^200 \w+ //r => 1 } @answers;
is scalar keys %bodies, 1, 'all have the same answer';
is $mdash->value('SELECT count(*) FROM event') - $before, 1, 'one event came of it';
is $mdash->value(q{SELECT versions FROM service WHERE service_id = 'race'}), 1,
	'and one version';

# Without a key: the same publish at the same time is one version all the same.
@children = map {
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		my $client = $mdash->client(token => $ci->{token});
		my $good = 1;
		for (1 .. 10) {
			$good &&= publish($client, 'storm', spec('storm'))->{status} == 200;
		}
		POSIX::_exit($good ? 0 : 1);
	}
	$pid
} 1 .. 10;
is scalar(grep { waitpid($_, 0); $? } @children), 0,
	'a hundred times the same publish: all are taken';
is $mdash->value(q{SELECT versions FROM service WHERE service_id = 'storm'}), 1,
	'and one version is stored';
is $mdash->value(q{SELECT count(*) FROM event WHERE subject = 'storm'}), 1,
	'with one event';

done_testing;
