#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Two at once, statement by statement: who had to wait decides by what there is then,
# not by what it saw before; nothing is lost, and nobody waits in a circle.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash::Catalogue;
use Mdash::Files qw(read_source);
use Mdash::Process qw(wait_until);
use Mdash::Session;
use Test::More;

my $catalogue = Mdash::Catalogue->new('races');
my $json = JSON::PP->new->canonical;
my $q = \&Mdash::Catalogue::quote;
my $who = $q->('{"subject": "user:aya", "kind": "session", "admin": true, "teams": ["red"], "services": []}');

sub value ($sql) { return $catalogue->value($sql) }
sub rows ($sql) { return join ' ', map { join '/', map { $_ // '-' } @$_ } $catalogue->sql($sql) }
sub owner ($sql) {
	return $catalogue->{cluster}->query($catalogue->conninfo('mdash_owner'), $sql);
}

# Sessions that stay, and begin with nothing open.
my ($one, $two, $third) = map { Mdash::Session->new($catalogue) } 1 .. 3;

owner('UPDATE schedule SET paused_at = now()');
$catalogue->sql("INSERT INTO event_reader (name, xid, id) VALUES ('webhook', pg_snapshot_xmin(pg_current_snapshot()), 0)");

# --- webhooks -------------------------------------------------------------------------

sub hook ($name, %with) {
	my $draft = $q->($json->encode({name => $name, url => "https://$name.invalid/", types => ['service.*'], teams => [],
		campaigns => [], ordered => JSON::PP::false, format => 'cloudevents', state => 'active', %with}));
	return value("SELECT webhook_create($draft, 100, $who)->'webhook'->>'id'");
}
sub event ($subject) {
	$catalogue->sql("SELECT event_append('service.updated', 'service', '$subject', NULL, NULL, now(), '{}')");
	my $id = value('SELECT max(id) FROM event');
	# Transactions of other tests in the cluster may hold it back for a moment.
	wait_until(120, sub { value(qq{SELECT count(*) FROM event_reader r
		CROSS JOIN LATERAL event_after(r.xid, r.id, 1000) AS e WHERE r.name = 'webhook' AND e.id = $id}) });
	return $id;
}
sub claim () {
	return map { {id => $_->[0], fence => $_->[1]} }
		$catalogue->sql("SELECT id, fence FROM webhook_claim('https://mdash.example', 64)");
}
sub outcome_sql ($claim, $status) {
	return 'SELECT NULL' if !$claim;
	return "SELECT webhook_outcome($claim->{id}, $claim->{fence}, $status, NULL, 'answer', 1, NULL)";
}
sub delivery ($claim) { return rows("SELECT state FROM webhook_delivery WHERE id = $claim->{id}") }

# $status ends a try while somebody mends the webhook by $change.
sub mended ($status, $change) {
	my $hook = hook("mended-$status");
	event("mended-$status");
	value('SELECT webhook_fan_out(1000)');
	my ($try) = claim();
	$catalogue->sql("UPDATE webhook SET failing_since = now() - interval '6 days' WHERE id = $hook");
	$one->run("BEGIN; SELECT FROM webhook_change($hook, NULL, @{[$q->($change)]}, $who)");
	$two->begin(outcome_sql($try, $status));
	ok $two->waits, "an attempt that ends with $status while its webhook is mended waits";
	$one->run('COMMIT');
	is $two->finish, 'waiting', '  and is tried again';
	is rows("SELECT state FROM webhook WHERE id = $hook"), 'active', '  by the webhook as it is since';
	$catalogue->sql("UPDATE webhook_delivery SET next_at = now() WHERE id = $try->{id}");
	($try) = claim();
	return ($hook, $try);
}
my ($hook, $try) = mended(500, '{"url": "https://other.invalid/"}');
is value(outcome_sql($try, 500)), 'waiting', '  which has five days';
value("SELECT 1 FROM webhook_delete($hook, NULL, $who)");
($hook, $try) = mended(410, '{"url": "https://other.invalid/"}');
is value(outcome_sql($try, 410)), 'dead', '  until that one is gone, too';
is rows("SELECT state FROM webhook WHERE id = $hook"), 'disabled', '  which disables it';
value("SELECT 1 FROM webhook_delete($hook, NULL, $who)");

$hook = hook('gone');
event('gone');
my $left = hook('left');
$one->run("BEGIN; SELECT FROM webhook_delete($hook, NULL, $who)");
$two->begin('SELECT webhook_fan_out(1000)');
ok $two->waits, 'who makes deliveries while a webhook is deleted waits';
$one->run('COMMIT');
isnt $two->finish, '', '  and does not fail';
is rows('SELECT webhook FROM webhook_delivery'), $left, '  but makes those of the others';

my ($old) = claim();
value(outcome_sql($old, 200));
$catalogue->sql("UPDATE webhook_delivery SET ended_at = now() - interval '31 days' WHERE id = $old->{id}");
$one->run("BEGIN; SELECT FROM webhook_retry($left, $old->{id}, $who)");
$two->begin('SELECT webhook_sweep()');
$two->waits_or_not;
$one->run('COMMIT');
is $two->finish, 0, 'what is asked for again';
is delivery($old), 'waiting', '  is not swept away';

# Deliveries that have held up their subjects for an hour, the first of them due last.
my $ordered = hook('ordered', ordered => JSON::PP::true);
my ($from) = map { "'$_->[0]', $_->[1]" } $catalogue->sql('SELECT xid, id FROM event ORDER BY xid DESC, id DESC LIMIT 1');
event("held-$_") for 1, 2, 3, 1, 2, 3;
value('SELECT webhook_fan_out(1000)');
my @held = map { $_->[0] } $catalogue->sql(
	"SELECT id FROM webhook_delivery WHERE webhook = $ordered AND sequence = 1 ORDER BY event");
$catalogue->sql("UPDATE webhook_delivery SET first_at = now() - interval '2 h', next_at = now() + interval '1 min' WHERE id = $_")
	for @held[1, 2, 0];
$third->run("BEGIN; SELECT FROM webhook_delivery WHERE id = $held[2] FOR UPDATE");
$two->begin('SELECT webhook_sweep()');
$two->waits_or_not;
$one->begin("SELECT webhook_replay($ordered, $from, NULL, NULL, 1000, $who)->>'events'");
ok $one->waits, 'a replay waits for who has one of the deliveries';
$third->run('COMMIT');
is $two->finish, 0, '  and who sweeps for nobody';
is $one->finish, 6, '  so that they do not wait in a circle';

$one->run("BEGIN; SELECT FROM webhook_delete($ordered, NULL, $who)");
$two->begin("SELECT webhook_replay($ordered, $from, NULL, NULL, 1000, $who)");
ok $two->waits, 'a replay of a webhook that is deleted waits';
$one->run('COMMIT');
is $two->finish, '', '  and there is nothing to replay';
is rows("SELECT action FROM audit WHERE object = '$ordered' ORDER BY id DESC LIMIT 1"), 'webhook.delete',
	'  nor to write down';

# --- failed publishes -------------------------------------------------------------------

my $fail = q{SELECT FROM publish_fail('[{"serviceID": "typo", "source": "x", "faults": [], "faultCount": 1}]',
	'{"publisher": null, "commit": null, "runUrl": null}', } . "$who)";
my $sweep = read_source('sql/queries/sweep_failure.sql');
$catalogue->sql($fail);
owner(q{UPDATE publish_failure SET last_at = now() - interval '91 days'});
$one->run("BEGIN; $fail");
$two->begin($sweep);
$two->waits_or_not;
$one->run('COMMIT');
is $two->finish, 0, 'a publish that fails again after 90 days';
is rows('SELECT service_id, attempts FROM publish_failure'), 'typo/2', '  is not swept away';

# --- jobs -------------------------------------------------------------------------------

sub jobs ($kind) {
	return map { {id => $_->[0], fence => $_->[1]} } $catalogue->sql(
		qq{SELECT id, fence FROM job_claim('[{"kind": "$kind", "most": 9, "mostTarget": 9, "batch": 9}]', 'r', 60000)
		ORDER BY id});
}
sub held (@jobs) { return $q->($json->encode([@jobs])) }
sub fails_sql ($job) { return 'SELECT FROM job_end(' . held({%$job, outcome => 'failed', error => 'x'}) . ')' }

value(q{SELECT 1 FROM job_add('expire', 'expire', '{}', NULL)});
owner(q{UPDATE schedule SET paused_at = NULL, next_slot = now() WHERE name = 'expire'});
my ($job) = jobs('expire');
$one->run('BEGIN;' . fails_sql({%$job}));
$two->begin('SELECT job_tick()');
ok $two->waits, 'a schedule whose last job fails just now waits';
$one->run('COMMIT');
is $two->finish, 1, '  and has it done';
is rows(q{SELECT state, run_at <= clock_timestamp() FROM job WHERE kind = 'expire'}), 'ready/t', '  now, not after its pause';
owner(q{UPDATE schedule SET paused_at = now()});

# A run is over while its worker wants its parts for longer.
value(q{SELECT 1 FROM job_add('run', NULL, '{}', NULL)});
my ($run) = jobs('run');
value("SELECT job_fan_out($run->{id}, $run->{fence}, 'part', '[{}, {}, {}]', '0 s')");
my @parts = jobs('part');
$third->run("BEGIN; SELECT FROM job_renew(@{[held($parts[1])]}, 60000)");
$one->begin("SELECT count(*) FROM job_renew(@{[held(reverse @parts)]}, 60000)");
ok $one->waits, 'who wants several jobs waits for who has one of them';
$two->begin('SELECT job_tick()');
ok $two->waits, '  and so does who ends them';
$third->run('COMMIT');
is join(' ', $one->finish, $two->finish), '3 1', '  but not in a circle';
is rows('SELECT state, result FROM job WHERE id = ' . $run->{id}), 'done/{"done": 0, "late": 3, "failed": 0}', '  and both are done';

# Two runs are over, the parts of the first of which were made last.
value(q{SELECT job_add('run', NULL, '{}', NULL)}) for 1 .. 2;
my @runs = jobs('run');
value("SELECT job_fan_out($_->{id}, $_->{fence}, 'part', '[{}, {}]', '0 s')") for reverse @runs;
@parts = jobs('part');
$third->run("BEGIN; SELECT FROM job_renew(@{[held($parts[3])]}, 60000)");
$one->begin('SELECT job_tick()');
ok $one->waits, 'who ends several runs waits for who has one of their parts';
$two->begin("SELECT count(*) FROM job_renew(@{[held(@parts[0 .. 2])]}, 60000)");
ok $two->waits, '  and so does who wants parts of both';
$third->run('COMMIT');
is join(' ', $one->finish, $two->finish), '2 0', '  but not in a circle';

# --- reports ----------------------------------------------------------------------------

$catalogue->publish([{serviceID => 'cart', teamName => 'red', tier => 2}]);
sub report_sql ($text) { return "SELECT status FROM report_take('cart', 'junit', '$text', 3600, '{}', $who)" }
value(report_sql('first'));
my ($report) = jobs('report');
$one->run('BEGIN;' . fails_sql({%$report}));
$two->begin(report_sql('second'));
ok $two->waits, 'a report that comes while the one before fails waits';
$one->run('COMMIT');
is $two->finish, 200, '  and takes its place';
$catalogue->sql(q{UPDATE job SET run_at = now() WHERE kind = 'report'});
($report) = jobs('report');
is value("SELECT report_forget($report->{id})"), 2, '  with its bytes, which go when both are read';

# --- digests ----------------------------------------------------------------------------

# What became of a run of digests for the one team, as the worker does it.
sub told () {
	my ($part) = jobs('digest-team');
	return value("SELECT job_digest_team($part->{id}, $part->{fence}, 'https://mdash.example')") if $part;
	return 'none';
}
sub opened () {
	return rows(q{SELECT data->>'opened' FROM event WHERE type = 'team.digest' ORDER BY id DESC LIMIT 1});
}
sub digest () {
	value(q{SELECT 1 FROM job_add('digest', NULL, '{}', NULL)});
	return (jobs('digest'))[0];
}
sub item_sql ($number) {
	return qq{SELECT status FROM todo_create('{"serviceID": "cart", "title": "x", "source": "s", "externalID": "$number"}', $who)};
}
value(item_sql(1));
my $digest = digest();
value(item_sql(2));
is value("SELECT job_digest($digest->{id}, $digest->{fence})"), 1, 'of one team there is something to tell';
is told(), 't', '  which is told';
is opened(), 2, '  of what happened until its digest began';
$one->run('BEGIN; ' . item_sql(3));
$digest = digest();
$two->begin("SELECT job_digest($digest->{id}, $digest->{fence})");
ok $two->waits, 'a digest waits for what is just happening';
$one->run('COMMIT');
is $two->finish, 1, '  and goes on';
is told(), 't', '  to tell of it';
is opened(), 1, '  and of nothing twice';
for my $number (4, 5) {
	value(item_sql($number));
	my $run = digest();
	value("SELECT job_digest($run->{id}, $run->{fence})");
}
value("SELECT job_digest_team($_->{id}, $_->{fence}, 'https://mdash.example')") for jobs('digest-team');
is rows(q{SELECT data->>'opened' FROM event WHERE type = 'team.digest' ORDER BY id DESC LIMIT 2}), '1 1',
	'  nor when another one begins before it is through';

# --- gRPC APIs --------------------------------------------------------------------------

sub plan_sql ($name) { return "SELECT status FROM descriptor_plan('$name', '', '{}', $who)" }
my $reserve = read_source('sql/queries/proto_reserve.sql') =~ s/\$1/1/gr;
is $one->run('BEGIN; ' . plan_sql('file')), 200, 'a repository that is published, whatever its name is,';
$two->begin($reserve);
$two->waits_or_not;
is value("SELECT pg_blocking_pids($two->{backend}) <> '{}'"), 'f', '  is not waited for by others';
$one->run('ROLLBACK');
$two->finish;

# --- sessions ---------------------------------------------------------------------------

my ($guest, $keeper) = map { Mdash::Session->new($catalogue, 'mdash_auth') } 1 .. 2;

# A statement of sql/queries.
sub statement ($name, @values) {
	my $text = read_source("sql/queries/$name.sql") =~ s/;\s*\z//r;
	return "PREPARE q AS $text; EXECUTE q(" . join(', ', @values) . '); DEALLOCATE q';
}
my $secret = 0;
sub sign_in_sql ($hash) {
	return statement('session_create', sprintf(q{'\x%064d'}, ++$secret), q{'aya'}, q{'127.0.0.1'}, "'$hash'");
}
sub password_sql ($hash, $old = 'NULL') {
	return statement('user_set_password', q{'aya'}, "'$hash'", 'false', $old)
		. '; ' . statement('session_end_others', q{'aya'}, q{''});
}
sub sessions () { return (owner('SELECT count(*) FROM session'))[0][0] }

owner(q{INSERT INTO app_user (name, display_name, role, password_hash, must_change_password)
	VALUES ('aya', 'Aya', 'viewer', 'first', false)});
$guest->run(sign_in_sql('first'));
is sessions(), 1, 'who signs in has a session';
$keeper->run('BEGIN; ' . password_sql('second'));
is sessions(), 1, '  until the password changes';
$guest->begin(sign_in_sql('first'));
ok $guest->waits, 'who signs in meanwhile waits';
$keeper->run('COMMIT');
$guest->finish;
is sessions(), 0, '  and has none with the old one';
$guest->run('BEGIN; ' . sign_in_sql('second'));
$keeper->begin('BEGIN; ' . password_sql('third'));
ok $keeper->waits, 'a password that changes while somebody signs in waits';
$guest->run('COMMIT');
$keeper->finish;
$keeper->run('COMMIT');
is sessions(), 0, '  and ends that session, too';
$keeper->run(password_sql('fourth', q{'second'}));
is((owner('SELECT password_hash FROM app_user'))[0][0], 'third', 'who knew the one before changes nothing any more');
$keeper->run(statement('user_set_disabled', q{'aya'}, 'true'));
$guest->run(sign_in_sql('third'));
is sessions(), 0, 'nobody signs in to an account that is disabled';

# Tries to sign in, of one account from one address: one that succeeds, and one that begins.
my ($account, $address) = ("'account:' || encode(sha256('aya'), 'hex')", q{'address:127.0.0.1'});
my $attempt = statement('throttle_take', q{'aya'}, q{'127.0.0.1'}, 9);
my $begins = Mdash::Session->new($catalogue, 'mdash_auth');
$guest->run($attempt);
$keeper->run("BEGIN; SELECT FROM login_throttle WHERE key = $account FOR UPDATE");
$begins->begin($attempt);
ok $begins->waits, 'a try to sign in waits for another one';
$guest->begin(statement('throttle_clear', q{'aya'}, q{'127.0.0.1'}));
ok $guest->waits, '  and so does one that succeeds';
$keeper->run('COMMIT');
is $begins->finish, 0, '  but not in a circle';
$guest->finish;
is((owner("SELECT count(*) FROM login_throttle WHERE key = $account"))[0][0], 0, '  and each does what it has to');

owner(q{DELETE FROM login_throttle});
$guest->run($attempt);
owner("UPDATE login_throttle SET since = now() - interval '2 h' WHERE key = $_") for $address, $account;
$keeper->run("BEGIN; SELECT FROM login_throttle WHERE key = $account FOR UPDATE");
$begins->begin($attempt);
$begins->waits;
$two->begin('SELECT sweep_auth(1, 1)');
$two->waits_or_not;
$keeper->run('COMMIT');
is $begins->finish, 0, 'nor with who sweeps what is old';
$two->finish;
$begins->end;

$_->end for $guest, $keeper, $one, $two, $third;
is rows('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()'), 0, 'nobody waited in a circle';
done_testing;
