#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Many writers, each of which has its number, tells and commits after whiles of its
# own: who reads the log by its cursor meanwhile misses no event, has none twice and
# all in the order of the log, and so has what makes deliveries of them. MDASH_EVENTS says how many
# (100,000 is the full size).
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Cluster;
use Mdash::Process qw(wait_until);
use POSIX ();
use Test::More;
use Time::HiRes qw(time);

use constant {WRITERS => 32, SUBJECTS => 500, LATE_MS => 30};

my $events = $ENV{MDASH_EVENTS} // 3200;
my $each = int $events / WRITERS;
$events = $each * WRITERS;
my $mdash = Mdash->new(worker => 1, cluster => {}, settings => {
	webhook_allow => '127.0.0.1', webhook_schemes => 'http', webhook_ports => 9});
my $admin = $mdash->sign_in('admin');
my $system = $mdash->token(kind => 'system', scopes => ['events:read']);
# Paused: its deliveries are made and wait.
is $admin->post('/api/v1/webhooks', {name => 'all', url => 'http://127.0.0.1:9/', state => 'paused',
	types => ['service.*']})->{status}, 201, 'a webhook';
ok wait_until(20, sub { $mdash->value(q{SELECT count(*) FROM event_reader WHERE name = 'webhook'}) }),
	'the worker follows the log';
my $cursor = $system->get('/api/v1/events?after=now')->{json}{next};

sub writer {
	my $pid = fork // die "fork: $!";
	return $pid if $pid;
	srand;
	open my $psql, '|-', Mdash::Cluster::bindir() . '/psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null',
		'-d', $mdash->conninfo('mdash_app') or POSIX::_exit(127);
	for (1 .. $each) {
		my $subject = 'svc-' . int rand SUBJECTS;
		my ($early, $late) = map { sprintf '%.4f', rand(LATE_MS) / 2000 } 1 .. 2;
		print {$psql} "BEGIN; SELECT pg_current_xact_id(); SELECT pg_sleep($early);"
			. " SELECT event_append('service.updated', 'service', '$subject', NULL, NULL, now(), '{}');"
			. " SELECT pg_sleep($late); COMMIT;\n";
	}
	close $psql;
	POSIX::_exit($? >> 8);
}

my (@ids, %last, %wrong);
sub drain {
	my $answer = $system->get("/api/v1/events?limit=500&after=$cursor");
	$wrong{"status $answer->{status}"}++, return 0 if $answer->{status} != 200;
	for my $event ($answer->{json}{items}->@*) {
		push @ids, $event->{id};
		$wrong{'not the next of its subject'}++ if $event->{sequence} != ($last{$event->{subject}} // 0) + 1;
		$last{$event->{subject}} = $event->{sequence};
	}
	$cursor = $answer->{json}{next};
	return scalar $answer->{json}{items}->@*;
}

my $begun = time;
my %running = map { writer() => 1 } 1 .. WRITERS;
my $meanwhile = 0;
my $failed = 0;
while (%running) {
	$meanwhile++ if drain();
	while ((my $pid = waitpid(-1, POSIX::WNOHANG)) > 0) {
		next if !delete $running{$pid};
		$failed++ if $?;
	}
}
my $written = time;
1 while drain();
note sprintf '%d events in %.1f s, read %.1f s later, in %d pages meanwhile', $events, $written - $begun,
	time - $written, $meanwhile;

is $failed, 0, 'all writers committed';
# On a busy machine the writers may be done after a few pages.
cmp_ok $meanwhile, '>=', 2, 'it was read while they wrote';
is_deeply \%wrong, {}, 'each subject in its order, without gaps';
my @log = map { $_->[0] } $mdash->sql('SELECT id FROM event WHERE kind = \'service\' ORDER BY xid, id');
is scalar @log, $events, "$events events";
is scalar @ids, $events, '  of which the reader has as many';
is join(' ', @ids), join(' ', @log), '  these, in the order of the log';
# Else whoever went by the id alone would have seen as much, and nothing is shown.
my $turned = grep { $ids[$_] < $ids[$_ - 1] } 1 .. $#ids;
cmp_ok $turned, '>', 0, "$turned of them have a lower number than the one before";

ok wait_until(60 + $events / 1000, sub { $mdash->value('SELECT count(*) FROM webhook_delivery') >= $events }),
	'deliveries are made of them';
is $mdash->value(q{SELECT count(*) FROM event e WHERE e.kind = 'service' AND 1 <> (SELECT count(*)
	FROM webhook_delivery d WHERE d.event = e.id)}), 0, '  one of each';
is $mdash->value(q{SELECT count(*) FROM (SELECT e.xid, e.id, lag(row(e.xid, e.id)) OVER (ORDER BY d.id) AS before
	FROM webhook_delivery d JOIN event e ON e.id = d.event) AS x WHERE row(x.xid, x.id) < x.before}), 0,
	'  in the order of the log';

done_testing;
