#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Clients that send or read slowly cost the others nothing, and those that stand
# still are cut off.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Select;
use Mdash;
use Mdash::Publish qw(publish spec);
use Mdash::Raw qw(connect_to);
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);

use constant {SLOW => 100, ROUNDS => 5, REQUESTS => 80};

my $mdash = Mdash->new(render => ['--api-rate', 10_000]);
my ($host) = $mdash->origin =~ m{//(.*)};
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
is publish($ci, 'pay', spec('pay'))->{status}, 200, 'a service is there';

my %begin = (
	# Behind the gate, to a handler: it may only be asked when all is there.
	body => "PUT /api/v1/ingest/services/slow HTTP/1.1\r\nHost: $host\r\n"
		. "Authorization: Bearer $ci->{token}\r\nContent-Type: application/yaml\r\n"
		. "Content-Length: 1000\r\n\r\n",
	header => "GET /api/v1/services HTTP/1.1\r\nHost: $host\r\n",
	silence => '',
);
my %piece = (body => '#', header => "X-Slow: y\r\n");

# --- those that stand still, begun now and looked at in the end --------------------

my $begun = time;
my %still = map { $_ => connect_to($mdash) } keys %begin;
$still{dripping} = connect_to($mdash);
for my $kind (keys %still) {
	syswrite $still{$kind}, $begin{$kind} // $begin{header};
}

# --- those that are slow ------------------------------------------------------------

# A process that drips into many connections, ten times a second, until killed.
sub drip {
	my $pid = fork // die "fork: $!";
	return $pid if $pid;
	local $SIG{PIPE} = 'IGNORE';
	my @slow = map { my $kind = $_; map { [$kind, connect_to($mdash)] } 1 .. SLOW }
		qw(header body);
	syswrite $_->[1], $begin{$_->[0]} for @slow;
	while (getppid != 1) {
		syswrite $_->[1], $piece{$_->[0]} for @slow;
		sleep 0.1;
	}
	POSIX::_exit(0);
}

# How long good requests take, and which statuses they get.
my %status;
sub measure {
	return map {
		my $start = time;
		$status{$admin->get('/api/v1/services/pay')->{status}}++;
		time - $start;
	} 1 .. REQUESTS;
}

sub connections {
	my ($port) = $host =~ /:(\d+)/;
	my $hex = sprintf '0100007F:%04X', $port;
	open my $tcp, '<', '/proc/net/tcp' or return 2 * SLOW;
	return scalar grep { /^\s*\d+: $hex \S+ 01 / } <$tcp>;
}

my (%took, $most);
for (1 .. ROUNDS) {
	push $took{alone}->@*, measure();
	my $pid = drip();
	my $end = time + 5;
	sleep 0.05 while connections() < 2 * SLOW && time < $end;
	$most = connections();
	push $took{beside}->@*, measure();
	kill 'KILL', $pid;
	waitpid $pid, 0;
}
cmp_ok $most, '>=', 2 * SLOW, "there were $most connections";
is_deeply \%status, {200 => 2 * ROUNDS * REQUESTS}, 'beside them every request is answered';
my ($alone, $beside) = map { [sort { $a <=> $b } @$_] } @took{qw(alone beside)};
note sprintf '%s: median %.1f ms, p95 %.1f ms, p99 %.1f ms', $_->[0], map { 1000 * $_ }
	@{$_->[1]}[map { int($_ * ROUNDS * REQUESTS) } 0.5, 0.95, 0.99]
	for ['alone', $alone], ['beside', $beside];
my ($before, $after) = map { $_->[int(0.95 * @$_)] } $alone, $beside;
# A handler that waited for a slow client would hold others for seconds; a few
# milliseconds are the machine's.
cmp_ok $after, '<', 2 * $before + 0.01, sprintf 'as fast as without them (x %.2f)',
	$after / $before;
cmp_ok $beside->[-1], '<', 2, 'and not one waits';

# A slow reader of a large answer: nginx keeps it, the handler is free.
my $reader = connect_to($mdash);
syswrite $reader, "GET /schemas/service-spec.json HTTP/1.1\r\nHost: $host\r\n\r\n" x 50;
is $admin->get('/api/v1/services/pay')->{status}, 200, 'nor for one that does not read';
close $reader;

# --- those that stood still ------------------------------------------------------------

# {seconds, text} of each until it was closed; `dripping` goes on sending.
sub ends {
	my (%end, %text);
	while (keys %end < keys %still && time - $begun < 60) {
		syswrite $still{dripping}, $piece{header} if !$end{dripping};
		for my $kind (grep { !$end{$_} } keys %still) {
			next if !IO::Select->new($still{$kind})->can_read(0.05);
			my $got = sysread $still{$kind}, $text{$kind}, 4096, length($text{$kind} // '');
			$end{$kind} = time - $begun if !$got;
		}
	}
	return (\%end, \%text);
}
local $SIG{PIPE} = 'IGNORE';
my ($end, $text) = ends();
my %what = (silence => 'a client that says nothing', body => 'one that stops in its body',
	header => 'one that stops in its header', dripping => 'one that never ends its header');
for my $kind (sort keys %what) {
	my $after = $end->{$kind} // 99;
	cmp_ok $after, '<', 60, sprintf '%s is cut off after %.1f s', $what{$kind}, $after;
	cmp_ok $after, '>', 9, '  and not before';
	unlike $text->{$kind} // '', qr{^HTTP/\S+ 2}, '  without a good answer';
}
is $mdash->value("SELECT count(*) FROM service WHERE service_id = 'slow'"), 0,
	'half a spec is none';
is $admin->get('/api/v1/services/pay')->{status}, 200, 'all is well';

done_testing;
