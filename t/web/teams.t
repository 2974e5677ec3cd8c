#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Teams: all of them, one of them, services that nobody owns, names that are
# wrong; and that they follow what is published.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse company mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user('admin');
$mdash->user('anna', teams => ['wallet']);
company($mdash);
my $ci = $mdash->token(scopes => ['ingest:write']);

browse($mdash,
	teams => sub {
		return [map { $_->[0] } $mdash->sql('SELECT DISTINCT team FROM service'
			. ' WHERE team IS NOT NULL ORDER BY team')];
	},
	owned => sub ($team) {
		return [map { $_->[0] } $mdash->sql('SELECT service_id FROM service'
			. " WHERE team = '$team' ORDER BY service_id")];
	},
	give => sub ($id, $team) {
		return 0 + publish($ci, $id, spec($id, teamName => $team))->{status};
	});
