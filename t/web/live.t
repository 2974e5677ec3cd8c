#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# An open page follows what is published, without reloading: a changed service,
# rows that do not move under the pointer, a stream that breaks and comes back.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna);
my $ci = $mdash->token(scopes => ['ingest:write']);

sub put ($id, $description) {
	my $answer = publish($ci, $id, spec($id, description => $description));
	return 0 + $answer->{status};
}

put("acme-$_", "The $_") for qw(cart order payment shop wallet);

browse($mdash,
	put => \&put,
	# Beside nginx, which is away meanwhile.
	publish_by_sql => sub ($id, $description) {
		$mdash->sql(Mdash::Catalogue::publish_call([
			{serviceID => $id, description => $description}]));
		return;
	},
	stop_nginx => sub { $mdash->stop('nginx'); return },
	start_nginx => sub {
		$mdash->start_nginx;
		$mdash->wait_ready;
		return;
	});
