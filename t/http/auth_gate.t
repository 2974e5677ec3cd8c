#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The gate fails closed: whether it is killed, stands still, answers nonsense or
# nothing, or was not told what a location needs, nobody gets in.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Fcgi;
use Mdash::Process qw(wait_until);
use Mdash::Raw qw(answers connect_to);
use Mdash::Routes qw(address locations routes);
use Mdash::Victims qw(victims);
use Test::More;
use Time::HiRes qw(time);

my $mdash = Mdash->new(settings => {gate_cache_ms => '1h'});
my $admin = $mdash->sign_in('admin');
my $token = $mdash->token(scopes => [qw(ingest:write catalog:read events:read)]);
my ($host) = $mdash->origin =~ m{//(.*)};

# --- what the configuration says ---------------------------------------------------

# Every location that reaches a handler asks the gate, saying what it needs as a
# literal; the others are these.
my @public = qw(/_auth /auth/login /auth/logout /healthz /readyz);
my (@open, @needless);
for my $location (locations()) {
	my $lines = $location->{lines};
	my $asks = $lines =~ m{include "\@OUT\@/gate\.conf"};
	push @open, $location->{path} if !$asks && $lines =~ /fastcgi_pass \w|nchan_/;
	push @needless, $location->{path}
		if $asks && $lines !~ /^\s*set \$md_need "[a-z:]+";$/m;
}
is join(' ', sort @open), join(' ', sort @public), 'the gate is asked but for these';
is join(' ', @needless), '', 'and told what for';

# --- all that is behind it, asked at once --------------------------------------------

my @behind = ((grep { defined $_->{scope} } routes()),
	{method => 'GET', pattern => '/events/stream'});

# Sends each request to every door at once; answers in the same order.
sub knock (@who) {
	my @waiting;
	for my $who (@who) {
		my %headers = (Host => $host, Connection => 'close', $who->identity_headers);
		for my $route (@behind) {
			my $socket = connect_to($mdash);
			my $body = $route->{method} eq 'GET' ? '' : '{}';
			$headers{'Content-Length'} = length $body;
			print $socket join("\r\n", "$route->{method} " . address($route->{pattern})
				. ' HTTP/1.1', (map { "$_: $headers{$_}" } sort keys %headers), '', $body);
			push @waiting, [$route, $socket];
		}
	}
	return map {
		my ($route, $socket) = @$_;
		my $text = '';
		1 while sysread $socket, $text, 65536, length $text;
		my ($answer) = answers($text);
		{route => $route, answer => $answer // {status => 0}};
	} @waiting;
}

sub is_shut ($status, $name, @who) {
	my $start = time;
	my @got = knock(@who);
	my $took = time - $start;
	is join("\n", map { "$_->{answer}{status} $_->{route}{method} $_->{route}{pattern}" }
		grep { $_->{answer}{status} != $status } @got), '',
		"$name: all " . @got . " are $status";
	my @bare = grep { $_->{answer}{headers}{'content-type'} ne 'application/problem+json'
		|| $_->{answer}{json}{status} != $status } @got;
	is scalar @bare, 0, '  with a problem document';
	is scalar(grep { ($_->{answer}{headers}{'retry-after'} // '') ne '1' } @got), 0,
		'  that says to try again' if $status == 503;
	return $took;
}

is $admin->get('/api/v1/services')->{status}, 200, 'the gate lets an admin in';
is $token->get('/api/v1/services')->{status}, 200, 'and a token';

# Frozen: what it has found out and kept is of no use then.
my @frozen = victims($mdash, 'auth');
kill 'STOP', @frozen;
my $took = is_shut(503, 'a gate that stands still', $admin, $token);
kill 'CONT', @frozen;
cmp_ok $took, '<', 8, sprintf '  after %.1f s', $took;
ok wait_until(5, sub { $admin->get('/api/v1/services')->{status} == 200 }),
	'when it goes on they are let in again';

# Killed, each process of it while it is asked, and then gone for good.
kill 'KILL', victims($mdash, 'auth');
is scalar(grep { $_->{answer}{status} =~ /^2/ } knock($mdash->client)), 0,
	'a gate that is killed lets nobody in';
$mdash->stop('auth');
is_shut(503, 'a gate that is gone', $admin, $token);
unlink "$mdash->{run}/auth.sock";
is_shut(503, 'a gate without its socket', $admin, $token);

# --- a gate that says something else -------------------------------------------------

my $plain = "Content-Type: text/plain\r\n\r\n";
for my $case (
	['says nothing and closes', undef, 503],
	['sends nothing', '', 503],
	['sends noise', "\x00\xff" x 100, 503],
	['answers 500', "Status: 500 Internal Server Error\r\n$plain", 503],
	['answers 503', "Status: 503 Service Unavailable\r\n$plain", 503],
	['answers 302', "Status: 302 Found\r\nLocation: /\r\n\r\n", 503],
	['answers 404', "Status: 404 Not Found\r\n$plain", 503],
	['answers 429', "Status: 429 Too Many Requests\r\n$plain", 503],
	['answers 401', "Status: 401 Unauthorized\r\n$plain", 401],
	['answers 403', "Status: 403 Forbidden\r\n$plain", 403],
) {
	my ($what, $bytes, $status) = @$case;
	my $fake = Mdash::Fcgi->new($mdash, 'auth', $bytes);
	is_shut($status, "a gate that $what", $admin);
	$fake->stop;
}

# It lets in, but does not say whom; what it stands in for itself is left out.
for my $bytes ("Status: 204 No Content\r\n\r\n", "\r\n") {
	my $fake = Mdash::Fcgi->new($mdash, 'auth', $bytes);
	my @in = grep { $_->{answer}{status} < 400 && ($_->{route}{area} // '') ne 'auth' }
		knock($admin);
	is join(' ', map { $_->{route}{pattern} } @in), '', 'without a name nobody gets in';
	$fake->stop;
}

$mdash->start('auth');
$mdash->wait_ready;
is $admin->get('/api/v1/services')->{status}, 200, 'the gate is back';

# --- what it is asked ---------------------------------------------------------------------

sub gate (%params) {
	my $answer = Mdash::Fcgi::ask("$mdash->{run}/auth.sock",
		{MD_PATH => '/_auth', MD_METHOD => 'GET', %params});
	return $answer->{status};
}
my %good = (HTTP_AUTHORIZATION => "Bearer $token->{token}");
my %cookie = (HTTP_COOKIE => $admin->{cookie});
is gate(%good, MD_NEED => 'catalog:read'), 204, 'a scope that the caller has';
is gate(%good, MD_NEED => 'any'), 204, 'any caller at all';
is gate(MD_NEED => 'any'), 401, 'but not nobody';
is gate(%good), 403, 'nothing said of what is needed: nobody';
is gate(%good, MD_NEED => ''), 403, 'as when it is empty';
is gate(%cookie, MD_NEED => ''), 403, 'not even an admin';
is gate(%good, MD_NEED => $_), 403, "needing '$_', which is no scope of the caller"
	for 'tokens:self', 'admin', 'catalog:rea', 'catalog:read ', 'catalog:read events:read',
	' ', 'ANY', 'ingest';
is gate(%cookie, MD_NEED => 'any', MD_METHOD => 'POST'), 403,
	'a cookie that comes with a POST from nowhere';
is gate(%cookie, MD_NEED => 'any', MD_METHOD => $_), 403, "or with '$_'"
	for 'get', '', 'GET ', 'OPTIONS', 'TRACE';
is gate(%cookie, MD_NEED => 'any', MD_METHOD => 'HEAD'), 204, 'HEAD changes nothing';

# And by nginx: a location that forgot to say what it needs.
my $config = "$mdash->{nginx}/server.conf";
open my $out, '>>', $config or die "$config: $!";
print $out <<"CONF";
location = /api/v1/services {
    include "$mdash->{nginx}/gate.conf";
    include "$mdash->{nginx}/params.conf";
    fastcgi_pass services;
}
CONF
close $out;
$mdash->process('nginx')->signal('HUP');
ok wait_until(5, sub { $admin->get('/api/v1/services')->{status} == 403 }),
	'a location that does not say what it needs is shut, even to an admin';
is $admin->get('/api/v1/services')->{json}{detail}, 'this address is open to nobody',
	'and says so';
is $admin->get('/api/v1/teams')->{status}, 200, 'the others are open';

done_testing;
