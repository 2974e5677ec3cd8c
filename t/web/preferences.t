#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Theme, language and height of rows: at once, for all of the page, and still
# there after a reload and in another tab.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user('admin');
$mdash->user('anna', teams => ['payments']);
my $ci = $mdash->token(scopes => ['ingest:write']);
publish($ci, 'acme-payment', spec('acme-payment', description => '決済する',
	teamName => 'payments'));
publish($ci, 'acme-wallet', spec('acme-wallet',
	description => 'Holds what people own'));

browse($mdash, sessions => sub ($name) {
	return 0 + $mdash->value(
		"SELECT count(*) FROM session WHERE user_name = '$name'");
});
