#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Rules that fail or take too long with the facts that are stored: whoever previews,
# launches, approves or changes is told why, nothing is written, and no publish waits.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Campaign qw(items);
use Mdash::Publish qw(publish spec);
use POSIX qw(strftime);
use Test::More;
use Time::HiRes qw(sleep);

my $mdash = Mdash->new(areas => [qw(auth ingest todos)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $admin = $mdash->sign_in('admin');
my $asker = $mdash->sign_in('aya', teams => ['platform']);
my $campaigns = '/api/v1/campaigns';

sub shop (%with) { return publish($ci, 'shop', spec('shop', %with))->{status} }
sub draft ($name, $rule, %with) {
	return {name => $name, title => $name, team => 'platform', rule => $rule, %with};
}
sub create ($name, $rule, %with) { return $asker->post($campaigns, draft($name, $rule, %with))->{status} }
sub launch ($name, $query = '') { return $asker->post("$campaigns/$name/launch$query") }
sub campaign ($name) { return $asker->get("$campaigns/$name")->{json}{campaign} }
sub change ($name, $change) {
	my $version = campaign($name)->{version};
	return $asker->request('PATCH', "$campaigns/$name", body => $change, headers => {'if-match' => qq("$version")});
}
sub stored ($name) {
	return join ' ', map { @$_ } $mdash->sql("SELECT c.state, c.version, c.rule_version, c.held_at IS NOT NULL,
		(SELECT count(*) FROM campaign_rule r WHERE r.campaign = c.id), (SELECT count(*) FROM audit a
		WHERE a.object = c.name) FROM campaign c WHERE c.name = '$name'");
}

# The pointer and the sentence of what is refused, or the sentence.
sub why ($answer) {
	my ($fault) = ($answer->{json}{errors} // [])->@*;
	return join ' ', $answer->{status}, $fault ? @$fault{qw(pointer detail)} : $answer->{json}{detail} // '';
}

# --- one that fails -------------------------------------------------------------------

my $fails = '$.spec.since.datetime() < "2026-01-01T00:00:00+00".datetime()';
is shop(since => '2026-01-01'), 200, 'a service with a fact that a rule fails with';
is create(runs => '$.spec.tier == 1'), 201, 'a campaign';
is launch('runs')->{status}, 200, '  that runs';
my $before = stored('runs');
like why($asker->post("$campaigns/preview", draft(x => $fails))), qr{^422 #/rule fails with the facts.*: cannot convert},
	'a preview says why a rule fails';
like why(change('runs', {rule => $fails})), qr{^422 #/rule fails with the facts.*: cannot convert}, 'and so does a change';
is stored('runs') . items($mdash, 'runs'), "${before}shop:done", '  which is not made';
is create(fails => $fails), 201, 'a draft with it';
$before = stored('fails');
like why(launch('fails')), qr/^409 the rule of the campaign fails fails with the facts.*: cannot convert/, '  is not launched';
is why(launch('fails', '?dryRun=1')), why(launch('fails')), '  as a dry run says';
is stored('fails') . items($mdash, 'fails'), $before, '  and is as it was';

is shop(), 200, 'facts that it does not fail with';
is create(held => $fails, teamLimit => 1), 201, 'a campaign';
is publish($ci, 'cart', spec('cart'))->{status}, 200, '  for two services of a team';
is launch('held')->{status}, 202, '  is held';
is shop(since => '2026-01-01'), 200, '  meanwhile the facts become such';
$before = stored('held');
like why($admin->post("$campaigns/held/approve")), qr/^409 the rule of the campaign held fails with/,
	'  and it cannot be approved';
is stored('held') . items($mdash, 'held'), $before, '  but is as it was';

# --- one that is slow -------------------------------------------------------------------

my $slow = 'exists($.spec.all[*] ? (@ == $.spec.few[*]))';
is shop(all => '[' . join(', ', map { -$_ } 1 .. 9000) . ']', few => '[' . join(', ', 1 .. 9000) . ']'), 200,
	'a service with two long lists';

my $late = qr/takes too long: with the facts that there are it was stopped after 2s/;
like why($asker->post("$campaigns/preview", draft(x => $slow))), qr/^422 #.rule $late$/, 'a preview says why';
sleep 1;
my $then = strftime('%Y-%m-%dT%H:%M:%SZ', gmtime);
like why($asker->post("$campaigns/preview?at=$then", draft(x => $slow))), qr/^422 #.rule $late$/, 'so does a back-test';
is create(slow => $slow), 201, 'a draft of it';
like why($asker->post("$campaigns/preview?campaign=slow", {})), qr/^422 #.rule $late$/,
	'  whose preview says so of the rule that stays';
$before = stored('slow');
like why(launch('slow')), qr/^409 the rule of the campaign slow $late$/, '  and a launch';
is stored('slow') . items($mdash, 'slow'), $before, '  and nothing is written';

$before = stored('runs');
my $pid = fork // die "fork: $!";
if ($pid == 0) {
	my $answer = eval { why(change('runs', {rule => $slow})) } // $@;
	POSIX::_exit($answer =~ qr/^422 #.rule $late$/ ? 0 : 1);
}
my ($free, $taken) = (0, 0);
while (waitpid($pid, POSIX::WNOHANG()) == 0) {
	my $got = $mdash->value("SELECT pg_try_advisory_xact_lock(hashtextextended('mdash write', 0))");
	$got eq 't' ? $free++ : $taken++;
	sleep 0.05;
}
is $?, 0, 'a change says why';
cmp_ok $free, '>', 1, '  and while its rule is run';
is $taken, 0, '  writers do not wait';
is stored('runs'), $before, '  nor is anything written';
is change('runs', {rule => '$.spec.tier <= 2'})->{status}, 200, 'another rule is taken';

# --- one that becomes slow, and somebody opens an item again ------------------------------

sub quarantine ($name) { return campaign($name)->{rule}{quarantine}{reason} }
my %lists = (all => '[' . join(', ', map { -$_ } 1 .. 9000) . ']', few => '[' . join(', ', 1 .. 9000) . ']');
my @becomes = qw(soon sooner latest);
is shop(), 200, 'a service without the lists';
for my $name (@becomes) {
	is create($name => $slow), 201, "a draft $name";
	is launch($name)->{status}, 200, '  which is launched';
}
my %item = map { $_->{campaign} => $_ }
	$admin->get('/api/v1/todos?state=all&service=shop')->{json}{items}->@*;
sub become ($name, $change) {
	my $todo = $admin->get("/api/v1/todos/$item{$name}{id}")->{json}{todo};
	return {id => $todo->{id}, version => $todo->{version}, change => $change};
}
sub all_become ($change, @names) {
	return $admin->post('/api/v1/todos/bulk', {items => [map { become($_, $change) } @names]});
}
sub statuses ($answer) { return join ' ', $answer->{status}, map { $_->{status} } $answer->{json}{items}->@* }
is statuses(all_become({state => 'not_applicable', reason => 'x'}, @becomes)), '200 200 200 200', '  and settled';
# As if nobody had looked at these facts: a publish would have found the rules.
$mdash->sql("UPDATE campaign SET state = 'draft' WHERE name IN ('soon', 'sooner', 'latest')");
is shop(%lists), 200, 'now it has the lists';
$mdash->sql("UPDATE campaign SET state = 'running' WHERE name IN ('soon', 'sooner', 'latest')");
my $one = become('soon', {state => 'open'});
is $admin->request('PATCH', "/api/v1/todos/$one->{id}", body => $one->{change},
	headers => {'if-match' => qq("$one->{version}")})->{status}, 200, 'an item is opened again';
is quarantine('soon'), 'took longer than a statement may', '  and its rule is quarantined';
like items($mdash, 'soon'), qr/\bshop:open\b/, '  and it stays open';
is statuses(all_become({state => 'open'}, qw(sooner latest))), '200 200 200', 'many are opened again';
is quarantine('sooner'), 'took longer than a statement may', '  and the first rule is quarantined';
is quarantine('latest'), undef, '  the other one is not run';
isnt $mdash->value('SELECT count(*) FROM fact_pending'), 0, '  but will be';
is shop(%lists, note => 'x'), 200, 'a publish finds it';
is quarantine('latest'), 'took longer than a statement may', '  in its own time';
done_testing;
