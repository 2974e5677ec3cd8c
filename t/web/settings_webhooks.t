#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Webhooks: made, edited, what is refused at which field, and what two people
# write at a time.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Web qw(browse mdash_for_browser);

my $mdash = mdash_for_browser(worker => 0,
	settings => {webhook_allow => '127.0.0.1', webhook_ports => '443 8443'});
my $admin = $mdash->sign_in('admin');

sub webhook () { return $admin->get('/api/v1/webhooks')->{json}{items}[0] }

browse($mdash,
	webhook => sub { return webhook() },
	make => sub ($name) {
		return 0 + $admin->post('/api/v1/webhooks', {name => $name, types => ['todo.*'],
			url => 'https://127.0.0.1:8443/other'})->{status};
	},
	# Somebody else changes it.
	change => sub ($members) {
		my $now = webhook();
		return 0 + $admin->request('PATCH', "/api/v1/webhooks/$now->{id}", body => $members,
			headers => {'if-match' => qq{"$now->{version}"}})->{status};
	});
