#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# API tokens: made, seen once, used, replaced, revoked; what a form refuses and
# to whom it says that it is not theirs to do.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user('admin');
$mdash->user('anna', teams => ['payments']);
$mdash->user('bert');

browse($mdash,
	# What the token may do at the door: the status of a publish.
	publish => sub ($secret, $id) {
		my $text = spec($id, teamName => 'payments');
		return 0 + publish($mdash->client(token => $secret), $id, $text)->{status};
	},
	secrets => sub ($secret) {
		return 0 + $mdash->value("SELECT count(*) FROM api_token t"
			. " WHERE t::text LIKE '%$secret%'");
	});
