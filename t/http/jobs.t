#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Jobs and schedules over REST, done by a real worker: what is shown, tried anew,
# cancelled, paused; and the digest of a team from the schedule to the event.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(spec);
use Test::More;

my $mdash = Mdash->new(worker => 1, settings => {job_poll_ms => '50ms'});
my $admin = $mdash->sign_in('admin');
my $viewer = $mdash->sign_in('vera');
# The digest of the day is due at midnight; should that come now, none is made by it.
$mdash->sql(q{UPDATE schedule SET next_slot = next_slot + interval '1 day' WHERE name = 'digest'});

sub job ($id) { return $viewer->get("/api/v1/jobs/$id")->{json} }
sub wait_job ($id, $state) {
	ok wait_until(20, sub { job($id)->{job}{state} eq $state }), "job $id is $state"
		or diag explain job($id);
	return job($id)->{job};
}
sub list ($query) {
	return join ' ', map { $_->{id} } $viewer->get("/api/v1/jobs?$query")->{json}{items}->@*;
}
sub pause ($who, $name, $paused) {
	return $who->request('PATCH', "/api/v1/schedules/$name", body => {paused => $paused});
}
sub fault_of ($answer) { return $answer->{json}{errors}[0]{pointer} // '' }

# --- schedules -----------------------------------------------------------------

my $schedules = $viewer->get('/api/v1/schedules')->{json}{items};
is join(' ', map { $_->{name} } @$schedules), 'campaigns digest expire rules', 'what is done again and again';
ok wait_until(20, sub {
	my ($expire) = grep { $_->{name} eq 'expire' } $viewer->get('/api/v1/schedules')->{json}{items}->@*;
	return $expire->{lastJob} && $expire->{lastJob}{state} eq 'done';
}), 'the worker does it by itself';

my $paused = pause($admin, 'expire', \1);
is $paused->{status}, 200, 'an admin lets one rest';
ok $paused->{json}{pausedAt}, '  since now';
is $paused->{json}{nextAt}, undef, '  without a next time';
is pause($admin, 'expire', \1)->{json}{pausedAt},
	$paused->{json}{pausedAt}, '  again changes nothing';
is pause($admin, 'expire', \0)->{json}{pausedAt}, undef, 'and go on';
is fault_of(pause($admin, 'expire', 'x')), '#/paused', 'or says what is wrong';
is pause($admin, 'none', \1)->{status}, 404, 'there is no other';
is $admin->post('/api/v1/schedules/none/run')->{status}, 404, '  to be run either';
is pause($viewer, 'expire', \1)->{status}, 403, 'others may not';
is $viewer->post('/api/v1/schedules/expire/run')->{status}, 403, '  nor run it';
is join(' ', map { "$_->[0]:$_->[1]" } $mdash->sql(
	q{SELECT action, object FROM audit WHERE action LIKE 'schedule.%' ORDER BY id})),
	'schedule.pause:expire schedule.resume:expire', 'the log of changes has what changed';

# --- a digest --------------------------------------------------------------------

my $ci = $mdash->token(scopes => ['ingest:write']);
$ci->put("/api/v1/ingest/services/$_->[0]", spec($_->[0], teamName => $_->[1]),
	'content-type' => 'application/yaml') for ['pay', 'red'], ['gift', 'red'], ['mail', 'blue'];
$mdash->sql(<<~'SQL');
	INSERT INTO todo_item (service, title, state, due, opened_at, changed_at)
	SELECT s.id, 'Fix <' || s.service_id || '>', 'open', date '2026-01-02', now(), now()
	  FROM service s WHERE s.team = 'red';
	INSERT INTO todo_transition (item, at, state, actor_kind, cause)
	SELECT i.id, now(), 'open', 'system', 'x' FROM todo_item i
	  JOIN service s ON s.id = i.service WHERE s.service_id = 'pay';
	INSERT INTO todo_item (service, title, state, snoozed_until, opened_at, changed_at)
	SELECT s.id, 'Later', 'open', current_date + 9, now(), now()
	  FROM service s WHERE s.service_id = 'mail'
	SQL
my $ran = $admin->post('/api/v1/schedules/digest/run');
is $ran->{status}, 200, 'a schedule is run now';
is $ran->{json}{kind}, 'digest', '  by a job';
my $run = wait_job($ran->{json}{id}, 'done');
is_deeply $run->{result}, {done => 2, failed => 0, late => 0}, 'with a part for each team';
is $run->{parts}{all}, 2, '  which it counts';
is scalar(split ' ', list("parent=$run->{id}")), 2, '  and which are listed';
my ($told) = $mdash->sql(q{SELECT team, data->>'text', data->>'open', data->>'overdue', data->>'opened',
	data->>'closed', data->'blocks' FROM event WHERE type = 'team.digest'});
is_deeply [@$told[0 .. 5]], ['red', 'To do for red: 2 open, 2 overdue, 1 new, 0 done',
	2, 2, 1, 0], 'its team is told';
is $mdash->value(q{SELECT count(*) FROM event WHERE type = 'team.digest'}), 1,
	'  and nobody who has only what is snoozed';
is $mdash->value('SELECT count(*) FROM todo_item'), 3, '  which they have';
my $json = JSON::PP->new->canonical;
my ($since, $until) = map { @$_ } $mdash->sql(q{SELECT data->>'since', data->>'until' FROM event
	WHERE type = 'team.digest'});
sub minute ($moment) { return $moment =~ s/T(\d\d:\d\d).*/ $1/r }
sub section ($text) { return {type => 'section', text => {type => 'mrkdwn', text => $text}} }
sub due ($service) {
	return "\n\N{BULLET} Fix &lt;$service&gt;: <${\$mdash->origin}/services/$service/todos|$service>, due 2026-01-02";
}
is_deeply $json->decode($told->[6]), [section('*red*: 2 open, 2 overdue, 1 new, 0 done'),
	section('*Overdue*' . due('pay') . due('gift')), section('*New*' . due('pay')),
	{type => 'context', elements => [{type => 'mrkdwn',
		text => minute($since) . ' to ' . minute($until) . ' UTC'}]}],
	'as a message for Slack, that names the items, leads to them, and says of which time' or diag $told->[6];

sub told_of ($change) {
	$mdash->sql($change);
	my $before = $mdash->value(q{SELECT count(*) FROM event WHERE type = 'team.digest'});
	wait_job($admin->post('/api/v1/schedules/digest/run')->{json}{id}, 'done');
	return join ' | ', map { $_->[0] } $mdash->sql("SELECT data->>'text' FROM event
		WHERE type = 'team.digest' ORDER BY id OFFSET $before");
}
is told_of('SELECT 1'), 'To do for red: 2 open, 2 overdue, 0 new, 0 done', 'the next one has nothing new';
is told_of(<<~'SQL'), 'To do for red: 1 open, 0 overdue, 0 new, 1 done', 'what is done is told';
	UPDATE todo_item SET due = NULL;
	INSERT INTO todo_transition (item, at, state_before, state, actor_kind, cause)
	SELECT i.id, now(), 'open', 'done', 'system', 'x' FROM todo_item i
	  JOIN service s ON s.id = i.service WHERE s.service_id = 'pay';
	UPDATE todo_item i SET state = 'done', done_at = now() FROM service s
	 WHERE s.id = i.service AND s.service_id = 'pay'
	SQL
is told_of('SELECT 1'), '', 'nothing has happened and nothing is late: no digest, though one is open';
my $long = $json->decode($mdash->value(<<~'SQL'));
	SELECT digest_block('Overdue', jsonb_agg(jsonb_build_object('title', repeat('&', 200),
	         'service', repeat('s', 60), 'due', date '2026-01-02')), 'https://mdash.example')
	  FROM generate_series(1, 25)
	SQL
cmp_ok length $long->{text}{text}, '<=', 3000, 'no list is longer than Slack takes';
like $long->{text}{text}, qr/\nand 22 more\z/, '  and says how many it left out';

# --- jobs --------------------------------------------------------------------------

# Of a kind that no worker knows, so that nobody does them.
my ($ready, $dead) = map { $mdash->value(qq{SELECT job_add('unknown', '$_', '{"n": 1}', now())}) } 'a', 'b';
$mdash->sql(qq{UPDATE job SET state = 'dead', attempts = 10, ended_at = now(), error = 'no answer' WHERE id = $dead;
	INSERT INTO job_failure (job, attempt, fence, at, runner, error) VALUES ($dead, 10, 1, now(), 'host/1', 'no answer')});
is list('kind=unknown'), "$dead $ready", 'the newest come first';
is list('kind=unknown&state=dead'), $dead, 'by state';
my $page = $viewer->get('/api/v1/jobs?kind=unknown&limit=1')->{json};
is $page->{items}[0]{id}, $dead, 'page';
is list("kind=unknown&limit=1&after=$page->{next}"), $ready, '  by page';
is fault_of($viewer->get("/api/v1/jobs?$_->[0]")), $_->[1], "no list by $_->[0]"
	for ['state=x', '?state'], ['parent=0', '?parent'], ['after=x', '?after'], ['x=1', '?x'];
is_deeply job($dead)->{failures}[0]{error}, 'no answer', 'one tells of its attempts';
is_deeply job($dead)->{payload}, {n => 1}, '  and what it was to do';
is $viewer->get('/api/v1/jobs/999999')->{status}, 404, 'there is no other';

is $viewer->post("/api/v1/jobs/$dead/retry")->{status}, 403, 'not everybody has it tried anew';
my $again = $admin->post("/api/v1/jobs/$dead/retry");
is "$again->{status} $again->{json}{state} $again->{json}{attempts}", '200 ready 0', 'an admin does';
is $admin->post("/api/v1/jobs/$dead/retry")->{status}, 409, '  once';
is $viewer->post("/api/v1/jobs/$ready/cancel")->{status}, 403, 'nor cancels it';
my $cancelled = $admin->post("/api/v1/jobs/$ready/cancel");
is "$cancelled->{status} $cancelled->{json}{state} $cancelled->{json}{error}",
	'200 cancelled cancelled by user:admin', 'an admin does';
is $admin->post("/api/v1/jobs/$ready/cancel")->{status}, 409, '  once';
$mdash->value(q{SELECT job_add('unknown', 'a', '{}', now())});
like $admin->post("/api/v1/jobs/$ready/retry")->{json}{detail}, qr/another job/,
	'what waits already is not asked again';
is $admin->post("/api/v1/jobs/999999/$_")->{status}, 404, "no $_ of nothing" for qw(retry cancel);
is join(' ', map { "$_->[0]:$_->[1]" } $mdash->sql(
	q{SELECT action, object FROM audit WHERE action LIKE 'job.%' ORDER BY id})),
	"job.retry:$dead job.cancel:$ready", 'the log has both';

# --- figures ---------------------------------------------------------------------------

$mdash->sql(q{UPDATE job SET state = 'dead', ended_at = now() WHERE kind = 'unknown' AND key = 'a' AND state = 'ready';
	UPDATE job SET run_at = now() - interval '2 minutes' WHERE kind = 'unknown' AND state = 'ready'});
ok wait_until(20, sub {
	my (undef, $metrics) = $mdash->internal('/metrics');
	my %is = $metrics =~ /^(mdash_job\w+) (\d+)$/mg;
	return $is{mdash_jobs_ready} >= 1 && $is{mdash_jobs_dead} == 1 && $is{mdash_job_delay_seconds} >= 120;
}), 'the metrics have the queue, its delay and the dead';

# --- clocks that were wrong -----------------------------------------------------

$mdash->sql(q{UPDATE schedule SET next_slot = next_slot + interval '10 years' WHERE name = 'campaigns'});
ok wait_until(20, sub { $mdash->value(
	q{SELECT next_slot <= now() + interval '1 min' FROM schedule WHERE name = 'campaigns'}) eq 't' }),
	'what is due in ten years, since the clock was wrong, is due when it was';
$mdash->sql(q{UPDATE schedule SET paused_at = now()});
ok wait_until(20, sub { !$mdash->value(q{SELECT count(*) FROM job WHERE key = 'expire' AND state IN ('ready', 'running')}) }),
	'nothing waits';
my ($later) = map { $_->[0] } $mdash->sql(q{SELECT job_add('expire', 'expire', '{}', now() + interval '1 hour')});
$mdash->sql(q{UPDATE schedule SET paused_at = NULL, next_slot = date_trunc('minute', now()) WHERE name = 'expire'});
wait_job($later, 'done');

# --- the end ------------------------------------------------------------------------------

$mdash->stop('worker');
is $mdash->value(q{SELECT count(*) FROM job WHERE state = 'running'}), 0, 'a worker that ends leaves nothing behind';
my $log = $mdash->log_of('worker');
unlike $log, qr/"event":"(?:job\.|lane\.|sweep\.failed|schedules\.failed)/, 'and has nothing to complain' or diag $log;

done_testing;
