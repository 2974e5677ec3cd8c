#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Background jobs as sql/functions/job.sql promises them: one claim at a time,
# nothing written under an old fence, retries, caps, runs of parts, schedules.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash::Catalogue;
use Test::More;

my $catalogue = Mdash::Catalogue->new('jobs');
my $json = JSON::PP->new->canonical;

sub rows ($sql) { return join ' ', map { join '/', map { $_ // '-' } @$_ } $catalogue->sql($sql) }
sub value ($sql) { return $catalogue->value($sql) }
sub owner ($sql) {
	return $catalogue->{cluster}->query($catalogue->conninfo('mdash_owner'), $sql);
}

sub add ($kind, $key = undef, $payload = '{}', $when = 'now()') {
	return value(sprintf 'SELECT job_add(%s, %s, %s, %s)', (map {
		Mdash::Catalogue::quote($_) } $kind, $key, $payload), $when);
}

# kind => [most, most for one target, batch]
sub claim ($runner, $lease_ms, %kinds) {
	my $kinds = $json->encode([map {
		my ($most, $target, $batch) = $kinds{$_}->@*;
		{kind => $_, most => $most, mostTarget => $target, batch => $batch};
	} sort keys %kinds]);
	return map { {id => $_->[0], fence => $_->[1], attempts => $_->[2]} }
		$catalogue->sql('SELECT id, fence, attempts FROM '
			. "job_claim('$kinds', '$runner', $lease_ms)");
}

# The numbers of jobs that were still ours.
sub end ($outcome, $jobs, %more) {
	my $ended = $json->encode([map {
		{id => $_->{id}, fence => $_->{fence}, outcome => $outcome, %more}
	} @$jobs]);
	return join ' ', map { $_->[0] } $catalogue->sql(
		'SELECT id FROM job_end(' . Mdash::Catalogue::quote($ended) . ') AS id');
}

sub state_of ($id) { return rows("SELECT state, attempts, error FROM job WHERE id = $id") }
sub ids (@jobs) { return join ' ', map { $_->{id} } @jobs }

owner('UPDATE schedule SET paused_at = now()');

# --- adding, claiming, ending --------------------------------------------------

my %mail = (mail => [100, 100, 16]);
my $first = add('mail', 'a', '{"n":1}', q{now() + interval '1 hour'});
is add('mail', 'a', '{"n":2}'), $first, 'a second of the same kind and key is the first';
is rows("SELECT payload->>'n', run_at <= clock_timestamp() FROM job"), '2/t',
	'  which knows the newer payload, and comes as early as the earlier';
isnt add('mail'), add('mail'), 'without a key each is one of its own';
is add('later', undef, '{}', q{now() + interval '1 hour'}) && claim('r', 1000, later => [1, 1, 1]),
	0, 'nothing is claimed before its time';

my ($job) = claim('r', 60_000, mail => [100, 100, 1]);
is $job->{id}, $first, 'the oldest is claimed first';
is state_of($first), 'running/1/-', '  and runs';
my $second = add('mail', 'a');
isnt $second, $first, 'while it runs the same may be asked again';
my @others = claim('r', 60_000, %mail);
is scalar(@others), 2, '  but is not claimed beside it';
is end('done', [$job], result => {x => 1}), $first, 'it is done';
is rows("SELECT state, result, lease_until, ended_at IS NOT NULL FROM job WHERE id = $first"),
	'done/{"x": 1}/-/t', '  with its result';
is end('done', [$job]), '', '  once';
is ids(claim('r', 60_000, %mail)), $second, 'then the next one is claimed';
is end('returned', \@others), ids(@others), 'what is given back';
is state_of($others[0]{id}), 'ready/0/-', '  is as it was';

# --- fences ----------------------------------------------------------------------

my ($slow) = claim('slow', 1, mail => [100, 100, 1]);
select undef, undef, undef, 0.01;
my (@quick) = claim('quick', 60_000, %mail);
my ($again) = grep { $_->{id} == $slow->{id} } @quick;
ok $again, 'after its lease a job is claimed by another';
cmp_ok $again->{fence}, '>', $slow->{fence}, '  under a higher fence';
is rows("SELECT attempt, runner, error FROM job_failure WHERE job = $slow->{id}"),
	'1/slow/its lease ended', '  and the attempt that came to nothing is kept';
is end('done', [$slow], result => {by => 'slow'}), '', 'the first one writes nothing any more';
is value("SELECT count(*) FROM job_renew('[{\"id\":$slow->{id},\"fence\":$slow->{fence}}]', 60000)"),
	0, '  renews nothing';
is value("SELECT job_mine($slow->{id}, $slow->{fence})"), 'f', '  and knows it';
is value("SELECT job_fan_out($slow->{id}, $slow->{fence}, 'x', '[{}]', '1 min')"), undef,
	'  nor makes parts of it';
is state_of($slow->{id}), 'running/2/its lease ended', 'nothing has changed by that'
	or diag explain $catalogue->sql("SELECT * FROM job WHERE id = $slow->{id}");
is value("SELECT job_mine($again->{id}, $again->{fence})"), 't', 'the other one has it';
is value("SELECT count(*) FROM job_renew('[{\"id\":$again->{id},\"fence\":$again->{fence}}]', 60000)"),
	1, '  and keeps it';
end('done', \@quick);

# --- failing ---------------------------------------------------------------------

my %call = (call => [100, 100, 1]);
my $call = add('call', 'k');
owner("UPDATE job SET attempts_max = 3 WHERE id = $call");
for my $attempt (1 .. 3) {
	my @held = claim('r', 60_000, %call);
	is end('failed', \@held, error => "no answer $attempt"), $call, "attempt $attempt fails";
	next if $attempt == 3;
	my ($low, $high) = map { $_ * 5 * 2**($attempt - 1) } 0.79, 1.21;
	my $pause = value("SELECT extract(epoch FROM j.run_at - f.at) FROM job j
		JOIN job_failure f ON f.job = j.id AND f.fence = j.fence WHERE j.id = $call");
	ok $pause > $low && $pause < $high, "  and waits $pause s";
	is ids(claim('r', 60_000, %call)), '', '  until then nobody tries';
	owner("UPDATE job SET run_at = now() WHERE id = $call");
}
is state_of($call), 'dead/3/no answer 3', 'then it is dead';
is rows("SELECT string_agg(attempt || ':' || error, ' ' ORDER BY at) FROM job_failure WHERE job = $call"),
	'1:no answer 1 2:no answer 2 3:no answer 3', '  and tells of each attempt';
is rows('SELECT bool_and(p BETWEEN 2880 AND 4320) FROM (SELECT extract(epoch FROM job_pause(n)) AS p FROM generate_series(11, 60) n) x'),
	't', 'no pause is longer than an hour and a fifth';

my $twice = add('call', 'k');
my @held = claim('r', 60_000, %call);
add('call', 'k');
end('failed', \@held, error => 'x');
is state_of($twice), 'cancelled/1/another one of this kind and key is ready',
	'what fails while the same waits is not tried beside it';
@held = claim('r', 60_000, %call);
end('failed', \@held, error => 'wait', delay => 90_000);
ok value("SELECT abs(extract(epoch FROM run_at - clock_timestamp()) - 90) < 5 FROM job WHERE id = $held[0]{id}") eq 't',
	'a kind may say how long to wait';
owner("UPDATE job SET run_at = now() WHERE id = $held[0]{id}");
@held = claim('r', 60_000, %call);
end('dead', \@held, error => 'gone');
is state_of($held[0]{id}), 'dead/2/gone', '  or that it is in vain';

add('call', "lost-$_") for 1 .. 2;
claim('other', 60_000, call => [100, 100, 2]);
is value("SELECT job_lost('other')"), 2, 'what a process left behind fails at once';
is rows("SELECT DISTINCT state, error FROM job WHERE runner = 'other'"),
	'ready/the process that ran it ended', '  and is tried again';

# --- caps and order ----------------------------------------------------------------

add('probe', undef, qq({"target":"slow.example","n":$_})) for 1 .. 20;
my $other = add('probe', undef, '{"target":"quick.example"}');
my %probe = (probe => [6, 4, 16]);
my @probes = claim('r', 60_000, %probe);
is scalar(@probes), 5, 'of one target so many run at once, of another one too';
like ids(@probes), qr/\b$other\b/, '  who waits behind it does not wait for it';
is scalar(claim('r', 60_000, %probe)), 0, '  not one more';
end('done', [$probes[0]]);
is scalar(claim('r', 60_000, %probe)), 1, '  until one ends';
add('probe', undef, qq({"target":"t$_.example"})) for 1 .. 20;
is scalar(claim('r', 60_000, %probe)), 1, 'and of one kind so many';
add('many') for 1 .. 40;
is scalar(claim('r', 60_000, many => [1000, 1000, 1000])), 16, 'no claim takes more than 16';

add('low');
my $high = add('high');
owner("UPDATE job SET priority = 5 WHERE id = $high");
is ids(claim('r', 60_000, low => [1, 1, 1], high => [1, 1, 1])), $high,
	'what matters more comes first';

# --- runs ----------------------------------------------------------------------------

my %part = (part => [100, 100, 16]);
sub run_of ($parts, $longest = '10 min') {
	my $run = add('run');
	my ($held) = claim('r', 60_000, run => [100, 1, 1]);
	my $payloads = $json->encode([map { {target => "t$_"} } 1 .. $parts]);
	value("SELECT job_fan_out($run, $held->{fence}, 'part', '$payloads', '$longest')");
	return $run;
}

my $run = run_of(5);
is rows("SELECT state, children, children_open FROM job WHERE id = $run"), 'waiting/5/5',
	'a run waits for its parts';
my @parts = claim('r', 60_000, %part);
end('done', [@parts[0 .. 2]], result => {fresh => 1});
end('dead', [$parts[3]], error => 'refused');
is rows("SELECT state, children_open FROM job WHERE id = $run"), 'waiting/1', '  and counts them';
end('done', [$parts[4]]);
is rows("SELECT state, result FROM job WHERE id = $run"), 'done/{"done": 4, "late": 0, "failed": 1}',
	'the last one closes it';
$run = run_of(0);
is state_of($run), 'done/1/-', 'one without parts is done at once';

$run = run_of(4, '50 ms');
@parts = claim('r', 60_000, part => [100, 100, 3]);
end('done', [$parts[0]], result => {fresh => 1});
select undef, undef, undef, 0.06;
is value('SELECT job_tick()'), 1, 'its deadline';
is rows("SELECT state, result FROM job WHERE id = $run"), 'done/{"done": 1, "late": 3, "failed": 0}',
	'  closes it with what there is';
is end('done', [$parts[1]]), '', '  what hung and comes then is not taken';
is rows("SELECT DISTINCT state, error FROM job WHERE parent = $run AND state <> 'done'"),
	'dead/the run was over', '  and is marked';
is rows("SELECT result FROM job WHERE parent = $run AND state = 'done'"), '{"fresh": 1}',
	'  what came in time stays';

# --- schedules -------------------------------------------------------------------------

owner(q{INSERT INTO schedule (name, kind, every_s, next_slot)
	VALUES ('hourly', 'hour', 3600, now() - interval '5 hours 30 minutes')});
is value('SELECT job_tick()'), 1, 'a schedule is due';
is rows("SELECT count(*), max(slot) = (SELECT last_slot FROM schedule WHERE name = 'hourly') FROM job WHERE kind = 'hour'"),
	'1/t', 'six slots were missed: one job, for the last of them';
is rows("SELECT next_slot - last_slot, next_slot > now() FROM schedule WHERE name = 'hourly'"), '01:00:00/t',
	'  and the next one is ahead';
is value('SELECT job_tick()'), 0, '  once';
owner(q{UPDATE schedule SET next_slot = next_slot - interval '1 hour' WHERE name = 'hourly'});
value('SELECT job_tick()');
is rows("SELECT count(*) FROM job WHERE kind = 'hour'"), 1, 'a slot has no second job';
owner(q{UPDATE schedule SET next_slot = now() WHERE name = 'hourly'});
value('SELECT job_tick()');
is rows("SELECT count(*) FROM job WHERE kind = 'hour'"), 1, 'nor while one waits';
end('done', [claim('r', 60_000, hour => [1, 1, 1])]);

# The clock was days ahead, and a job was made for a slot that comes when it is that late.
my $last = value("SELECT max(id) FROM job WHERE kind = 'hour'");
owner(q{UPDATE schedule SET next_slot = next_slot + interval '10 days', last_slot = last_slot + interval '10 days'
	WHERE name = 'hourly'});
owner(q{INSERT INTO job (kind, schedule, slot, state, ended_at)
	SELECT 'hour', name, last_slot, 'done', now() FROM schedule WHERE name = 'hourly'});
value('SELECT job_tick()');
is rows("SELECT next_slot BETWEEN now() AND now() + interval '1 hour', last_slot FROM schedule WHERE name = 'hourly'"),
	't/-', 'a clock that was ahead is one no more';
is rows('SELECT count(*) FROM job WHERE slot > now()'), 0, '  nor are slots taken that are yet to come';
is value("SELECT schedule_json(s)->'lastJob'->>'id' FROM schedule s WHERE name = 'hourly'"), $last,
	'  nor is what it made the last job for years';

owner(q{UPDATE schedule SET paused_at = now(), next_slot = now() WHERE name = 'hourly'});
is value('SELECT job_tick()'), 0, 'a paused one makes none';

# --- what the jobs do -----------------------------------------------------------------

# The result of a job of this kind, in a statement that may take so long; '' = it
# was not ours any more.
sub job ($kind, $most = '', $timeout = 0, $fence = 0) {
	add($kind, $kind);
	my ($held) = claim('r', 60_000, $kind => [1, 1, 1]);
	my ($row) = $catalogue->sql("SET statement_timeout = '$timeout';"
		. " SELECT job_$kind($held->{id}, $held->{fence} + $fence$most)");
	end('done', [$held]);
	return defined $row->[0] ? $json->decode($row->[0]) : '';
}
my $aya = q('{"subject": "user:aya", "kind": "session", "admin": true, "teams": ["platform"], "services": []}');
sub launch ($name, $rule, $later = 'NULL') {
	my $draft = Mdash::Catalogue::quote($json->encode({name => $name, title => $name,
		team => 'platform', rule => $rule}));
	value("SELECT status FROM campaign_create($draft, $aya)");
	return value("SELECT status FROM campaign_launch('$name', $later, $aya)");
}
sub items ($name) {
	return rows("SELECT i.state, i.snoozed_until IS NOT NULL FROM todo_item i
		JOIN campaign c ON c.id = i.campaign WHERE c.name = '$name' ORDER BY i.id");
}

# Facts that nobody reports again, and the rules that read them.
$catalogue->publish([{serviceID => 'acme'}]);
$catalogue->sql('DELETE FROM fact_pending');
owner(q{INSERT INTO fact (service, key, value, source, valid_from, expires_at)
	SELECT id, 'ci.green', 'true', 't', now() - interval '1 day', now() + interval '1 hour' FROM service});
is launch('green', '$.ci.green == true'), 200, 'a campaign';
is launch('other', '$.spec.serviceID == "acme"'), 200, 'and another';
is items('green'), 'done/f', 'is done';
is_deeply job('expire', ', 10'), {services => 0, exemptions => 0, snoozes => 0}, 'nothing is over';
is rows('SELECT count(*) FROM job WHERE kind = \'rules\''), 0, '  and nobody has to look';
owner(q{UPDATE fact SET expires_at = now() - interval '1 hour' WHERE key = 'ci.green'});
is job('expire', ', 10', 0, -1), '', 'an old fence lets no fact expire';
is rows("SELECT valid_to FROM fact WHERE key = 'ci.green'"), '-', '  it is as it was';
is_deeply job('expire', ', 10'), {services => 1, exemptions => 0, snoozes => 0},
	'a fact that nobody reported again ends';
is rows("SELECT kind, key, state FROM job WHERE kind = 'rules'"), 'rules/rules/ready',
	'  and its rules will be looked at';
is items('green'), 'done/f', '  which they have not been';
is job('rules', '', 0, -1), '', 'an old fence lets nobody look';
is_deeply job('rules'), {pending => 0}, 'they are';
is items('green') . ' ' . items('other'), 'open/f done/f', '  and what they read is not known';
is rows("SELECT actor_kind, t.actor, cause, facts_before, facts FROM todo_transition t WHERE state_before = 'done'"),
	'rule/worker/facts_expired/{"ci.green": true}/{"ci.green": null}', '  which is the proof';
is_deeply job('rules'), {pending => 0}, 'nothing is left';

# Exemptions and snoozes.
my $green = value("SELECT i.id FROM todo_item i JOIN campaign c ON c.id = i.campaign WHERE c.name = 'green'");
sub patch ($change) {
	return value("SELECT status FROM todo_patch($green,
		(SELECT version FROM todo_item WHERE id = $green),
		@{[Mdash::Catalogue::quote($json->encode($change))]}, $aya)");
}
my $day = value('SELECT current_date + 1');
is patch({snoozedUntil => $day}), 200, 'an item sleeps';
is job('expire', ', 10')->{snoozes}, 0, '  until its day';
owner("UPDATE todo_item SET snoozed_until = current_date WHERE id = $green");
is job('expire', ', 10')->{snoozes}, 1, '  has come';
is items('green'), 'open/f', '  and is to do again';
is rows("SELECT type, data->'changed' FROM event WHERE kind = 'todo' AND subject = '$green' ORDER BY id DESC LIMIT 1"),
	'todo.changed/["snoozedUntil"]', '  which is told';
is patch({state => 'exempt', reason => 'legacy', until => $day}), 200, 'an item is exempt';
is job('expire', ', 10')->{exemptions}, 0, '  to the end of the last day';
owner("UPDATE todo_item SET until = current_date - 1 WHERE id = $green");
is job('expire', ', 10')->{exemptions}, 1, '  which is over';
is items('green'), 'open/f', '  and it is asked again';
is rows("SELECT state_before, state, cause, actor FROM todo_transition WHERE item = $green ORDER BY id DESC LIMIT 1"),
	'exempt/open/expired/-', '  by nobody';
patch({state => 'exempt', reason => 'legacy', until => $day});
owner(qq{INSERT INTO fact (service, key, value, source, valid_from)
	SELECT id, 'ci.green', 'true', 't', now() FROM service;
	UPDATE todo_item SET until = current_date - 1 WHERE id = $green});
is job('expire', ', 10')->{exemptions}, 1, 'where it is done by now';
is items('green'), 'done/f', '  rules see it at once';

# Campaigns whose time has come.
is launch('later', '$.ci.green == true', q(now() + interval '1 hour')), 202, 'a campaign for later';
is_deeply job('campaigns'), {launched => 0}, '  waits';
owner(q{UPDATE campaign SET starts_at = now() - interval '1 second' WHERE name = 'later'});
is job('campaigns', '', 0, -1), '', '  no old fence launches it';
is items('later'), '', '  nor makes an item';
is_deeply job('campaigns'), {launched => 1}, '  until it is launched';
is items('later'), 'done/f', '  and runs';
is_deeply job('campaigns'), {launched => 0}, '  once';

# A rule that never ends, and one that fails: jobs until nothing is pending.
is launch('never', 'exists($.spec.all[*] ? (@ == $.spec.few[*]))'), 200, 'a rule that may take for ever';
is launch('fails', '$.spec.since.datetime() < "2026-01-01T00:00:00+00".datetime()'), 200, 'one that may fail';
is launch('fine', '$.spec.tier == 1'), 200, 'and one that is well';
$catalogue->publish([{serviceID => 'acme', tier => 1, since => '2026-01-01',
	all => [map { -$_ } 1 .. 8000], few => [1 .. 8000]}]);
isnt job('rules', '', '1s')->{pending}, 0, 'the one that never ends is put aside, and facts wait';
is rows("SELECT kind, state FROM job WHERE kind = 'rules' AND state = 'ready'"), 'rules/ready', '  for another job';
is items('fine'), 'open/f', '  as does what comes after';
is_deeply job('rules', '', '1s'), {pending => 0}, 'which comes to the end';
is rows("SELECT count(*) FROM job WHERE kind = 'rules' AND state = 'ready'"), 0, '  and asks for no other';
is items('fine'), 'done/f', '  and everything is followed';
is rows("SELECT c.name FROM campaign_rule r JOIN campaign c ON c.id = r.campaign WHERE quarantine IS NOT NULL ORDER BY 1"),
	'fails never', '  but for both of them';
is rows('SELECT count(*) FROM fact_pending'), 0, 'nothing waits';

done_testing;
