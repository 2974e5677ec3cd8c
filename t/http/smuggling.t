#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Malformed HTTP is one request without doubt, or refused: no second request
# hides in a first one, and nginx's log and the handlers count the same.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Raw qw(exchange);
use Test::More;

my $mdash = Mdash->new(areas => ['auth'], render => ['--api-rate', 10_000]);
my ($host) = $mdash->origin =~ m{//(.*)};
my $end = "\r\n\r\n";
my $json = "Content-Type: application/json\r\n";
my $origin = "Origin: " . $mdash->origin . "\r\n";

# What would be done if it came through: counted by its handler.
my $hidden = "POST /auth/logout HTTP/1.1\r\nHost: $host\r\n${origin}Content-Length: 0$end";
my (%rid, $answered, $read);

sub counted ($pattern) {
	my (undef, $text) = $mdash->internal('/metrics');
	my $sum = 0;
	$sum += $1 while $text =~ /^mdash_requests_total.*route="\Q$pattern\E".* (\d+)$/mg;
	return $sum;
}

# The statuses that some bytes are answered with.
sub send_bytes ($bytes) {
	my $result = exchange($mdash, $bytes);
	$rid{$_->{headers}{'x-request-id'}}++ for $result->{answers}->@*;
	$answered += $result->{answers}->@*;
	$read += grep { ($_->{json}{detail} // '') eq 'the body is no JSON' }
		$result->{answers}->@*;
	return ($result, join ' ', map { $_->{status} } $result->{answers}->@*);
}

# --- that the test sees what it should ------------------------------------------

my $get = "GET /healthz HTTP/1.1\r\nHost: $host\r\n";
my (undef, $both) = send_bytes("$get\r\n$hidden");
is $both, '200 204', 'two requests in a row are two';
is counted('/auth/logout'), 1, 'the second of which a handler has answered';

# --- one request or none -----------------------------------------------------------

sub post ($headers, $body = '') {
	return "POST /auth/login HTTP/1.1\r\nHost: $host\r\n$json$headers\r\n$body";
}
my $chunked = "Transfer-Encoding: chunked\r\n";
my $size = 'Content-Length: ' . length($hidden) . "\r\n";
for my $case (
	# Two lengths.
	['a length and chunks', post("Content-Length: 4\r\n$chunked", "0$end$hidden"), 400],
	['chunks and a length', post("${chunked}Content-Length: 4\r\n", "0$end$hidden"), 400],
	['two lengths', post("Content-Length: 0\r\n$size", $hidden), 400],
	['one length twice', post($size x 2, $hidden), 400],
	['lengths in a list', post("Content-Length: 0, 4\r\n", $hidden), 400],
	['a length with a sign', post("Content-Length: +0\r\n", $hidden), 400],
	['a negative length', post("Content-Length: -1\r\n", $hidden), 400],
	['a length in hex', post("Content-Length: 0x0\r\n", $hidden), 400],
	['a length with a point', post("Content-Length: 0.0\r\n", $hidden), 400],
	['a length without end', post('Content-Length: ' . '9' x 40 . "\r\n", $hidden), 400],
	['no length in its header', post("Content-Length: \r\n", $hidden), 400],
	['a length with a NUL', post("Content-Length: 0\0\r\n", $hidden), 400],
	# Ways of transfer.
	['an unknown transfer', post("Transfer-Encoding: x\r\n", "0$end$hidden"), 501],
	['chunks with more in the header', post("Transfer-Encoding: chunked, x\r\n",
		"0$end$hidden"), 501],
	['identity and chunks', post("Transfer-Encoding: identity, chunked\r\n",
		"0$end$hidden"), 501],
	['chunks twice', post($chunked x 2, "0$end$hidden"), qr/^(?:400|501)$/],
	['chunks in another spelling', post("Transfer-Encoding: xchunked\r\n", "0$end$hidden"), 501],
	['chunks behind a control character', post("Transfer-Encoding: \x0bchunked\r\n",
		"0$end$hidden"), qr/^(?:400|501)$/],
	['a space before the colon', post("Transfer-Encoding : chunked\r\n", "0$end$hidden"), 400],
	['a tab before the colon', post("Transfer-Encoding\t: chunked\r\n", "0$end$hidden"), 400],
	['a folded header', post("Transfer-Encoding:\r\n chunked\r\n", "0$end$hidden"), 400],
	['a folded first header', "GET /healthz HTTP/1.1\r\n X: y\r\nHost: $host$end$hidden", 400],
	['chunks of HTTP/1.0', post($chunked, "0$end$hidden") =~ s{HTTP/1\.1}{HTTP/1.0}r,
		qr/^(?:400|501)$/],
	# Chunks that are none.
	['a size that is no number', post($chunked, "x\r\n\r\n0$end$hidden"), 400],
	['a size with a sign', post($chunked, "+0$end$hidden"), 400],
	['a negative size', post($chunked, "-1$end$hidden"), 400],
	['a size without end', post($chunked, 'f' x 40 . "\r\n$hidden"), 400],
	['a size in hex notation', post($chunked, "0x0$end$hidden"), 400],
	['a chunk longer than it says', post($chunked, "1\r\n{}\r\n0$end$hidden"), 400],
	# Headers.
	['no Host', "GET /healthz HTTP/1.1$end$hidden", 400],
	['two Hosts', "${get}Host: evil.example$end$hidden", 400],
	['the same Host twice', "${get}Host: $host$end$hidden", 400],
	['a Host with a path', "GET /healthz HTTP/1.1\r\nHost: $host/x$end$hidden", 400],
	['a Host with a space', "GET /healthz HTTP/1.1\r\nHost: a b$end$hidden", 400],
	['a NUL in a value', "${get}X-A: a\0b$end$hidden", 400],
	['a NUL in a name', "${get}X-\0A: b$end$hidden", 400],
	['a header without a name', "${get}: b$end$hidden", 400],
	['a header without a colon, which is empty', "${get}X-A$end$hidden", '200 204'],
	['a CR within a header', "${get}X-A: a\rX-B: b$end$hidden", 400],
	['two tokens', "${get}Authorization: Bearer a\r\nAuthorization: Bearer b$end$hidden", 400],
	['40 KB of header', "${get}X-A: " . 'a' x 40_000 . "$end$hidden", 431],
	['a thousand headers', $get . join('', map { "X-$_: a\r\n" } 1 .. 1000) . "X: y$end$hidden",
		qr/^(?:200 204|431)$/],
	# First lines.
	['an unknown version', "GET /healthz HTTP/1.9\r\nHost: $host$end$hidden", '200 204'],
	['HTTP/2 in the line', "GET /healthz HTTP/2.0\r\nHost: $host$end$hidden", 505],
	['no version number', "GET /healthz HTTP/\r\nHost: $host$end$hidden", 400],
	['a lower-case method', "get /healthz HTTP/1.1\r\nHost: $host$end$hidden", 400],
	['a method with a space', " GET /healthz HTTP/1.1\r\nHost: $host$end$hidden", 400],
	['two spaces', "GET  /healthz  HTTP/1.1\r\nHost: $host$end$hidden", '200 204'],
	['tabs for spaces', "GET\t/healthz\tHTTP/1.1\r\nHost: $host$end$hidden", 400],
	['an address with a space', "GET /health z HTTP/1.1\r\nHost: $host$end$hidden", 400],
	['an address with a CR', "GET /health\rz HTTP/1.1\r\nHost: $host$end$hidden", 400],
	['an address with a NUL', "GET /health\0z HTTP/1.1\r\nHost: $host$end$hidden", 400],
	['an address with %00', "GET /health%00z HTTP/1.1\r\nHost: $host$end$hidden", 400],
	['an address cut in an escape', "GET /%2 HTTP/1.1\r\nHost: $host$end$hidden", 400],
	['an address of 9 KB', 'GET /' . 'a' x 9000 . " HTTP/1.1\r\nHost: $host$end$hidden", 414],
	['CONNECT', "CONNECT $host HTTP/1.1\r\nHost: $host$end$hidden", 400],
	['a star', "OPTIONS * HTTP/1.1\r\nHost: $host$end$hidden", 400],
	['an upgrade to HTTP/2', "${get}Upgrade: h2c\r\nConnection: Upgrade\r\n"
		. "HTTP2-Settings: AAMAAABkAAQAAP__$end$hidden", '200 204'],
	['the beginning of HTTP/2', "PRI * HTTP/2.0$end" . "SM$end$hidden", qr/^(?:400|505)$/],
	['TLS', "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03$end$hidden", 400],
	['noise', join('', map { chr } 128 .. 255) . $end . $hidden, 400],
	# One request that has more than meets the eye in its body.
	['a body that looks like a request', post($size, $hidden), 400],
	['a request in chunks', post($chunked, sprintf("%x\r\n%s\r\n0%s", length $hidden, $hidden,
		$end)), 400],
	['an extension of a chunk', post($chunked, "2;x=\"0$end\"\r\n{}\r\n0$end"), 400],
	['a GET with a body', "${get}Content-Length: " . length($hidden) . "$end$hidden", 200],
	['a GET with chunks', "$get$chunked\r\n" . sprintf("%x\r\n%s\r\n0%s", length $hidden,
		$hidden, $end), 200],
	['another host in the address', "GET http://evil.example/x HTTP/1.1\r\nHost: $host\r\n"
		. "Connection: close$end$hidden", 421],
) {
	my ($what, $bytes, $status) = @$case;
	my $before = counted('/auth/logout');
	my ($result, $is) = send_bytes($bytes);
	my $twice = ref $status ? $is =~ / 204$/ : $status =~ / 204$/;
	ref $status ? like($is, $status, "$what: $is") : is($is, $status, "$what: $status");
	is counted('/auth/logout') - $before, $twice ? 1 : 0,
		$twice ? '  and the request behind it is one of its own' : '  and nothing behind it';
	ok $result->{closed}, '  after which the connection is closed'
		if $is =~ /^(?:400|414|431|501|505)$/ && $what !~ /body|request in/;
}

# Lines that end in LF alone are taken by nginx; the end of the head is the same
# for all then, since no other server is in between.
my (undef, $is) = send_bytes("GET /healthz HTTP/1.1\nHost: $host\n\n$hidden");
is $is, '200 204', 'lines that end in LF alone';
# And so is HTTP/0.9, which has no headers to be unclear about.
my $old = exchange($mdash, "GET /healthz\r\n");
is $old->{text}, '{"status":"ok"}', 'HTTP/0.9';
ok $old->{closed}, '  after which the connection is closed';

# --- counting -------------------------------------------------------------------------

my $log = "$mdash->{state}/access.log";
my @lines;
sub read_log {
	open my $in, '<', $log or return 0;
	@lines = map { decode_json($_) } <$in>;
	return @lines > $answered;
}
ok wait_until(5, \&read_log), 'the log is written';
is scalar(grep { $_ > 1 } values %rid), 0, 'no two answers have the same id';
my %logged;
$logged{$_->{rid}}++ for @lines;
is scalar(grep { ($logged{$_} // 0) != 1 } keys %rid), 0,
	'each answer has one line in the log';
is scalar @lines, $answered + 1, 'and each line an answer, but HTTP/0.9';
is counted('/auth/login'), $read, 'a handler had those requests that it has answered';
is counted('/auth/logout'), scalar(grep { $_->{path} eq '/auth/logout' } @lines),
	'and those that were let through';

done_testing;
