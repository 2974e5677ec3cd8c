#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Publishes while processes are killed: what was acknowledged is there, nothing
# is there twice, and no event is missing. MDASH_CHAOS_PUBLISHES says how many
# publishes (200), MDASH_CHAOS_SECONDS how long between two kills (0.5; the long
# run of the quality bars is MDASH_CHAOS_PUBLISHES=2000 MDASH_CHAOS_SECONDS=2).
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use List::Util qw(shuffle);
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Victims qw(victims);
use POSIX qw(:sys_wait_h);
use Test::More;
use Time::HiRes qw(sleep time);

use constant WRITERS => 4;
use constant SERVICES => 40;

my $publishes = $ENV{MDASH_CHAOS_PUBLISHES} // 200;
my $pause = $ENV{MDASH_CHAOS_SECONDS} // 0.5;
my $json = JSON::PP->new->canonical;

# A cluster of its own: killing one connection makes PostgreSQL end them all.
my $mdash = Mdash->new(worker => 1, cluster => {fsync => 1});
my $ci = $mdash->token(scopes => ['ingest:write', 'events:read']);
my $folder = $mdash->dir;

# A failed try may have been done: it is tried again under the same key, as a
# CI job would, until there is an answer. Writes what was acknowledged.
sub writer ($number) {
	open my $log, '>', "$folder/acknowledged-$number" or die $!;
	$log->autoflush;
	my $tries = 0;
	for (my $n = $number; $n < $publishes; $n += WRITERS) {
		my $id = 'chaos-' . $n % SERVICES;
		my $until = time + 60;
		my $answer;
		do {
			$tries++;
			$answer = $ci->request('PUT',
				"/api/v1/ingest/services/$id?commit=c$n&sequence=$n",
				body => "serviceID: $id\ndescription: number $n\n",
				headers => {
					'content-type' => 'application/yaml',
					'idempotency-key' => "chaos-$n",
				});
			sleep 0.05 + rand 0.1 if $answer->{status} >= 500;
		} while ($answer->{status} >= 500 && time < $until);
		# Spread over the run, so that every kill meets some of them.
		sleep 0.01;
		my $result = $answer->{json}{items}[0]{result} // '';
		say $log "c$n $id $answer->{status} $result";
	}
	say $log "tries $tries";
	return;
}

# Reads the log from the outside, as a TODO system would.
sub reader {
	open my $log, '>', "$folder/read" or die $!;
	$log->autoflush;
	my $cursor;
	while (1) {
		my $stop = -e "$folder/stop";
		my $answer = $ci->get('/api/v1/events?limit=50'
			. ($cursor ? "&after=$cursor" : ''));
		if ($answer->{status} != 200) {
			sleep 0.1;
			next;
		}
		$cursor = $answer->{json}{next};
		say $log "$_->{subject} $_->{sequence}" for $answer->{json}{items}->@*;
		last if $stop && !$answer->{json}{items}->@*;
		sleep 0.05 if !$answer->{json}{items}->@*;
	}
	return;
}

sub child ($run) {
	my $pid = fork // die "fork: $!";
	return $pid if $pid;
	eval { $run->(); 1 } or print STDERR "# $@";
	POSIX::_exit($@ ? 1 : 0);
}

my $from = time;
my %running = map { my $n = $_; child(sub { writer($n) }) => 1 } 0 .. WRITERS - 1;
my $reader = child(\&reader);

my %killed;
my $next = time + $pause;
my $seen = 0;
while (%running) {
	for my $pid (keys %running) {
		delete $running{$pid} if waitpid($pid, WNOHANG) == $pid;
	}
	# On a busy machine what is killed may be back later than the next would be killed,
	# and nothing would ever be done.
	my $done = 0;
	$done += -s "$folder/acknowledged-$_" // 0 for 0 .. WRITERS - 1;
	if (time >= $next && $done > $seen) {
		my ($kind) = shuffle(qw(ingest auth services nginx postgres worker));
		my ($victim) = shuffle(victims($mdash, $kind));
		$killed{$kind}++ if $victim && kill 'KILL', $victim;
		($next, $seen) = (time + $pause, $done);
	}
	sleep 0.05;
}
my $took = time - $from;
ok wait_until(30, sub {
	eval { $mdash->wait_ready(1); 1 };
}), 'everything is back at the end';
ok wait_until(30, sub {
	my $lag = $mdash->value(<<'SQL');
	SELECT count(*) FROM event_reader r, event e
	 WHERE r.name = 'stream' AND (e.xid, e.id) > (r.xid, r.id)
SQL
	defined $lag && $lag == 0;
}), 'and the worker has told every event';
open my $stop, '>', "$folder/stop" or die $!;
close $stop;
waitpid $reader, 0;

my (%acknowledged, %status, $tries);
for my $number (0 .. WRITERS - 1) {
	open my $log, '<', "$folder/acknowledged-$number" or die $!;
	while (<$log>) {
		my ($commit, $id, $status, $result) = split ' ';
		if ($commit eq 'tries') {
			$tries += $id;
			next;
		}
		$status{$status}++;
		$acknowledged{$commit} = [$id, $result] if $status == 200;
	}
}
is_deeply \%status, {200 => $publishes}, 'each publish is acknowledged at last';

my %kept;
$kept{$_->[0]}{$_->[1]}++ for $mdash->sql(<<'SQL');
SELECT v.commit, s.service_id
  FROM service_version v
  JOIN service s ON s.id = v.service
SQL
my @lost = grep { !$kept{$_}{$acknowledged{$_}[0]} } sort keys %acknowledged;
my @twice = grep { my $commit = $_;
	grep { $_ > 1 } values $kept{$commit}->%* } sort keys %kept;
is "@lost", '', 'no acknowledged publish is lost';
is "@twice", '', 'none was done twice';
is scalar(keys %kept), $publishes, 'there is a version for each, and no other';

# Every version that was ever current has one event.
is $mdash->value(<<'SQL'), 0, 'each change has its event, exactly one';
SELECT count(*)
  FROM (SELECT s.service_id, count(*) AS changes
          FROM service_version v
          JOIN service s ON s.id = v.service
         WHERE v.valid_from IS NOT NULL
         GROUP BY 1) v
  FULL JOIN (SELECT subject, count(*) AS events, max(subject_seq) AS last
               FROM event
              WHERE kind = 'service'
              GROUP BY 1) e ON e.subject = v.service_id
 WHERE v.changes IS DISTINCT FROM e.events OR e.events <> e.last
SQL
is $mdash->value(<<'SQL'), 0, 'the newest publish of each service is current';
SELECT count(*)
  FROM service s
  JOIN service_version v ON v.id = s.version_id
 WHERE v.sequence <> (SELECT max(o.sequence) FROM service_version o WHERE o.service = s.id)
SQL

my %read;
open my $log, '<', "$folder/read" or die $!;
while (<$log>) {
	chomp;
	$read{$_}++;
}
my @events = map { "$_->[0] $_->[1]" }
	$mdash->sql('SELECT subject, subject_seq FROM event ORDER BY xid, id');
my @missing = grep { !$read{$_} } @events;
is "@missing", '', 'a reader of the log has missed no event';
is join(' ', grep { $read{$_} > 1 } sort keys %read), '', 'and read none twice';
is $mdash->value(<<'SQL'), 0, 'each stands in it behind the one before it of its subject';
SELECT count(*)
  FROM (SELECT subject_seq, row_number() OVER (PARTITION BY kind, subject ORDER BY xid, id) AS place
          FROM event) AS e
 WHERE subject_seq <> place
SQL

diag sprintf '%d publishes in %.1f s, %d tries, killed: %s; acknowledged lost %d,'
	. ' duplicates %d, events missing %d of %d', $publishes, $took, $tries,
	(join(' ', map { "$_ $killed{$_}" } sort keys %killed) || 'none'),
	scalar @lost, scalar @twice, scalar @missing, scalar @events;

done_testing;
