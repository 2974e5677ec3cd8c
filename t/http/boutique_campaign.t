#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The life of a campaign on a real set of specs, over REST alone: drafted, previewed,
# launched; an item that a publish closes with proof, that goes on when the fix is
# taken back, and that is counted anew after the damping window.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Campaign qw(told);
use Mdash::Publish qw(dry publish publish_set);
use Test::More;

my $file = "$Bin/../../../shared/data/online-boutique/specs.yaml";
plan skip_all => 'the specs of the Online Boutique are not on this machine'
	if !-r $file;
my $text = do { local (@ARGV, $/) = $file; <> };

my $mdash = Mdash->new(areas => [qw(auth ingest todos services)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $asker = $mdash->sign_in('aya', teams => ['platform']);
my $owner = $mdash->sign_in('eri', teams => ['engagement']);
my $campaigns = '/api/v1/campaigns';
is publish_set($ci, 'boutique', $text, sequence => 1)->{status}, 200, 'the shop';

sub counts () {
	my $counts = $owner->get("$campaigns/alert-channel-set")->{json}{campaign}{counts};
	return join ' ', map { "$_=$counts->{$_}" } grep { $counts->{$_} } sort keys %$counts;
}
sub todos ($query) { return $owner->get("/api/v1/todos?$query")->{json}{items} }
sub shown ($items) { return join ' ', sort map { "$_->{serviceID}:$_->{state}" } @$items }

# --- asking ---------------------------------------------------------------------------

my %draft = (name => 'alert-channel-set', title => 'Alert channel set', team => 'platform',
	why => 'Alerts reach nobody', how => 'Set contact.slack.alertChannelId',
	rule => 'exists($.spec.contact.slack.alertChannelId)');
my $preview = $asker->post("$campaigns/preview", \%draft)->{json};
is "$preview->{open} $preview->{done}", '2 10', 'before the launch: two would open, ten are done';
is $asker->post($campaigns, \%draft)->{status}, 201, 'a draft';
is shown(todos('campaign=alert-channel-set')), '', '  asks nothing of anybody';
is $asker->post("$campaigns/alert-channel-set/launch")->{status}, 200, 'the launch';
is counts(), 'done=10 open=2', '  opens as many as the preview said';
is shown(todos('campaign=alert-channel-set&state=open')), 'adservice:open loadgenerator:open',
	'  of these services';
is shown(todos('mine=1')), 'adservice:open', 'the team of one has it under Mine';
is shown(todos('service=adservice')), 'adservice:open', '  and at its service';

my ($item) = todos('service=adservice')->@*;
sub item () { return $owner->get("/api/v1/todos/$item->{id}")->{json} }
sub last_step () { return (sort { $a->{at} cmp $b->{at} } item()->{transitions}->@*)[-1] }

# --- the fix ----------------------------------------------------------------------------

my ($old) = grep { /^serviceID: adservice$/m } split /^---.*\n/m, $text;
my $fixed = $old =~ s/^(\s+)(generalChannelId: .*)$/$1$2\n$1alertChannelId: C2000009/mr;
my %before = ('spec.contact' => {slack => {generalChannelId => 'C1000009'}});
my %after = ('spec.contact' => {slack => {generalChannelId => 'C1000009', alertChannelId => 'C2000009'}});
my %with = (commit => 'f1e2d3c4', sequence => 2);
my $dry = dry(\&publish, $ci, 'adservice', $fixed, %with);
is counts(), 'done=10 open=2', 'a dry run changes nothing';
my $answer = publish($ci, 'adservice', $fixed, %with);
is $answer->{content}, $dry->{content}, 'the publish answers what it said';
is told($answer), 'alert-channel-set/adservice done facts', 'the item is done in the same answer';
is_deeply [@{$answer->{json}{todos}[0]}{qw(stateBefore state ruleVersion factsBefore facts)}],
	['open', 'done', 1, \%before, \%after], '  with what the fact was and is';
is counts(), 'done=11 open=1', '  and the next read shows it';
my $step = last_step();
is_deeply [@$step{qw(stateBefore state actorKind cause ruleVersion factsBefore facts)}],
	['open', 'done', 'rule', 'facts', 1, \%before, \%after], 'the proof is kept';
is $step->{publish}{commit}, 'f1e2d3c4', '  with the commit';
is $step->{publish}{version}, 2, '  and the version of the spec';
ok item()->{todo}{byRule}, '  and that a rule closed it';

# --- and back ----------------------------------------------------------------------------

is told(publish($ci, 'adservice', $old, commit => '0ld', sequence => 1)), '',
	'a publish that comes too late changes nothing';
is item()->{todo}{state}, 'done', '  it stays done';
$answer = publish($ci, 'adservice', $old, commit => 'r3v3r7', sequence => 3);
is told($answer), 'alert-channel-set/adservice reopened facts', 'the old spec reopens it, with cause';
is_deeply [@{$answer->{json}{todos}[0]}{qw(factsBefore facts)}], [\%after, \%before],
	'  which is the fact that is gone';
is last_step()->{publish}{commit}, 'r3v3r7', '  by this commit';
my $todo = item()->{todo};
is "$todo->{state} $todo->{reopened}", 'open 1', '  it is the same item, opened again';
is $todo->{openedAt}, $item->{openedAt}, '  within the damping window it is as old as it was';
is counts(), 'done=10 open=2', '  and the campaign counts it';

is told(publish($ci, 'adservice', $fixed, commit => 'f1x2', sequence => 4)),
	'alert-channel-set/adservice done facts', 'mended once more';
$mdash->sql("UPDATE todo_item SET done_at = done_at - interval '8 days' WHERE id = $item->{id}");
is told(publish($ci, 'adservice', $old, commit => 'r3v2', sequence => 5)),
	'alert-channel-set/adservice reopened facts', 'and back eight days later';
cmp_ok item()->{todo}{openedAt}, 'gt', $item->{openedAt}, '  is asked anew';

# --- a standard -----------------------------------------------------------------------------

my $version = $asker->get("$campaigns/alert-channel-set")->{json}{campaign}{version};
is $asker->request('PATCH', "$campaigns/alert-channel-set", body => {permanent => JSON::PP::true},
	headers => {'if-match' => qq("$version")})->{status}, 200, 'made a permanent standard';
is told(publish($ci, 'giftservice', $old =~ s/adservice/giftservice/r)),
	'alert-channel-set/giftservice opened target', 'a new service is asked on its first publish';

done_testing;
