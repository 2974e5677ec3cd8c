#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Rules that fail or take too long: found, quarantined, shown, and let go on by
# another version; nothing of theirs is half-written, and no other rule is lost.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash::Catalogue;
use Test::More;

my $catalogue = Mdash::Catalogue->new('campaigns_rules');
my $json = JSON::PP->new->canonical;
my $q = \&Mdash::Catalogue::quote;
my $who = $q->($json->encode({subject => 'user:aya', kind => 'session', admin => JSON::PP::true,
	teams => ['platform'], services => [], address => '127.0.0.1', requestId => 't'}));

sub rows ($sql) { return join ' ', map { join '/', map { $_ // '-' } @$_ } $catalogue->sql($sql) }

sub launch ($name, $rule, %more) {
	my $draft = $q->($json->encode({name => $name, title => $name, team => 'platform', rule => $rule, %more}));
	is $catalogue->value("SELECT status FROM campaign_create($draft, $who)"), 201, "$name is drafted";
	is $catalogue->value("SELECT status FROM campaign_launch('$name', NULL, $who)"), 200, "$name is launched";
}

my $commit = 0;

# What the follow-up of a publish does without the savepoint around it.
sub publish (@specs) {
	my $answer = $catalogue->publish(\@specs, commit => 'c' . ++$commit);
	is $answer->{status}, 200, 'published' or diag $answer->{detail};
}

sub follow () { return eval { $catalogue->value("SELECT todo_follow('{}', $who)") } }

sub recover ($timeout = 0) {
	my ($row) = $catalogue->sql("SET statement_timeout = '$timeout'; SELECT todo_recover($who)");
	return $json->decode($row->[0]);
}

sub item ($campaign) {
	return rows("SELECT i.state FROM todo_item i JOIN campaign c ON c.id = i.campaign WHERE c.name = '$campaign'");
}

sub quarantine ($campaign) {
	return $catalogue->value("SELECT quarantine FROM campaign_rule r JOIN campaign c
		ON c.id = r.campaign AND c.rule_version = r.version WHERE c.name = '$campaign'");
}

publish({serviceID => 'shop', teamName => 'red'});
ok defined follow(), 'facts are followed';

# --- one that fails with some facts ---------------------------------------------------

launch(fails => '$.spec.since.datetime() < "2026-01-01T00:00:00+00".datetime()');
launch(fine => '$.spec.tier == 1');
publish({serviceID => 'shop', teamName => 'red', tier => 1, since => '2026-01-01'});
ok !defined follow(), 'a rule fails';
isnt rows('SELECT count(*) FROM fact_pending'), 0, 'what changed waits';
is item('fine'), 'open', 'also for the other rule';

my $recovered = recover();
is_deeply [@$recovered{qw(pending quarantined)}], [0, ['fails']], 'the guilty one is found';
is join(' ', map { "$_->{campaign} $_->{happened}" } $recovered->{todos}->@*), 'fine done', 'the other goes on';
is item('fine') . ' ' . item('fails'), 'done open', 'and only that one changed';
like quarantine('fails'), qr/^failed: cannot convert value/, 'the reason is kept';
is rows("SELECT subject, data->>'reason' LIKE 'failed: cannot%' FROM event WHERE type = 'campaign.rule_quarantined'"),
	'fails/t', 'and told';
is rows("SELECT object, outcome FROM audit WHERE action = 'campaign.quarantine'"), 'fails/done', 'and written down';
publish({serviceID => 'shop', teamName => 'red', tier => 2, since => '2026-01-02'});
is scalar $json->decode(follow())->@*, 1, 'it is not run any more';

# --- one that takes too long ----------------------------------------------------------

# Pairs of two lists' items: harmless but for long lists.
launch(slow => '$.spec.all[*] == $.spec.few[*]');
my %lists = (all => [map { -$_ } 1 .. 8000], few => [1 .. 8000]);
publish({serviceID => 'shop', teamName => 'red', tier => 1, %lists});
$recovered = recover();
is_deeply [@$recovered{qw(pending quarantined)}], [0, ['slow']], 'a slow one is found by its time';
like quarantine('slow'), qr/^took \d+ ms for 1 services$/, 'which is the reason';
is item('fine') . ' ' . item('slow'), 'done open', 'the others are right';

publish({serviceID => 'shop', teamName => 'red', tier => 1});
follow();
launch(never => 'exists($.spec.all[*] ? (@ == $.spec.few[*]))');
publish({serviceID => 'shop', teamName => 'red', tier => 2, %lists});
$recovered = recover('1s');
is_deeply $recovered->{quarantined}, ['never'], 'one that never ends is found by the timeout';
isnt $recovered->{pending}, 0, 'then what changed waits for another call';
is quarantine('never'), 'took longer than a statement may', 'that is the reason';
$recovered = recover();
is_deeply [@$recovered{qw(pending quarantined)}], [0, []], 'which comes to the end';
is item('fine'), 'open', 'and everything is followed';

# A preview that is over too soon to tell is no fault of its rule.
my $suspect = $q->($json->encode({name => 'x', title => 'x', team => 'platform',
	rule => 'exists($.spec.all[*] ? (@ == $.spec.few[*]))'}));
sub within ($timeout, $call) { return rows("SET statement_timeout = '$timeout'; SELECT status FROM $call") }
is within('300ms', "campaign_preview_draft($suspect, NULL, NULL, $who)"), 0, 'a preview is stopped';
is within('300ms', "campaign_suspect($suspect, NULL)"), 0, '  which proves nothing when the machine is busy';
is within('1500ms', "campaign_suspect($suspect, NULL)"), 422, '  but half a second of the rule alone does';
my $aside = $q->($json->encode({name => 'aside', title => 'x', team => 'platform', target => {q => 'nobody'}}));
is $catalogue->value("SELECT status FROM campaign_create($aside, $who)"), 201, '  and a campaign';
is within('1500ms', "campaign_suspect($suspect, 'aside')"), 0, '  has services of its own to tell by';

# --- and lets go on by another version ------------------------------------------------

sub change ($name, $rule) {
	return $catalogue->value("SELECT status FROM campaign_change('$name',
		(SELECT version FROM campaign WHERE name = '$name'),
		@{[$q->($json->encode({rule => $rule}))]}, $who)");
}
is change(fails => 'exists($.spec.since)'), 200, 'a rule that does not fail';
is quarantine('fails'), undef, 'runs';
is item('fails'), 'open', 'and decides';
is rows("SELECT cause, t.rule_version, t.state FROM todo_transition t JOIN todo_item i ON i.id = t.item
	JOIN campaign c ON c.id = i.campaign WHERE c.name = 'fails' ORDER BY t.id"),
	'launched/1/open', 'at once, where it changes something';
is change(fails => 'exists($.spec.few)'), 200, 'another';
is rows("SELECT cause, t.rule_version, t.state FROM todo_transition t JOIN todo_item i ON i.id = t.item
	JOIN campaign c ON c.id = i.campaign WHERE c.name = 'fails' ORDER BY t.id"),
	'launched/1/open rule/3/done', 'with its version as the cause';
is rows("SELECT r.version, quarantine IS NULL FROM campaign_rule r JOIN campaign c ON c.id = r.campaign
	WHERE c.name = 'fails' ORDER BY 1"), '1/f 2/t 3/t', 'all versions are kept';

# --- a launch whose time has come -----------------------------------------------------

my $draft = $q->($json->encode({name => 'later', title => 'x', team => 'platform', rule => 'exists($.spec.tier)'}));
$catalogue->value("SELECT campaign_create($draft, $who)");
is $catalogue->value("SELECT status FROM campaign_launch('later', now() + interval '1 hour', $who)"), 202, 'later';
is $catalogue->value('SELECT campaigns_due(now())'), 0, 'not yet';
is $catalogue->value(q{SELECT campaigns_due(now() + interval '61 minutes')}), 1, 'now';
is $catalogue->value(q{SELECT campaigns_due(now() + interval '61 minutes')}), 0, 'once';
is item('later'), 'done', 'it runs';

# --- rules that fail with what is stored ------------------------------------------------

my $fails = '$.spec.since.datetime() < "2026-01-01T00:00:00+00".datetime()';

# "status pointer detail" of a refusal, or "status".
sub asked ($call) { return rows("SELECT concat_ws(' ', status, pointer, detail) FROM $call") }
sub changed ($name, %with) {
	return asked("campaign_change('$name', (SELECT version FROM campaign WHERE name = '$name'),
		@{[$q->($json->encode(\%with))]}, $who)");
}
sub stored ($name) {
	return rows("SELECT c.state, c.version, c.title, c.rule_version, c.held_at IS NOT NULL,
		(SELECT count(*) FROM campaign_rule r WHERE r.campaign = c.id),
		(SELECT count(*) FROM event e WHERE e.subject = c.name AND e.kind = 'campaign'),
		(SELECT count(*) FROM audit a WHERE a.object = c.name),
		(SELECT count(*) FROM todo_item i JOIN todo_transition t ON t.item = i.id WHERE i.campaign = c.id)
		FROM campaign c WHERE c.name = '$name'");
}
publish({serviceID => 'shop', teamName => 'red', tier => 1, since => '2026-01-01'});
follow();
launch(runs => '$.spec.tier == 1');
my $before = stored('runs');
like changed(runs => rule => $fails, title => 'other'),
	qr{^422 #/rule fails with the facts that there are: cannot convert value}, 'a change to a rule that fails is refused';
is stored('runs'), $before, '  and nothing of it is written';

publish({serviceID => 'shop', teamName => 'red', tier => 1});
follow();
$draft = $q->($json->encode({name => 'kept', title => 'x', team => 'platform', rule => $fails, teamLimit => 1}));
$catalogue->value("SELECT campaign_create($draft, $who)");
is asked("campaign_launch('kept', NULL, $who)"), 202, 'a launch is held';
publish({serviceID => 'shop', teamName => 'red', tier => 1, since => '2026-01-01'});
follow();
$before = stored('kept');
like asked("campaign_approve('kept', $who)"), qr/^409 the rule of the campaign kept fails with .*: cannot convert/,
	'facts became such that its rule fails: it is not approved';
is stored('kept'), $before, '  and nothing is written';

# Somebody who reopens an item is not to blame for the rule.
launch(reopened => 'exists($.spec.runbook)');
my $reopened = "FROM todo_item i JOIN campaign c ON c.id = i.campaign WHERE c.name = 'reopened'";
sub state_to ($change) {
	return $catalogue->value("SELECT p.status FROM (SELECT i.id, i.version $reopened) AS i,
		todo_patch(i.id, i.version, @{[$q->($json->encode($change))]}, $who) AS p");
}
is state_to({state => 'not_applicable', reason => 'x'}), 200, 'an item that is not applicable';
$catalogue->sql("UPDATE campaign_rule SET predicate = @{[$q->($fails)]}, keys = '{spec.since}'
	WHERE campaign = (SELECT id FROM campaign WHERE name = 'reopened')");
is state_to({state => 'open'}), 200, '  is opened again though the rule fails';
is item('reopened'), 'open', '  and stays open';
like quarantine('reopened'), qr/^failed: cannot convert value/, '  and the rule is quarantined';

# --- a service that comes back ------------------------------------------------------------

launch(back => '$.spec.tier == 1', target => {team => 'red'});
is item('back'), 'done', 'done';
is changed(back => target => {team => 'blue'}), 200, '  its service is not asked any more';
publish({serviceID => 'shop', teamName => 'red', tier => 2});
follow();
is item('back'), 'done', '  so that it stays done';
is changed(back => target => {team => 'red'}), 200, '  it is asked again';
is item('back'), 'open', '  and is open, by the facts';

launch(byhand => undef, target => {team => 'red'});
sub by_rule ($campaign) {
	return rows("SELECT i.state, i.by_rule FROM todo_item i JOIN campaign c ON c.id = i.campaign WHERE c.name = '$campaign'");
}
is by_rule('back') . ' ' . by_rule('byhand'), 'open/t open/f', 'what no rule opened is not by a rule';
changed(byhand => target => {team => 'blue'});
changed(byhand => target => {team => 'red'});
is by_rule('byhand'), 'open/f', '  also when it was cancelled with the target and is open again';

# --- services that a rule has nothing to do with -----------------------------------------

launch(elsewhere => $fails, target => {team => 'blue'});
launch(words => $fails, target => {q => 'nobody'});
launch('later-team' => $fails, target => {team => 'green'}, permanent => JSON::PP::true);
launch('to-blame' => $fails, target => {team => 'red'});
publish({serviceID => 'shop', teamName => 'red', tier => 1, since => '2026-01-01'},
	{serviceID => 'late', teamName => 'blue', since => '2026-01-01'});
ok !defined follow(), 'a rule fails';
is_deeply recover()->{quarantined}, ['to-blame'],
	'  and none is blamed for services that it is not for, or that came after its launch';
publish({serviceID => 'shop', teamName => 'green', tier => 1, since => '2026-01-01'});
ok !defined follow(), 'a standard is for those that come later';
is_deeply recover()->{quarantined}, ['later-team'], '  and fails with them';

# --- what belongs to a state ends with it -------------------------------------------------

publish({serviceID => 'shop', teamName => 'red', tier => 2}, {serviceID => 'late', teamName => 'blue'});
follow();
launch(ends => '$.spec.tier == 1', target => {team => 'red'});
launch(over => '$.spec.tier == 1', target => {team => 'red'});

sub patched ($campaign, $change) {
	return $catalogue->value("SELECT p.status FROM (SELECT i.id, i.version FROM todo_item i
		JOIN campaign c ON c.id = i.campaign WHERE c.name = '$campaign') AS i,
		todo_patch(i.id, i.version, $change, $who) AS p");
}
sub members ($campaign) {
	return rows("SELECT i.state, i.reason, i.approver, i.until, i.snoozed_until IS NOT NULL
		FROM todo_item i JOIN campaign c ON c.id = i.campaign WHERE c.name = '$campaign'");
}
my $snoozed = q[jsonb_build_object('snoozedUntil', current_date + 30)];
is patched($_ => $snoozed), 200, "an item of $_ is put off" for qw(ends over);
publish({serviceID => 'shop', teamName => 'red', tier => 1});
follow();
publish({serviceID => 'shop', teamName => 'red', tier => 2});
follow();
is members('ends'), 'open/-/-/-/f', '  once done and open again, it is to do now';
is patched(ends => q[jsonb_build_object('state', 'exempt', 'reason', 'x', 'until', current_date + 30)]), 200,
	'an exemption';
changed(ends => target => {q => 'nobody'});
changed(ends => target => {team => 'red'});
is members('ends'), 'open/-/-/-/f', '  is over when its service was not asked meanwhile';
is patched(over => $snoozed), 200, 'what is put off';
is asked("campaign_end('over', 'finished', $who)"), 200, '  when its campaign ends';
is members('over'), 'cancelled/-/-/-/f', '  does not come back';

# --- facts that nobody says again ---------------------------------------------------------

sub ci_says ($facts) {
	return $catalogue->value("SELECT status FROM facts_publish('shop', 'ci', '$facts', 3600, false, 99, 'c', $who)");
}
sub expire () {
	$catalogue->sql("UPDATE fact SET expires_at = now() - interval '1 s' WHERE key = 'ci.lint' AND valid_to IS NULL;
		SELECT facts_expire(clock_timestamp(), 10)");
	return;
}
sub why ($campaign) {
	return rows("SELECT t.state, t.cause, t.facts_before->'ci.lint', t.facts->'ci.lint' FROM todo_transition t
		JOIN todo_item i ON i.id = t.item JOIN campaign c ON c.id = i.campaign
		WHERE c.name = '$campaign' ORDER BY t.id DESC LIMIT 1");
}
ci_says('{"lint": true}');
follow();
launch(linted => 'exists($.ci.*) && $.spec.tier == 2 && $.ci.lint == true', target => {team => 'red'});
expire();
my $opened = $json->decode(follow());
is $opened->[0]{cause}, 'facts_expired', 'a fact that expired is the cause' or diag explain $opened;
is why('linted'), 'open/facts_expired/true/null', '  which the proof has too';
ci_says('{"lint": true, "score": 1}');
follow();
is why('linted'), 'done/facts/null/true', '  said again it is one that changed';
expire();
ci_says('{"lint": false}');
follow();
is why('linted'), 'open/facts/true/false', '  also when it says something else';
ci_says('{"lint": true}');
follow();
expire();
publish({serviceID => 'shop', teamName => 'red', tier => 1});
follow();
is why('linted'), 'open/facts/true/null', '  or something else has changed, too';
publish({serviceID => 'shop', teamName => 'red', tier => 2});
follow();

# --- facts that had to wait, and a launch that knew of them ------------------------------

sub before ($campaign, $key) {
	return rows("SELECT t.cause, t.facts_before->'$key', t.facts->'$key' FROM todo_transition t
		JOIN todo_item i ON i.id = t.item JOIN campaign c ON c.id = i.campaign
		WHERE c.name = '$campaign' ORDER BY t.id DESC LIMIT 1");
}
publish({serviceID => 'shop', teamName => 'red', tier => 4});
launch(waited => '$.spec.tier == 5', target => {team => 'red'});
publish({serviceID => 'shop', teamName => 'red', tier => 5});
follow();
is before('waited', 'spec.tier'), 'facts/4/5', 'what was before a change is what the launch saw';
ci_says('{"lint": false}');
ci_says('{"lint": true}');
launch(linted2 => '$.ci.lint == true', target => {team => 'red'});
expire();
follow();
is why('linted2'), 'open/facts_expired/true/null', 'and what has changed is what did since';
publish({serviceID => 'shop', teamName => 'red', tier => 2});
follow();

# --- a launch without the rule would open everything ------------------------------------

publish({serviceID => 'shop', teamName => 'red', tier => 1});
follow();
$draft = $q->($json->encode({name => 'due', title => 'x', team => 'platform', rule => $fails}));
$catalogue->value("SELECT campaign_create($draft, $who)");
is asked("campaign_launch('due', now() + interval '1 hour', $who)"), 202, 'a launch that waits for its time';
publish({serviceID => 'shop', teamName => 'red', tier => 1, since => '2026-01-01'});
follow();
is $catalogue->value(q{SELECT campaigns_due(now() + interval '61 minutes')}), 1, '  when the rule fails';
is rows(q{SELECT state FROM campaign WHERE name = 'due'}), 'draft', '  is a draft again';
like asked("campaign_launch('due', NULL, $who)"), qr/^409 .* in quarantine \(failed: cannot .*send the same again/,
	'  which is not launched without its rule';
is item('due'), '', '  nor are there items';
is changed(due => rule => $fails), 200, '  the rule is sent again';
publish({serviceID => 'shop', teamName => 'red', tier => 1});
follow();
is asked("campaign_launch('due', NULL, $who)"), 200, '  and runs when the facts are good';

# --- what would have been done by now -------------------------------------------------------

sub declare (@specs) {
	is $catalogue->publish(\@specs, set => 1, publisher => 'old', commit => 'c' . ++$commit)->{status}, 200,
		'what a repository has';
}
declare(map { {serviceID => $_, teamName => 'grey', legacy => 'x'} } qw(kept moved gone));
my $then = $catalogue->value('SELECT clock_timestamp(), pg_sleep(0.01)');
declare({serviceID => 'kept', teamName => 'grey', legacy => 'x'}, {serviceID => 'moved', teamName => 'grey'});
$draft = $q->($json->encode({target => {team => 'grey'}, rule => '!exists($.spec.legacy)'}));
is rows(qq{SELECT b->'open', b->'doneSince' FROM campaign_preview_draft($draft, NULL, '$then', $who) AS p,
	jsonb_path_query(p.body::jsonb, '\$.backTest') AS b}), '3/1',
	'a back-test counts who lacks a fact by now, and not who is gone';

# --- who came after a launch --------------------------------------------------------------

launch(grey => '$.spec.tier == 1', target => {team => 'grey'});
declare(map { {serviceID => $_, teamName => 'grey'} } qw(kept moved young));
follow();
sub shown ($name, %change) {
	return rows(qq{SELECT b->'services', b->'open', b->'done', b->'kept' FROM
		campaign_preview_draft(@{[$q->($json->encode(\%change))]}, '$name', NULL, $who) AS p,
		CAST(p.body AS jsonb) AS b});
}
is shown('grey'), '3/0/0/2', 'a service that came after a launch stays without an item';
is shown(grey => rule => '!exists($.spec.tier)'), '3/0/2/0', '  also by another rule';
is changed(grey => rule => '!exists($.spec.tier)'), 200, '  as a change has it';
is item('grey'), 'done done', '  which makes none';
is shown(grey => permanent => JSON::PP::true), '3/0/1/2', '  but by a standard';
is shown(grey => target => {q => 'young'}), '1/0/1/0', '  or another target';

# --- since when something is asked ----------------------------------------------------------

# Whether the state of an item began when it is asked since.
sub asked_anew ($campaign) {
	return rows("SELECT i.state, i.opened_at = i.changed_at FROM todo_item i
		JOIN campaign c ON c.id = i.campaign WHERE c.name = '$campaign'");
}
sub tier ($tier) { publish({serviceID => 'shop', teamName => 'red', tier => $tier}); return follow() }
tier(2);
launch(seen => '$.spec.tier == 1', target => {team => 'red'}, reviewTeam => 'platform', dampingHours => 0);
tier(1);
is patched(seen => q('{"state": "done"}')), 200, 'what is reviewed';
tier(2);
is asked_anew('seen'), 'open/t', '  is asked anew when it is not done any more';
tier(1);
tier(2);
is asked_anew('seen'), 'open/f', '  but not when it comes out of review as it went in';
launch(left => '$.spec.tier == 1', target => {team => 'red'});
changed(left => target => {q => 'nobody'});
changed(left => target => {team => 'red'});
is asked_anew('left'), 'open/t', 'a service that comes back is asked anew';
is $catalogue->value('SELECT audit_broken()'), undef, 'the audit log is sound';
done_testing;
