#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Launches that are cut off: the worker is killed while one by the clock is due and
# while it runs, connections of PostgreSQL and PostgreSQL itself while a person
# launches and approves. A launch is done once or not at all, each item of it has one
# event, whoever asks is told in time, and a repeat works.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(publish spec);
use Mdash::Victims qw(victims);
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);

use constant SERVICES => 12;

# A cluster of its own: it is stopped, and killing one connection ends them all.
my $mdash = Mdash->new(worker => 1, cluster => {fsync => 1}, settings => {statement_timeout_ms => '5s',
	job_lease_ms => '1s', job_poll_ms => '50ms'});
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
is publish($ci, "svc-$_", spec("svc-$_", teamName => 'red', tier => 1 + $_ % 2))->{status}, 200, "service $_"
	for 1 .. SERVICES;

# As owner: what writes items takes its time while it is asked to, which is in the
# middle of a launch.
$mdash->sql(<<~'SQL');
	CREATE TABLE slow (seconds float8);
	GRANT SELECT ON slow TO PUBLIC;
	CREATE FUNCTION slow_down() RETURNS trigger LANGUAGE plpgsql AS $$
	BEGIN
	  PERFORM pg_sleep(s.seconds) FROM slow s;
	  RETURN NULL;
	END $$;
	CREATE TRIGGER slow_down AFTER INSERT ON todo_transition FOR EACH STATEMENT EXECUTE FUNCTION slow_down();
	UPDATE schedule SET paused_at = now();
	SQL
sub slow ($seconds) {
	$mdash->sql('DELETE FROM slow' . ($seconds ? "; INSERT INTO slow VALUES ($seconds)" : ''));
	return;
}

# The connections that are in the middle of a launch; only a superuser sees them.
sub launching () {
	my $cluster = $mdash->cluster;
	my $superuser = $> == 0 ? Mdash::Place::server_user() : scalar getpwuid $>;
	return map { $_->[0] } $cluster->query($cluster->conninfo($mdash->{name}, $superuser),
		q{SELECT pid FROM pg_stat_activity
		WHERE datname = current_database() AND wait_event = 'PgSleep'});
}
sub in_the_middle { return wait_until(20, sub { scalar launching() }) }

sub draft ($name, %more) {
	my $made = $admin->post('/api/v1/campaigns', {name => $name, title => $name, team => 'red',
		rule => '$.spec.tier == 1', %more});
	is $made->{status}, 201, $name or diag $made->{content};
	return;
}

# 'draft 0 0 0': state, items, steps of items, and launches that were told.
sub traces ($name) {
	return join ' ', map { @$_ } $mdash->sql(<<~"SQL");
		SELECT c.state, (SELECT count(*) FROM todo_item i WHERE i.campaign = c.id),
		       (SELECT count(*) FROM todo_transition t JOIN todo_item i ON i.id = t.item
		         WHERE i.campaign = c.id),
		       (SELECT count(*) FROM event e WHERE e.kind = 'todo' AND e.data->>'campaign' = c.name),
		       (SELECT count(*) FROM event e WHERE e.type = 'campaign.launched' AND e.subject = c.name),
		       (SELECT count(*) FROM audit a WHERE a.action = 'campaign.launched' AND a.object = c.name)
		  FROM campaign c WHERE c.name = '$name'
		SQL
}
my $once = join ' ', 'running', (SERVICES) x 3, 1, 1;
my $never = 'draft 0 0 0 0 0';

sub right ($name) {
	is traces($name), $once, "  $name is launched once, each item has one step and one event";
	is $mdash->value(<<~"SQL"), 0, '  and is what its rule says';
		SELECT count(*) FROM todo_item i
		  JOIN campaign c ON c.id = i.campaign
		  JOIN service s ON s.id = i.service
		 WHERE c.name = '$name' AND i.state <> CASE s.tier WHEN 1 THEN 'done' ELSE 'open' END
		SQL
	return;
}

# --- by the clock -----------------------------------------------------------------------

sub due ($name) {
	draft($name);
	is $admin->post("/api/v1/campaigns/$name/launch?at=2099-01-01T00:00:00Z")->{status}, 202, '  at a time';
	$mdash->sql("UPDATE campaign SET starts_at = now() WHERE name = '$name';
		SELECT job_add('campaigns', 'campaigns', '{}', now())");
	return;
}
sub jobs_end () {
	return wait_until(60, sub { eval { !$mdash->value(q{SELECT count(*) FROM job WHERE state IN ('ready', 'running')}) } });
}
sub kill_worker () { return kill 'KILL', victims($mdash, 'worker') }

slow(1);
for my $round (1 .. 3) {
	kill_worker();
	due("due-$round");
	kill_worker();
	ok jobs_end(), '  the worker is killed when it is due';
	right("due-$round");
}
for my $round (1 .. 3) {
	due("runs-$round");
	ok in_the_middle(), '  while it runs';
	cmp_ok kill_worker(), '>', 0, '  the worker is killed';
	ok jobs_end(), '  another one ends the job';
	right("runs-$round");
}

# Its connection too: what was written by then is taken back, and done again.
due('both');
ok in_the_middle(), '  while it runs';
kill 'TERM', launching();
kill_worker();
ok jobs_end(), '  the worker and its connection end, and another one does it';
right('both');

due('crash');
ok in_the_middle(), '  while it runs';
is kill('KILL', launching()), 1, '  its connection is killed';
ok wait_until(30, sub { eval { $mdash->value('SELECT 1') } }), '  PostgreSQL recovers';
ok jobs_end(), '  and the job is ended';
right('crash');

# --- by a person --------------------------------------------------------------------------

# Asks in a process of its own, does $harm in the middle, and answers what came:
# {status, type, seconds, json}.
sub cut_off ($path, $harm) {
	my $file = $mdash->dir . '/answer';
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		my $from = time;
		my $answer = $admin->post($path);
		open my $out, '>:utf8', $file or POSIX::_exit(1);
		printf $out "%s %.1f %s %s", $answer->{status}, time - $from,
			$answer->{headers}{'content-type'} // '-', $answer->{headers}{'retry-after'} // '-';
		close $out;
		POSIX::_exit(0);
	}
	ok in_the_middle(), '  in the middle of it';
	$harm->();
	waitpid $pid, 0;
	ok wait_until(30, sub { eval { $mdash->value('SELECT 1') } }), '  the database is there';
	open my $in, '<:utf8', $file or die "$file: $!";
	my %answer;
	@answer{qw(status seconds type retry)} = split ' ', <$in>;
	return \%answer;
}

my %harm = (
	'its connection ends' => sub { kill 'TERM', launching() },
	'its connection is killed' => sub { kill 'KILL', launching() },
	'PostgreSQL is stopped' => sub { $mdash->cluster->stop; $mdash->cluster->start },
	'PostgreSQL is stopped at once' => sub { $mdash->cluster->stop('QUIT'); $mdash->cluster->start },
);
my $number = 0;
for my $deed (qw(launch approve)) {
	for my $harm (sort keys %harm) {
		my $name = "$deed-" . ++$number;
		draft($name, $deed eq 'approve' ? (teamLimit => 1) : ());
		if ($deed eq 'approve') {
			is $admin->post("/api/v1/campaigns/$name/launch")->{status}, 202, '  held';
		}
		slow(2);
		my $answer = cut_off("/api/v1/campaigns/$name/$deed", $harm{$harm});
		slow(0);
		is $answer->{status}, 503, "$deed, and $harm: 503";
		is $answer->{type}, 'application/problem+json', '  a problem';
		like $answer->{retry}, qr/^\d+$/, '  that says when to come back';
		cmp_ok $answer->{seconds}, '<', 15, "  and no hang ($answer->{seconds} s)";
		is traces($name), $never, '  nothing is written';
		my $again;
		ok wait_until(20, sub {
			$again = $admin->post("/api/v1/campaigns/$name/$deed");
			$again->{status} != 503;
		}), '  a repeat is answered';
		is $again->{status}, 200, '  and works' or diag $again->{content};
		right($name);
	}
}
is $mdash->value('SELECT audit_broken()'), undef, 'the audit log is sound';
is $mdash->value('SELECT count(*) - count(DISTINCT id) FROM event'), 0, 'each event has an id of its own';
done_testing;
