#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Refused publishes with their faults and lines, until a good one resolves them;
# deletions that wait for an admin.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Proto qw(descriptor_set publish_set_of shop);
use Mdash::Publish qw(publish publish_set spec);
use Mdash::Web qw(browse mdash_for_browser);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna);
my $ci = $mdash->token(scopes => ['ingest:write'], name => 'payment-repo');

publish($ci, 'acme-payment', spec('acme-payment', teamName => 'payments'));
my $bad = <<'YAML';
serviceID: acme-payment
description: 決済する
teamName: payments
tier: 9
lifecycle: dead
tags: [a, a]
YAML

sub set (@numbers) { return [map { spec(sprintf 'svc-%02d', $_) } @numbers] }

browse($mdash,
	publish => sub ($good) {
		my $text = $good ? $bad =~ s/^(tier|lifecycle|tags).*\n//mgr : $bad;
		my $answer = publish($ci, 'acme-payment', $text, commit => 'badbadbad1',
			runUrl => 'https://ci.example/1');
		return 0 + $answer->{status};
	},
	protos => sub ($good) {
		return 0 + publish_set_of($ci, 'acme-protos', $good ? descriptor_set(shop()) : "\n\0",
			commit => $good ? 'good' : 'badbadbad2')->{status};
	},
	set => sub (@numbers) {
		return 0 + publish_set($ci, 'mono', set(@numbers))->{status};
	},
	live => sub {
		return 0 + $mdash->value(q{SELECT count(*) FROM service
			WHERE service_id LIKE 'svc-%' AND tombstoned_at IS NULL});
	});
