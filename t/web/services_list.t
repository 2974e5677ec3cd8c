#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The service list: before the first publish, 200 services in few elements,
# order, paging, keys, links, and a server that is away for a while.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse company mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna);
my $ci = $mdash->token(scopes => ['ingest:write']);

browse($mdash,
	company => sub { company($mdash) },
	publish => sub ($id) { 0 + publish($ci, $id, spec($id))->{status} },
	ids => sub ($order) {
		return [map { $_->[0] } $mdash->sql("SELECT service_id FROM service ORDER BY $order")];
	},
	stop => sub ($program) { $mdash->stop($program); return },
	start => sub ($program) {
		$mdash->start($program);
		$mdash->wait_ready;
		return;
	});
