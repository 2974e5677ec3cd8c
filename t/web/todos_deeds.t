#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What people do with the items and campaigns that are theirs, and what they are told
# where it is refused: changed meanwhile, not possible, not theirs.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Publish qw(publish spec);
use Mdash::Todos qw(campaign);
use Mdash::Web qw(browse mdash_for_browser);

my $mdash = mdash_for_browser(settings => {gate_cache_ms => 0});
$mdash->user('admin');
$mdash->user('aya', teams => ['platform']);
$mdash->user('mia', teams => ['payments']);
my $ci = $mdash->token(scopes => ['ingest:write'], name => 'specs');
my $admin = $mdash->sign_in('admin');
for my $id (qw(acme-payment acme-refund)) {
	publish($ci, $id, spec($id, teamName => 'payments'));
}
campaign($mdash, 'drill', title => 'Try a restore', due => '2099-01-01');
campaign($mdash, 'spec', title => 'Name the tier', rule => 'exists($.spec.tier)');
campaign($mdash, 'gone', title => 'Soon gone');
campaign($mdash, 'spare', title => 'One more');

browse($mdash,
	id => sub ($campaign, $service) {
		return 0 + $mdash->value("SELECT i.id FROM todo_item i JOIN service s ON s.id = i.service
			JOIN campaign c ON c.id = i.campaign
			WHERE c.name = '$campaign' AND s.service_id = '$service'");
	},
	end => sub ($campaign) {
		return 0 + $admin->post("/api/v1/campaigns/$campaign/end",
			{state => 'finished'})->{status};
	},
	leave => sub ($name) {
		return 0 + $mdash->mdash('user', 'team', $name)->{status};
	},
	states => sub ($campaign) {
		return {map { $_->[0] => $_->[1] } $mdash->sql("SELECT s.service_id, i.state
			FROM todo_item i JOIN service s ON s.id = i.service
			JOIN campaign c ON c.id = i.campaign WHERE c.name = '$campaign' ORDER BY 1")};
	});
