#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Workers that are stopped beyond their leases, killed, and whose clocks differ,
# while the teams of a catalogue are told their digests: each job is ended, and
# what it writes is written, by the claim that it belongs to, once. Then a run of
# many parts of which some hang. MDASH_JOBS_STOPS says how often a worker is
# stopped (20; 200 in the long run), MDASH_JOBS_PARTS how many parts the run has
# (500; 10000).
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Check ();
use Mdash::Process qw(wait_until);
use Mdash::Victims qw(descendants victims);
use Test::More;
use Time::HiRes qw(sleep time);

use constant LEASE_MS => 600;

my $stops = $ENV{MDASH_JOBS_STOPS} // 20;
my $parts = $ENV{MDASH_JOBS_PARTS} // 500;
my $json = JSON::PP->new->canonical;
my $mdash = Mdash->new(areas => [], cluster => {},
	settings => {job_lease_ms => LEASE_MS . 'ms', job_poll_ms => '20ms'});

sub teams ($count) {
	$mdash->sql(<<~"SQL");
		TRUNCATE todo_item, service, job CASCADE;
		INSERT INTO team (name) SELECT 'team-' || n FROM generate_series(1, $count) n ON CONFLICT DO NOTHING;
		INSERT INTO service (service_id, team) SELECT 'service-' || n, 'team-' || n FROM generate_series(1, $count) n;
		INSERT INTO todo_item (service, title, state, due, opened_at, changed_at)
		SELECT id, 'x', 'open', current_date - 2, now(), now() FROM service;
		ANALYZE
		SQL
	return;
}

# What the database sees of who writes: a lane's connection has its name. The
# fence is no part of it, so this holds whatever sql/functions/job.sql does.
$mdash->sql(<<~'SQL');
	UPDATE schedule SET paused_at = now();
	CREATE TABLE breach (what text, job bigint, is_of text, is_by text);
	CREATE TABLE attempt (job bigint, fence bigint, runner text, began timestamptz, over timestamptz);
	CREATE FUNCTION watch_job() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
	DECLARE
	  who text := current_setting('application_name');
	BEGIN
	  IF NEW.state = 'running' AND OLD.fence <> NEW.fence THEN
	    IF OLD.state = 'running' THEN
	      INSERT INTO breach VALUES ('claimed while it ran', NEW.id, OLD.runner, who);
	    END IF;
	    INSERT INTO attempt VALUES (NEW.id, NEW.fence, who, clock_timestamp());
	  ELSIF OLD.state = 'running' AND NEW.state IN ('done', 'waiting') AND left(OLD.runner, 63) <> who THEN
	    INSERT INTO breach VALUES ('ended by another', NEW.id, OLD.runner, who);
	  END IF;
	  RETURN NEW;
	END $$;
	CREATE TRIGGER watch BEFORE UPDATE ON job FOR EACH ROW EXECUTE FUNCTION watch_job();
	CREATE FUNCTION watch_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
	BEGIN
	  INSERT INTO breach
	  SELECT 'told by another', j.id, j.runner, current_setting('application_name')
	    FROM job j
	   WHERE j.kind = 'digest-team' AND j.state = 'running' AND j.target = NEW.subject
	     AND rfc3339((j.payload->>'until')::timestamptz) = NEW.data->>'until'
	     AND left(j.runner, 63) <> current_setting('application_name');
	  RETURN NEW;
	END $$;
	CREATE TRIGGER watch BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION watch_event()
	SQL

sub breaches { return join "\n", map { join ' ', map { $_ // '-' } @$_ } $mdash->sql('SELECT * FROM breach LIMIT 9') }
sub digest ($payload = '{}') {
	return $mdash->value("SELECT job_add('digest', NULL, '$payload', now())");
}
sub count ($where) { return $mdash->value("SELECT count(*) FROM job WHERE $where") }

# All parts of all runs are done and told of once.
sub all_told ($name) {
	ok wait_until(120, sub { count("state IN ('ready', 'running', 'waiting')") == 0 }), "$name: all jobs end"
		or diag explain [$mdash->sql('SELECT kind, state, error, count(*) FROM job GROUP BY 1, 2, 3')];
	is count("state <> 'done'"), 0, '  well';
	my ($jobs, $events, $different) = map { @$_ } $mdash->sql(<<~'SQL');
		SELECT (SELECT count(*) FROM job WHERE kind = 'digest-team'), count(*),
		       count(DISTINCT (subject, data->>'until'))
		  FROM event WHERE type = 'team.digest'
		SQL
	is "$events $different", "$jobs $jobs", "  each of $jobs digests is told once";
	is breaches(), '', '  and nothing was written under an old claim';
	$mdash->sql('DELETE FROM event');
	return;
}

# The lanes that work in the database, where digests are made: of the worker, and the
# one beside it.
sub lanes { return map { $_->[0] } grep { $_->[1] =~ /mdash-worker --lane data/ } descendants($$) }
my @beside;
sub start_beside (%env) {
	my $place = $mdash->{place};
	push @beside, Mdash::Process->new($place, log => "$mdash->{log}/beside.log",
		env => {$mdash->_environment('worker')->%*, %env},
		command => [$place->as_server($mdash->tree . '/libexec/mdash/mdash-worker', '--lane', 'data')]);
	return;
}
sub end_beside { (pop @beside)->stop while @beside; return }

# --- stopped, beyond the lease ----------------------------------------------------

teams(200);
$mdash->start('worker');
start_beside();
ok wait_until(10, sub { lanes() == 2 }), 'two processes do jobs';
my $stopped = 0;
for my $n (1 .. $stops) {
	digest() if count("state IN ('ready', 'running')") < 100;
	wait_until(5, sub { count("state = 'running'") });
	my @lanes = lanes();
	my $victim = $lanes[$n % @lanes];
	$stopped += kill 'STOP', $victim;
	sleep LEASE_MS / 1000 * (1.2 + rand 1.8);
	kill 'CONT', $victim;
	sleep rand 0.1;
}
is $stopped, $stops, "stopped $stops times, 1.2 to 3 leases long";
all_told('stopped');
my $again = $mdash->value(q{SELECT count(*) FROM job_failure WHERE error = 'its lease ended'});
my $lost = () = ($mdash->log_of('worker') . $mdash->log_of('beside')) =~ /"event":"job.lost"/g;
SKIP: {
	skip 'a few stops may all meet a lane between two jobs', 2 if $stops < 10;
	cmp_ok $again, '>', $stops / 4, "others took over $again jobs";
	cmp_ok $lost, '>', 0, "and $lost times somebody came back and was refused";
}

# --- killed ------------------------------------------------------------------------

$mdash->stop('worker');
end_beside();
teams(400);
{
	local $mdash->{settings} = {job_poll_ms => '20ms'};
	$mdash->_configure;
}
$mdash->start('worker');
ok wait_until(10, sub { lanes() == 1 }), 'with a lease of a minute';
digest() for 1 .. 3;
my $kills = 0;
my $start = time;
for (1 .. 5) {
	wait_until(5, sub { count("state = 'running'") && lanes() });
	$kills += kill 'KILL', (lanes())[0];
	sleep 0.3;
}
is $kills, 5, 'a lane is killed in the middle of its work';
wait_until(5, sub { count("state = 'running'") && lanes() });
my ($worker) = map { $_->[0] } grep { $_->[1] =~ /mdash-worker/ && $_->[1] !~ /--lane|multiwatch/ } descendants($$);
my @orphans = lanes();
ok kill('KILL', $worker), 'and the worker itself';
ok wait_until(10, sub { !grep { kill 0, $_ } @orphans }), '  which takes its lane with it';
all_told('killed');
cmp_ok time - $start, '<', 50, '  without waiting for leases'
	or diag explain [$mdash->sql('SELECT * FROM job_failure')];
cmp_ok $mdash->value(q{SELECT count(*) FROM job_failure WHERE error = 'the process that ran it ended'}),
	'>', 0, '  since the worker tells what was lost';

# --- clocks that differ ----------------------------------------------------------------

$mdash->stop('worker');
SKIP: {
	my $cc = Mdash::Check::program('cc') or skip 'there is no cc', 7;
	skip 'sanitizers want to be loaded first', 7
		if grep { /asan|tsan/ } `ldd @{[$mdash->tree]}/libexec/mdash/mdash-worker 2>&1`;
	my $source = $mdash->{place}->write('skew.c', <<~'C');
		#define _GNU_SOURCE
		#include <stdlib.h>
		#include <sys/syscall.h>
		#include <sys/time.h>
		#include <time.h>
		#include <unistd.h>
		int
		clock_gettime(clockid_t id, struct timespec *at)
		{
			int result = (int)syscall(SYS_clock_gettime, id, at);
			if (id == CLOCK_REALTIME)
				at->tv_sec += atoi(getenv("SKEW"));
			return result;
		}
		int
		gettimeofday(struct timeval *restrict at, void *restrict zone)
		{
			struct timespec now;
			(void)zone;
			(void)clock_gettime(CLOCK_REALTIME, &now);
			at->tv_sec = now.tv_sec;
			at->tv_usec = now.tv_nsec / 1000;
			return 0;
		}
		time_t
		time(time_t *at)
		{
			struct timespec now;
			(void)clock_gettime(CLOCK_REALTIME, &now);
			if (at != NULL)
				*at = now.tv_sec;
			return now.tv_sec;
		}
		C
	my $library = $source =~ s/c$/so/r;
	is system($cc, '-shared', '-fPIC', '-o', $library, $source), 0, 'a clock that is wrong';
	teams(400);
	$mdash->sql('DELETE FROM attempt');
	unlink "$mdash->{log}/beside.log";
	start_beside(LD_PRELOAD => $library, SKEW => $_) for 600, -600;
	# Or one of them does everything before the other one is there.
	ok wait_until(30, sub { 2 == $mdash->value(q{SELECT count(*) FROM pg_stat_activity
		WHERE datname = current_database() AND application_name LIKE 'data/%'}) }), '  of two that are there';
	digest() for 1 .. 3;
	all_told('ten minutes ahead and ten behind');
	is join(' ', map { @$_ } $mdash->sql(q{SELECT DISTINCT attempts FROM job})), 1, '  no job was begun twice';
	is $mdash->value('SELECT count(DISTINCT runner) FROM attempt'), 2, '  both did some';
	my %hours = map { $_ => 1 } $mdash->log_of('beside') =~ /"ts":"[^T]+T(\d\d:\d)/g;
	cmp_ok keys %hours, '>', 1, '  by clocks that were wrong';
	end_beside();
}

# --- a run of which some parts hang --------------------------------------------------------

my $longest = 10 + int $parts / 40;
teams($parts);
my $run = digest($json->encode({longestSeconds => $longest}));
my ($fence) = map { $_->[0] } $mdash->sql(
	q{SELECT fence FROM job_claim('[{"kind":"digest","most":1,"mostTarget":1,"batch":1}]', 'test', 60000)});
# The test is the one that hangs: what it has it does not end.
is $mdash->value("SELECT job_digest($run, $fence)"), $parts, "a run of $parts parts";
my $kinds = qq([{"kind":"digest-team","most":$parts,"mostTarget":1,"batch":10}]);
my @hanging;
push @hanging, map { {id => $_->[0], fence => $_->[1]} }
	$mdash->sql("SELECT id, fence FROM job_claim('$kinds', 'hangs', 3600000)")
	while @hanging < $parts / 20;
$mdash->sql('TRUNCATE breach');
$start = time;
$mdash->start('worker');
ok wait_until($longest + 30, sub { count("id = $run AND state = 'done'") }), 'it ends';
my ($late, $result, $fresh) = map { @$_ } $mdash->sql(<<~"SQL");
	SELECT extract(epoch FROM r.ended_at - r.deadline), r.result,
	       (SELECT round(extract(epoch FROM max(c.ended_at) - r.created_at)::numeric, 1)
	          FROM job c WHERE c.parent = r.id AND c.state = 'done')
	  FROM job r WHERE r.id = $run
	SQL
ok $late >= 0 && $late < 5, "  at its deadline of $longest s";
my $hanging = @hanging;
is_deeply $json->decode($result), {done => $parts - $hanging, failed => 0, late => $hanging},
	"  $hanging hung and are marked, the others were done after $fresh s";
is count("parent = $run AND state = 'dead' AND error = 'the run was over'"), $hanging, '  each with the reason';
is $mdash->value(q{SELECT count(*) FROM event WHERE type = 'team.digest'}), $parts - $hanging, '  and all others are told';
my $ended = $json->encode([map { {%$_, outcome => 'done'} } @hanging]);
is $mdash->value("SELECT count(*) FROM job_end('$ended')"), 0, 'what comes after that is not taken';
is breaches(), '', 'and nothing was written under an old claim';

done_testing;
