#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Signing in and out, passwords that must be changed, sessions that end.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna bert);

my $first = 'chosen by another';
my $made = $mdash->mdash('user', 'create', 'carol', '--must-change',
	'--password-stdin', \"$first\n");
die $made->{err} if $made->{status};
$mdash->{password}{carol} = $first;

my $ci = $mdash->token(scopes => ['ingest:write']);
publish($ci, "acme-$_", spec("acme-$_")) for qw(order payment wallet);

browse($mdash,
	sessions => sub ($name) {
		return 0 + $mdash->value(
			"SELECT count(*) FROM session WHERE user_name = '$name'");
	},
	end_sessions => sub ($name) {
		$mdash->sql("DELETE FROM session WHERE user_name = '$name'");
		return;
	});
