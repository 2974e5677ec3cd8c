#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# How much one caller may ask for: each credential has a share, each address a
# larger one, and signing in one of its own. Beyond it: 429, before anything else
# is done, and nobody else is concerned.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Raw qw(answers connect_to);
use Mdash::Victims qw(victims);
use Test::More;
use Time::HiRes qw(sleep time);

# One request a second with five more at once; an address twenty times as much.
my $mdash = Mdash->new(areas => [qw(auth services ingest)], render => ['--api-rate', 1]);
my ($host) = $mdash->origin =~ m{//(.*)};
my $anna = $mdash->sign_in('anna');
my ($one, $two, $ci, $other_ci) = map {
	chomp(my $secret = $mdash->mdash(qw(token create x --scope), $_)->{out});
	$mdash->client(token => $secret);
} qw(catalog:read catalog:read ingest:write ingest:write);

# Sends requests all at once: [what was let through, what was not] and how long
# that took. Each is [method, path, headers, body].
sub burst ($from, @requests) {
	my $start = time;
	my @sockets = map {
		my ($method, $path, $headers, $body) = @$_;
		my %headers = (Host => $host, Connection => 'close',
			'Content-Length' => length($body // ''), %{$headers // {}});
		my $socket = connect_to($mdash, $from);
		print $socket join("\r\n", "$method $path HTTP/1.1",
			(map { "$_: $headers{$_}" } sort keys %headers), '', $body // '');
		$socket;
	} @requests;
	my @answers = map { my $socket = $_; local $/; (answers(<$socket> // ''))[0] } @sockets;
	return ([grep { $_->{status} != 429 } @answers],
		[grep { $_->{status} == 429 } @answers], time - $start);
}

sub many ($count, @request) { return ([@request]) x $count }

# How many may pass within a time: the burst, one more, and what has come since.
# nginx looks at one zone and books in it after the next: each worker may have
# let one pass meanwhile.
my $workers = victims($mdash, 'nginx');
sub is_limited ($let, $limited, $took, $rate, $name) {
	my $most = 5 * $rate + 1 + $rate * ($took + 0.1) + $workers - 1;
	cmp_ok scalar @$let, '>', 5 * $rate, "$name: its share is let through";
	cmp_ok scalar @$let, '<=', $most, '  and no more';
	cmp_ok scalar @$limited, '>', 0, '  the rest is not';
	my ($first) = @$limited;
	is $first->{json}{type}, '/problems/too-many-requests', '  by a problem document';
	is $first->{headers}{'content-type'}, 'application/problem+json', '  of that type';
	is $first->{headers}{'retry-after'}, 1, '  which says when to try again';
	return;
}

sub gate_calls {
	my (undef, $text) = $mdash->internal('/metrics');
	my $sum = 0;
	$sum += $1 while $text =~ /^mdash_requests_total.*route="\/_auth".* (\d+)$/mg;
	return $sum;
}

# --- a credential ------------------------------------------------------------------

my $before = gate_calls();
my @read = ('GET', '/api/v1/services');
my ($let, $limited, $took) = burst('127.0.9.1', many(20, @read, {$one->identity_headers}));
is_limited($let, $limited, $took, 1, 'a token');
is scalar(grep { $_->{status} != 200 } @$let), 0, '  as ever';
is gate_calls() - $before, scalar @$let, '  what is refused is not even looked at';
($let) = burst('127.0.9.2', many(6, @read, {$one->identity_headers}));
cmp_ok scalar @$let, '<', 6, '  there is no other share by another address';
my %cookie = (Cookie => $anna->{cookie});
($let, $limited, $took) = burst('127.0.9.1', many(3, @read, {$two->identity_headers}),
	many(3, @read, \%cookie));
is join(' ', map { $_->{status} } @$let), join(' ', (200) x 6),
	'another token and a session of the same address are not concerned';
($let, $limited, $took) = burst('127.0.9.1', many(20, @read, \%cookie));
cmp_ok scalar @$limited, '>', 0, 'a session has its share as well';
sleep 1.1;
($let) = burst('127.0.9.1', many(1, @read, {$one->identity_headers}));
is scalar @$let, 1, 'a second later it may ask again';

# --- publishing -----------------------------------------------------------------------

my @publish = ('PUT', '/api/v1/ingest/services/pay');
my %yaml = ('Content-Type' => 'application/yaml');
my $spec = "serviceID: pay\n";
($let, $limited, $took) = burst('127.0.9.3',
	many(20, @publish, {$ci->identity_headers, %yaml}, $spec));
is_limited($let, $limited, $took, 1, 'a publisher');
($let) = burst('127.0.9.3', many(2, @publish, {$other_ci->identity_headers, %yaml}, $spec));
is join(' ', map { $_->{status} } @$let), '200 200', 'and no other one is concerned';

# --- nobody, and whoever pretends ------------------------------------------------------

($let, $limited, $took) = burst('127.0.9.4', many(20, @read));
is_limited($let, $limited, $took, 1, 'an address without a credential');
is scalar(grep { $_->{status} != 401 } @$let), 0, '  whose requests are refused in any case';
($let) = burst('127.0.9.5', many(2, @read));
is scalar @$let, 2, 'another address is not concerned';

# Invented tokens have shares of their own, but the address has one for all.
my @invented = map { [@read, {Authorization =>
	sprintf 'Bearer mdp_%030d%06d', $_, $_}] } 1 .. 250;
($let, $limited, $took) = burst('127.0.9.6', @invented);
is_limited($let, $limited, $took, 20, 'an address that invents tokens');

# --- signing in -------------------------------------------------------------------------

my @login = ('POST', '/auth/login', {'Content-Type' => 'application/json'}, '{}');
($let, $limited, $took) = burst('127.0.9.7', many(80, @login));
cmp_ok scalar @$let, '>', 40, 'forty at once may sign in from an address';
cmp_ok scalar @$let, '<=', 42 + 2 * $took, '  and no more';
is $limited->[0]{headers}{'retry-after'}, 1, '  the others are told when';
($let) = burst('127.0.9.8', many(2, @login));
is scalar @$let, 2, '  those of another address are not';

# --- what has no limit ---------------------------------------------------------------------

for my $path ('/healthz', '/readyz', '/schemas/service-spec.json') {
	my (undef, $limited) = burst('127.0.9.1', many(30, 'GET', $path));
	is scalar @$limited, 0, "$path is for all";
}

# --- the default ------------------------------------------------------------------------------

$mdash->stop('nginx');
$mdash->{render} = [];
$mdash->start_nginx;
$mdash->wait_ready;
($let, $limited, $took) = burst('127.0.9.1', many(300, @read, {$one->identity_headers}));
is scalar @$limited, 0, 'by default 300 requests at once are fine';

done_testing;
