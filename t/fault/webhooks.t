#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The worker is killed again and again, at whatever point it is, while events
# happen: each of them reaches its receiver, at least once, under one id, and those
# of one subject are not lost for the order of the others.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Receiver;
use Mdash::Victims qw(descendants);
use Test::More;
use Time::HiRes qw(sleep);

use constant {KILLS => 60, EACH => 10};

my $place = Mdash::Place->new;
my $receiver = Mdash::Receiver->new($place, 'receiver');
my $mdash = Mdash->new(worker => 1, cluster => {}, settings => {event_poll_ms => '20ms',
	webhook_allow => '127.0.0.1', webhook_schemes => 'http', webhook_ports => $receiver->port});
my $admin = $mdash->sign_in('admin');
my %id;
for my $name (qw(plain ordered)) {
	my $made = $admin->post('/api/v1/webhooks', {name => $name, types => ['service.*'],
		url => $receiver->url('/200') . "?$name", ordered => $name eq 'ordered' ? JSON::PP::true : JSON::PP::false});
	$id{$name} = $made->{json}{webhook}{id};
}
ok wait_until(10, sub { $mdash->value(q{SELECT count(*) FROM event_reader WHERE name = 'webhook'}) }),
	'the worker runs';

# Every process of the worker but its supervisor.
sub workers { return map { $_->[0] } grep { $_->[1] =~ m{mdash-worker} && $_->[1] !~ /multiwatch/ }
	descendants($mdash->process('worker')->pid) }

my $events = 0;
my $killed = 0;
my $cut = 0;
for my $round (1 .. KILLS) {
	$mdash->sql(join '', map { my $n = $events++; "SELECT event_append('service.updated', 'service', 'svc-"
		. $n % 7 . "', NULL, NULL, now(), '{}');\n" } 1 .. EACH);
	sleep rand 0.25;
	$killed += kill 'KILL', workers();
	# As if half a minute had passed; on a busy machine one delivery may be cut more
	# often than it is ever tried.
	my ($lapsed) = $mdash->sql(q{WITH lapsed AS (UPDATE webhook_delivery SET lease_until = now() - interval '1 s',
		attempts = least(attempts, 5)
		WHERE state = 'sending' RETURNING 1) SELECT count(*) FROM lapsed});
	$cut += $lapsed->[0];
}
cmp_ok $killed, '>=', KILLS / 2, "killed $killed times";
cmp_ok $cut, '>', 0, "in the middle of $cut deliveries";

my $told = sub { return $mdash->value(q{SELECT count(*) FROM webhook_delivery WHERE state = 'delivered'}) };
ok wait_until(60, sub { $told->() == 2 * $events }), 'in the end all is delivered'
	or diag explain [$mdash->sql('SELECT state, count(*), max(attempts), max(error) FROM webhook_delivery GROUP BY 1')];

my $json = JSON::PP->new->utf8;
for my $name (sort keys %id) {
	my @got = map { $json->decode($_->{body}) } $receiver->requests("/200?$name");
	my %ids;
	$ids{"$_->{subject}/" . (0 + $_->{sequence})}{$_->{id}}++ for @got;
	is scalar keys %ids, $events, "$name: each event came";
	is scalar(grep { keys $_->%* > 1 } values %ids), 0, '  under one id';
	cmp_ok scalar @got, '<=', $events + 4 * KILLS * 2, '  and only those twice that were cut: '
		. (@got - $events);
	next if $name ne 'ordered';
	my (%last, @wrong);
	for my $event (@got) {
		my $sequence = 0 + $event->{sequence};
		push @wrong, "$event->{subject}/$sequence" if $sequence > ($last{$event->{subject}} // 0) + 1;
		$last{$event->{subject}} = $sequence if $sequence > ($last{$event->{subject}} // 0);
	}
	is "@wrong", '', '  none before the one that precedes it';
}

# Asked to end, the worker gives back what it has begun.
is $admin->request('PATCH', "/api/v1/webhooks/$id{plain}", body => {url => $receiver->url('/hang')},
	headers => {'if-match' => '"1"'})->{status}, 200, 'the receiver hangs';
$mdash->sql(q{SELECT event_append('service.updated', 'service', 'last', NULL, NULL, now(), '{}')});
my $state = sub { return join '/', map { $_ // '-' } map { @$_ } $mdash->sql(
	"SELECT state, attempts FROM webhook_delivery WHERE webhook = $id{plain} AND subject = 'last'") };
ok wait_until(10, sub { $state->() eq 'sending/1' }), 'while a delivery is under way';
$mdash->sql(q{UPDATE webhook SET state = 'paused'});
ok kill('TERM', workers()), 'the worker is asked to end';
ok wait_until(10, sub { $state->() eq 'waiting/0' }), '  and gives it back, as if it had not begun'
	or diag $state->();

done_testing;
