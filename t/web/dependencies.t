#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The dependency graph: around a service and of teams, by mouse and by keys; that
# the list says what the picture draws; cycles; that it follows what is published.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Publish qw(publish publish_set spec);
use Mdash::Web qw(browse mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user('anna', teams => ['front']);
my $ci = $mdash->token(scopes => ['ingest:write']);
publish_set($ci, 'mono', [
	spec('shop', teamName => 'front', dependsOn => '[cart]',
		grpc => '{consumes: [acme.pay.v1.Pay/Charge]}'),
	spec('cart', teamName => 'front', dependsOn => '[stock, ghost]'),
	spec('stock', teamName => 'depot'),
	spec('pay', teamName => 'money', dependsOn => '[wallet]',
		grpc => '{provides: [acme.pay.v1.Pay]}'),
	spec('wallet', teamName => 'money', dependsOn => '[pay]'),
	spec('lone', teamName => 'money')]);
publish_set($ci, 'fans', [spec('hub', teamName => 'depot'),
	map { spec(sprintf('fan-%03d', $_), teamName => 'fans', dependsOn => '[hub]') } 1 .. 160]);

browse($mdash,
	need => sub ($id, $target) {
		return 0 + publish($ci, $id, spec($id, teamName => 'money',
			dependsOn => "[$target]"))->{status};
	});
