#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The limit of the installation holds launches whatever a campaign says itself, and is
# not evaded by a change of what runs.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Campaign qw(items);
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(publish spec);
use POSIX qw(strftime);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest todos jobs)], worker => 1,
	settings => {todos_team_limit => 2, job_poll_ms => '20ms'});
my $admin = $mdash->sign_in('admin');
my $asker = $mdash->sign_in('aya', teams => ['platform']);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $campaigns = '/api/v1/campaigns';
publish($ci, $_->[0], spec($_->[0], teamName => $_->[1]))
	for ['ad', 'red'], ['cart', 'red'], ['mail', 'red'], ['pay', 'blue'];

sub create ($name, %with) {
	my $made = $asker->post($campaigns, {name => $name, title => $name, team => 'platform', %with});
	is $made->{status}, 201, "a draft: $name" or diag $made->{content};
	return $made->{json};
}
sub campaign ($name) { return $asker->get("$campaigns/$name")->{json}{campaign} }
sub launch ($name, $query = '') { return $asker->post("$campaigns/$name/launch$query") }
sub change ($who, $name, $change) {
	return $who->request('PATCH', "$campaigns/$name", body => $change,
		headers => {'if-match' => '"' . campaign($name)->{version} . '"'});
}

for my $case ([none => undef, 2], [great => 100_000, 2], [small => 1, 1]) {
	my ($name, $own, $limit) = @$case;
	is_deeply [@{create($name, teamLimit => $own)}{qw(teamLimit limit)}], [$own, $limit], '  its limit';
	my $preview = $asker->post("$campaigns/preview?campaign=$name", {});
	my $dry = launch($name, '?dryRun=1');
	my $held = launch($name);
	is_deeply [$held->{status}, $held->{json}{state}, $held->{json}{overLimit}], [202, 'held', ['red']], '  is held';
	is $held->{content}, $dry->{content}, '  as the dry run said';
	is_deeply $preview->{json}{overLimit}, ['red'], '  and the preview';
	is_deeply campaign($name)->{held}{teams}, ['red'], '  and its page';
}

# By the clock, too.
create('later');
$mdash->sql("UPDATE campaign SET state = 'scheduled', starts_at = now() WHERE name = 'later'");
is $admin->post('/api/v1/schedules/campaigns/run')->{status}, 200, 'the clock';
ok wait_until(30, sub { campaign('later')->{held} }), '  holds it';
is items($mdash, 'later'), '', '  without items';

# What runs is not made to ask more than could be launched.
create('grows', target => {team => 'blue'}, rule => '$.spec.tier == 7');
is launch('grows')->{json}{state}, 'running', 'few are asked';
is $asker->post("$campaigns/preview?campaign=grows", {target => {}})->{json}{overLimit}[0], 'red', 'more would be too many';
my $refused = change($asker, 'grows', {target => {}});
is $refused->{status}, 403, 'another target';
is_deeply $refused->{json}{needs}, {role => 'admin'}, '  is for an admin';
is $refused->{json}{detail}, 'with this change more than 2 items would be open of the team red: it takes an admin',
	'  as is said';
is items($mdash, 'grows'), 'pay:open', '  and nothing is changed';
is_deeply [@{campaign('grows')}{qw(version)}, campaign('grows')->{target}{team}], [2, 'blue'], '  at all';
is change($asker, 'grows', {title => 'Still'})->{status}, 200, 'another title is not';
is change($admin, 'grows', {target => {}})->{status}, 200, 'an admin may';
is items($mdash, 'grows'), 'ad:open cart:open mail:open pay:open', '  with all items';
is change($asker, 'grows', {rule => '$.spec.tier == 8'})->{status}, 200, 'what opens nothing anybody may';
is change($asker, 'grows', {rule => '$.spec.tier == 1'})->{status}, 200, 'nor what closes';
is items($mdash, 'grows'), 'ad:done cart:done mail:done pay:done', '  all of it';
is change($asker, 'grows', {rule => '$.spec.tier == 8'})->{status}, 403, 'what opens all again is for an admin';
is items($mdash, 'grows'), 'ad:done cart:done mail:done pay:done', '  so all stays done';

# What a change closes makes room for what it opens.
create('turns', target => {team => 'red'}, rule => '$.spec.serviceID == "ad"');
is launch('turns')->{json}{state}, 'running', 'as many as may be';
my $turned = {rule => '$.spec.serviceID == "mail"'};
is_deeply $asker->post("$campaigns/preview?campaign=turns", $turned)->{json}{overLimit}, [], 'others of them are no more';
is change($asker, 'turns', $turned)->{status}, 200, '  for anybody';
is items($mdash, 'turns'), 'ad:open cart:open mail:done', '  and are asked';
is change($asker, 'turns', {target => {team => 'red', q => 'ad'}})->{status}, 200, 'fewer';
is change($asker, 'turns', {target => {team => 'red'}, rule => '$.spec.serviceID == "ad"'})->{status}, 200,
	'and others, one of them for one that is for it no more';
is items($mdash, 'turns'), 'ad:done cart:open mail:open', '  are as many again';
is change($admin, 'turns', {rule => '$.spec.serviceID != ""'})->{status}, 200, 'until nobody is asked';

is $admin->post("$campaigns/none/approve")->{json}{state}, 'running', 'an admin approves what is held';
is items($mdash, 'none'), 'ad:open cart:open mail:open pay:open', '  with all items';
done_testing;
