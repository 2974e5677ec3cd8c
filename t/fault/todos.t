#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Publishes with rules while handlers, the worker and connections of PostgreSQL are
# killed: afterwards the items are what an evaluation from nothing says, each change
# of them has one event, and a webhook was told of each at least once, under its one
# id. MDASH_TODOS_PUBLISHES says how many publishes (200; the
# long run is 2000), MDASH_TODOS_SECONDS how long between two kills (0.5).
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use List::Util qw(shuffle);
use Mdash;
use Mdash::Campaign qw(items launch);
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(publish spec);
use Mdash::Receiver;
use Mdash::Victims qw(victims);
use POSIX qw(:sys_wait_h);
use Test::More;
use Time::HiRes qw(sleep time);

use constant WRITERS => 4;
use constant SERVICES => 12;
use constant RULES => 20;

my $publishes = $ENV{MDASH_TODOS_PUBLISHES} // 200;
my $pause = $ENV{MDASH_TODOS_SECONDS} // 0.5;

# A cluster of its own: killing one connection makes PostgreSQL end them all.
my $place = Mdash::Place->new;
my $receiver = Mdash::Receiver->new($place, 'receiver');
my $mdash = Mdash->new(worker => 1, cluster => {fsync => 1}, settings => {event_poll_ms => '50ms',
	webhook_allow => '127.0.0.1', webhook_schemes => 'http', webhook_ports => $receiver->port});
my $ci = $mdash->token(scopes => ['ingest:write']);
my $folder = $mdash->dir;

is $mdash->sign_in('admin')->post('/api/v1/webhooks', {name => 'told', types => ['todo.*'],
	url => $receiver->url('/200')})->{status}, 201, 'a webhook';
ok wait_until(20, sub { $mdash->value(q{SELECT count(*) FROM event_reader WHERE name = 'webhook'}) }),
	'  which the worker serves';

# What publish number n says of its service; the rules read it.
sub text ($id, $n) {
	return spec($id, tier => 1 + $n % 4, number => $n, half => int($n / 2),
		$n % 3 ? (owner => "o$n") : ());
}

is(publish($ci, "todo-$_", text("todo-$_", 0))->{status}, 200, "service $_") for 0 .. SERVICES - 1;
for my $n (1 .. RULES) {
	my $rule = ("\$.spec.tier == ${\(1 + $n % 4)}", "\$.spec.number % $n == 0",
		'exists($.spec.owner) && $.spec.half % ' . $n . ' > 0')[$n % 3];
	launch($mdash, "rule-$n", $rule, permanent => $n % 2);
}
is $mdash->value('SELECT count(*) FROM todo_item'), RULES * SERVICES, 'items of all campaigns';

# A failed try may have been done: it is tried again under the same key.
sub writer ($number) {
	my $lost = 0;
	open my $log, '>>', "$folder/acknowledged" or die $!;
	$log->autoflush;
	for (my $n = 1 + $number; $n <= $publishes; $n += WRITERS) {
		my $id = 'todo-' . $n % SERVICES;
		my $until = time + 60;
		my $answer;
		do {
			$answer = publish($ci, $id, text($id, $n), commit => "c$n", sequence => $n,
				headers => {'idempotency-key' => "todo-$n"});
			sleep 0.05 + rand 0.1 if $answer->{status} >= 500;
		} while ($answer->{status} >= 500 && time < $until);
		$lost++ if $answer->{status} != 200;
		say $log $n;
		# Spread over the run, so that every kill meets some of them.
		sleep 0.01;
	}
	return $lost;
}

my %running;
for my $number (0 .. WRITERS - 1) {
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		my $lost = eval { writer($number) } // 99;
		print STDERR "# $@" if $@;
		POSIX::_exit($lost > 99 ? 99 : $lost);
	}
	$running{$pid} = 1;
}

my (%killed, $lost, @kinds);
my $from = time;
my $next = time + $pause;
my $seen = 0;
while (%running) {
	for my $pid (keys %running) {
		next if waitpid($pid, WNOHANG) != $pid;
		$lost += $? >> 8;
		delete $running{$pid};
	}
	# On a busy machine what is killed may be back later than the next would be killed,
	# and nothing would ever be done.
	my $done = -s "$folder/acknowledged" // 0;
	if (time >= $next && $done > $seen) {
		@kinds = shuffle(qw(ingest ingest postgres auth worker)) if !@kinds;
		my $kind = shift @kinds;
		my ($victim) = shuffle(victims($mdash, $kind));
		$killed{$kind}++ if $victim && kill 'KILL', $victim;
		($next, $seen) = (time + $pause, $done);
	}
	sleep 0.05;
}
my $took = time - $from;
is $lost, 0, 'each publish is acknowledged at last';
is join(' ', sort keys %killed), 'auth ingest postgres worker', 'processes of each kind were killed';
ok wait_until(30, sub { eval { $mdash->value('SELECT 1') } }), 'the database is back';

# A publish that touches every service finds what waits, should there be any.
ok wait_until(30, sub {
	publish($ci, 'todo-last', spec('todo-last', number => int rand 1e9))->{status} == 200
}), 'and publishes go on';
is $mdash->value('SELECT count(*) FROM fact_pending'), 0, 'no fact waits';

# From nothing: the rule of each item on the facts of its service, which are those
# of its current spec.
is $mdash->value(<<'SQL'), 0, 'facts are those of the current specs';
SELECT count(*)
  FROM (SELECT s.id AS service, 'spec.' || p.key AS key, p.value
          FROM service s
          JOIN service_version v ON v.id = s.version_id
         CROSS JOIN LATERAL jsonb_each(v.spec) AS p) AS wanted
  FULL JOIN (SELECT f.service, f.key, f.value FROM fact f
              WHERE f.valid_to IS NULL AND f.key LIKE 'spec.%') AS f
    ON f.service = wanted.service AND f.key = wanted.key
 WHERE f.value IS DISTINCT FROM wanted.value
SQL
is $mdash->value(<<'SQL'), 0, 'items equal an evaluation from nothing';
SELECT count(*)
  FROM todo_item i
  JOIN campaign c ON c.id = i.campaign
  JOIN campaign_rule r ON r.campaign = c.id
  JOIN service s ON s.id = i.service
  JOIN service_version v ON v.id = s.version_id
 WHERE (i.state = 'done') IS DISTINCT FROM coalesce(
         jsonb_path_match(jsonb_build_object('spec', v.spec), r.predicate::jsonpath,
                          '{}', true), false)
    OR i.state NOT IN ('open', 'done')
SQL
is $mdash->value('SELECT count(*) FROM campaign_rule WHERE quarantine IS NOT NULL'), 0,
	'no rule is blamed for it';

my $transitions = $mdash->value('SELECT count(*) FROM todo_transition');
cmp_ok $transitions, '>', $publishes, 'items opened and closed';
is $mdash->value(<<'SQL'), 0, 'the transitions of an item follow one another';
SELECT count(*)
  FROM (SELECT t.state_before, lag(t.state) OVER w AS was,
               t.state, last_value(t.id) OVER w AS last, t.id, i.state AS now
          FROM todo_transition t
          JOIN todo_item i ON i.id = t.item
        WINDOW w AS (PARTITION BY t.item ORDER BY t.id
                     ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) AS t
 WHERE t.state_before IS DISTINCT FROM t.was
    OR t.id = t.last AND t.state <> t.now
SQL
is $mdash->value(<<'SQL'), 0, 'each has one event, which says the same';
SELECT count(*)
  FROM (SELECT t.item::text AS subject, t.state,
               row_number() OVER (PARTITION BY t.item ORDER BY t.id) AS n
          FROM todo_transition t) AS t
  FULL JOIN (SELECT e.subject, e.data->>'state' AS state, e.subject_seq AS n
               FROM event e WHERE e.kind = 'todo') AS e
    ON e.subject = t.subject AND e.n = t.n
 WHERE t.state IS DISTINCT FROM e.state
SQL
is $mdash->value('SELECT count(*) - count(DISTINCT id) FROM event'), 0, 'and an id of its own';
is $mdash->value(<<'SQL'), 0, 'and stands behind the one before it of its subject';
SELECT count(*)
  FROM (SELECT subject_seq, row_number() OVER (PARTITION BY kind, subject ORDER BY xid, id) AS place
          FROM event) AS e
 WHERE subject_seq <> place
SQL

# --- and the webhook ----------------------------------------------------------

# As if half a minute had passed: what was being sent by one that was killed.
my $told = sub {
	$mdash->sql(q{UPDATE webhook_delivery SET lease_until = now() - interval '1 s' WHERE state = 'sending'
		AND lease_until < now() + interval '25 s'});
	return $mdash->value(q{SELECT count(*) FROM webhook_delivery WHERE state = 'delivered'}) >= $transitions;
};
ok wait_until(90, $told), 'in the end each event is delivered'
	or diag explain [$mdash->sql('SELECT state, count(*), max(attempts), max(error) FROM webhook_delivery GROUP BY 1')];
my $json = JSON::PP->new->utf8;
my ($came, $unsigned, %ids, %of) = (0, 0);
for my $request ($receiver->requests('/200')) {
	my $event = $json->decode($request->{body});
	my $name = "$event->{subject}/" . (0 + $event->{sequence});
	$came++;
	$unsigned++ if $request->{headers}{'webhook-id'} ne $event->{id};
	$ids{$name}{$event->{id}} = 1;
	$of{$event->{id}}{$name} = 1;
}
my @wanted = sort map { "$_->[0]/$_->[1]" } $mdash->sql(q{SELECT subject, subject_seq FROM event WHERE kind = 'todo'});
is join(' ', sort keys %ids), join(' ', @wanted), 'each event came at least once';
is scalar(grep { keys %$_ != 1 } values %ids, values %of), 0, '  always under one id, which no other has';
is $unsigned, 0, '  and which the header says too';

diag sprintf '%d deliveries of %d events, %d more than once', $came, scalar @wanted, $came - @wanted;
diag sprintf '%d publishes with %d rules in %.1f s, %d transitions, killed: %s', $publishes,
	RULES, $took, $transitions,
	join(' ', map { "$_ $killed{$_}" } sort keys %killed) || 'none';

done_testing;
