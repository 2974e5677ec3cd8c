#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# One service: what its spec says, its versions and their differences, what
# happened, how it was at an earlier time; names that are wrong or were changed.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse mdash_for_browser);
use Time::HiRes qw(sleep);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna);
my $ci = $mdash->token(scopes => ['ingest:write'], name => 'payment-repo');

my %payment = (
	description => '"Charges a <b onclick=alert(1)>wallet</b>, 決済する"',
	corporation => 'ACME',
	teamName => 'payments',
	contact => '{slack: {alertChannelId: C12345678}, email: pay@acme.example}',
	tags => '[payments, grpc]',
	dependsOn => '[acme-wallet, outside-bank]',
	links => '[{title: Runbook, url: "https://wiki.example/pay"}]',
	runbook => '"javascript:alert(1)"',
);

sub payment (%with) {
	my ($commit, %keys) = (delete $with{commit}, %with);
	my $answer = publish($ci, 'acme-payment',
		"# $commit\n" . spec('acme-payment', %payment, %keys),
		commit => $commit, branch => 'main',
		runUrl => "https://ci.example/$commit");
	die $answer->{content} if $answer->{status} != 200;
	return;
}

publish($ci, 'acme-wallet', spec('acme-wallet'));
publish($ci, 'acme-shop', spec('acme-shop', dependsOn => '[acme-payment]'));
my $before = $mdash->value('SELECT rfc3339(clock_timestamp())');
sleep 0.01;
payment(commit => '1111111aaaa', tier => 3);
sleep 0.01;
my $then = $mdash->value('SELECT rfc3339(clock_timestamp())');
sleep 0.01;
payment(commit => '2222222bbbb', tier => 2, tags => '[payments, pci]');
payment(commit => '3333333cccc', tier => 1, tags => '[payments, pci]',
	description => 'Charges a purse');
publish($ci, 'acme-purse', spec('acme-purse',
	previousServiceIDs => '[acme-moneybag]'));

browse($mdash, times => sub { return {before => $before, then => $then} });
