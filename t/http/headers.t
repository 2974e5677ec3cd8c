#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The headers of every kind of answer: security, caching, type; exactly. And that
# whatever goes wrong is told by a problem document, by nginx itself, too.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use File::Temp qw(tempdir);
use IO::Compress::Gzip qw(gzip);
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of shop);
use Mdash::Raw qw(exchange);
use Mdash::Routes qw(address locations routes);
use Test::More;

# A page of our own: the test is about how it is served.
my $page = tempdir(CLEANUP => 1);
chmod 0755, $page;
mkdir "$page/assets";
my %file = ('index.html' => '<!doctype html><title>mdash</title>' . ('-' x 2000),
	'favicon.ico' => 'icon', 'assets/app-Bk3hL1_x.js' => 'a();' x 1000,
	'assets/app-Bk3hL1_x.css' => 'a{}' x 1000, 'assets/icon-x.svg' => '<svg/>',
	'assets/font-x.woff2' => 'woff');
for my $name (sort keys %file) {
	open my $out, '>', "$page/$name" or die $!;
	print $out $file{$name};
	close $out;
	gzip("$page/$name" => "$page/$name.gz") if $name =~ /(?:js|css|html)$/;
}

my $mdash = Mdash->new(render => ['--page', $page, '--api-rate', 1000]);
my ($host) = $mdash->origin =~ m{//(.*)};
my $admin = $mdash->sign_in('admin');
$mdash->token(scopes => ['ingest:write'])->put('/api/v1/ingest/services/pay',
	"serviceID: pay\nteamName: red\npreviousServiceIDs: [old]\n",
	'content-type' => 'application/yaml');
$admin->post('/api/v1/campaigns', {name => 'ask', title => 'x', team => 'red'});
publish_set_of($mdash->token(scopes => ['ingest:write']), 'shop', descriptor_set(shop()));

# On every answer; there is no other place for them than this list.
my %always = (
	'content-security-policy' => q{default-src 'none'; script-src 'self'; }
		. q{style-src 'self'; img-src 'self' data:; font-src 'self'; }
		. q{connect-src 'self'; manifest-src 'self'; form-action 'self'; }
		. q{base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'},
	'x-content-type-options' => 'nosniff',
	'referrer-policy' => 'same-origin',
	'cross-origin-opener-policy' => 'same-origin',
	'cross-origin-resource-policy' => 'same-origin',
	'permissions-policy' => 'accelerometer=(), camera=(), display-capture=(), '
		. 'geolocation=(), gyroscope=(), magnetometer=(), microphone=(), '
		. 'payment=(), usb=()',
	'server' => 'nginx',
);
# What else an answer may have; more would be told to the world for nothing.
my %may = map { $_ => 1 } keys %always, qw(accept allow cache-control
	clear-site-data connection content-encoding content-length
	content-type date etag keep-alive last-modified link location retry-after
	content-disposition set-cookie transfer-encoding vary www-authenticate x-request-id);

sub faults ($answer, %expected) {
	my @faults;
	my $lines = $answer->{lines};
	my %want = (%always, 'strict-transport-security' => undef, %expected);
	for my $name (sort keys %want) {
		my $is = join '|', ($lines->{$name} // [])->@*;
		my $want = $want{$name} // '';
		push @faults, "$name: '$is' is not '$want'"
			if ref $want ? $is !~ $want : $is ne $want;
	}
	push @faults, "x-request-id: '" . join('|', ($lines->{'x-request-id'} // [])->@*) . "'"
		if join('|', ($lines->{'x-request-id'} // [])->@*) !~ /^[0-9a-f]{32}$/;
	push @faults, "$_ is too much" for grep { !$may{$_} } sort keys %$lines;
	push @faults, "$_ comes twice" for grep { $lines->{$_}->@* > 1 } sort keys %$lines;
	# RFC 9112, 4: the space must be there, and the reason is if we know one.
	push @faults, 'no reason after the status'
		if $answer->{reason} !~ ($answer->{status} == 431 ? qr/^ / : qr/^ \w/);
	return @faults;
}

# One request as bytes; the answer with each of its header lines.
sub call ($method, $path, %with) {
	my $body = $with{body} // '';
	my %headers = (Host => $host, Connection => 'close', ($with{headers} // {})->%*);
	$headers{'Content-Length'} //= length $body if $method =~ /^P/;
	my $bytes = join "\r\n", "$method $path HTTP/1.1",
		(map { "$_: $headers{$_}" } sort keys %headers), '', $body;
	my ($answer) = exchange($mdash, $bytes, $with{seconds} // 5)->{answers}->@*;
	return $answer // {status => 0, lines => {}, headers => {}, reason => '', content => ''};
}

sub is_right ($answer, $status, $name, %expected) {
	is $answer->{status}, $status, "$name: $status" or diag $answer->{content};
	is join("\n", faults($answer, %expected)), '', '  with the headers it should have';
	return;
}

# A problem document, as all errors are.
sub is_problem ($answer, $status, $name, %expected) {
	is_right($answer, $status, $name, 'cache-control' => 'no-store',
		'content-type' => qr{^application/problem\+json(?:; charset=utf-8)?$},
		%expected);
	my $json = $answer->{json} // {};
	is join(' ', map { $_ // '' } @$json{qw(status instance)}),
		"$status " . ($answer->{headers}{'x-request-id'} // 'none'),
		'  and says the same in its body';
	is join(' ', grep { !length($json->{$_} // '') } qw(type title detail)), '',
		'  with type, title and detail';
	return;
}

my %signed_in = (Cookie => $admin->{cookie}, Origin => $mdash->origin);
my %json = ('Content-Type' => 'application/json');

# --- each route, when it has an answer -------------------------------------------

my %cache = ('/api/v1/session' => 'no-store', '/api/v1/tokens' => 'no-store');
my %query = ('/api/v1/facts' => '?service=pay',
	'/api/v1/search' => '?q=pay', '/api/v1/services/{id}/diff' => '?from=0&to=1',
	'/api/v1/dependencies' => '?by=team', '/api/v1/dependencies/edges' => '?center=pay',
	'/api/v1/apis/{repository}/files' => '?path=acme/shop/v1/shop.proto',
	'/api/v1/apis/{repository}/diff' => '?from=1&to=1');
for my $route (grep { $_->{method} eq 'GET' && $_->{pattern} ne '/_auth' } routes()) {
	my $path = address($route->{pattern}, id => 'pay', number => 1, team => 'red',
		repository => 'shop', name => 'acme.shop.v1.ShopService', campaign => 'ask')
		. ($query{$route->{pattern}} // '');
	my $found = $path !~ m{(?:failed-publishes|webhooks|jobs|todos)/pay};
	my $type = $path =~ /\.atom$/ ? qr{^application/atom\+xml}
		: $path =~ /descriptor-set$/ ? 'application/x-protobuf' : 'application/json';
	for my $method (qw(GET HEAD)) {
		my $answer = call($method, $path, headers => \%signed_in);
		$found
			? is_right($answer, 200, "$method $route->{pattern}",
				'content-type' => $type, etag => qr{^W/"(?:\d+\.)?[0-9a-f]{32}"$},
				'cache-control' => $cache{$route->{pattern}} // 'private, no-cache')
			: is_right($answer, 404, "$method $route->{pattern}",
				'cache-control' => 'no-store');
		is $answer->{content}, '', '  and no body' if $method eq 'HEAD';
		next if !$found;
		is_right(call($method, $path, headers => {%signed_in,
			'If-None-Match' => $answer->{headers}{etag}}), 304, '  asked again',
			'content-type' => undef, 'content-length' => undef,
			etag => $answer->{headers}{etag},
			'cache-control' => $cache{$route->{pattern}} // 'private, no-cache');
	}
	my $unknown = call('GET', $path . ($path =~ /\?/ ? '&' : '?') . 'none=1', headers => \%signed_in);
	is_problem($unknown, 422, "$route->{pattern} with an unknown parameter");
	is_deeply [map { "$_->{pointer}:$_->{code}" } $unknown->{json}{errors}->@*], ['?none:unknown'],
		'  and says which';
}

# Each route without an identity, by any method.
for my $route (grep { defined $_->{scope} } routes()) {
	is_problem(call($route->{method}, address($route->{pattern})), 401,
		"nobody: $route->{method} $route->{pattern}", 'www-authenticate' => 'Bearer');
}
is_problem(call('GET', '/api/v1/services', headers => {Authorization => 'Bearer x'}),
	401, 'a bad token', 'www-authenticate' => 'Bearer');
is_problem(call('POST', '/api/v1/tokens', headers => {Cookie => $admin->{cookie}}),
	403, 'from another site');

# --- what handlers say ---------------------------------------------------------------

my $body = '{"username":"admin","password":"' . $mdash->user('admin') . '"}';
is_right(call('POST', '/auth/login', headers => \%json, body => $body), 200,
	'signing in', 'cache-control' => 'no-store', 'content-type' => 'application/json',
	'set-cookie' => qr/^__Host-md_sid=\w+; /, etag => undef);
is_problem(call('POST', '/auth/login', headers => \%json, body => $body =~ s/long/wrong/r),
	401, 'failing to', 'www-authenticate' => 'Bearer', 'set-cookie' => undef);
is_problem(call('POST', '/auth/login', headers => \%json, body => '{'), 400, 'no JSON');
is_problem(call('POST', '/auth/login', headers => \%json, body => '{}'), 422, 'nothing');
is_problem(call('POST', '/auth/login', body => 'x'), 415, 'another type',
	accept => 'application/json');
is_problem(call('GET', '/auth/login'), 405, 'another method', allow => 'POST');
is_problem(call('PUT', '/api/v1/services', headers => \%signed_in), 405,
	'another method of a route', allow => 'GET, HEAD');
is_problem(call('DELETE', '/api/v1/tokens', headers => \%signed_in), 405,
	'a method of none', allow => 'GET, HEAD, POST');
is_problem(call('GET', '/api/v1/services/pya', headers => \%signed_in), 404,
	'a service that is not there');
is_problem(call('GET', '/api/v1/nothing', headers => \%signed_in), 404,
	'a route that is not there');
is_problem(call('GET', '/api/v1/services?x=1', headers => \%signed_in), 422,
	'an unknown parameter');
is_right(call('GET', '/api/v1/services/old', headers => \%signed_in), 308, 'an earlier id',
	location => '/api/v1/services/pay', 'cache-control' => 'no-store');
is_right(call('POST', '/auth/logout', headers => \%signed_in), 204, 'signing out',
	'cache-control' => 'no-store', 'content-length' => undef,
	'clear-site-data' => '"cache"', 'set-cookie' => qr/^__Host-md_sid=; .*Max-Age=0$/);
$admin = $mdash->sign_in('admin');
%signed_in = (Cookie => $admin->{cookie}, Origin => $mdash->origin);

# A stream has no end, but a beginning; nchan adds what it needs.
my $stream = $admin->stream('/events/stream');
my %head = map { /^([^:]+): (.*)$/ ? (lc $1, $2) : () } split /\r\n/, $stream->{head};
is $stream->{status}, 200, 'the stream of events opens';
is $head{$_}, $always{$_}, "  with $_" for sort keys %always;
is $head{'content-type'}, 'text/event-stream; charset=utf-8', '  as what it is';
is $head{'cache-control'}, 'no-store', '  kept by nobody';
$stream->close;

# --- files -------------------------------------------------------------------------------

my $forever = 'public, max-age=31536000, immutable';
for my $case (
	['/', 'text/html; charset=utf-8', 'no-cache'],
	['/index.html', 'text/html; charset=utf-8', 'no-cache'],
	['/favicon.ico', 'image/x-icon', 'no-cache'],
	['/assets/app-Bk3hL1_x.js', 'text/javascript; charset=utf-8', $forever],
	['/assets/app-Bk3hL1_x.css', 'text/css; charset=utf-8', $forever],
	['/assets/icon-x.svg', 'image/svg+xml; charset=utf-8', $forever],
	['/assets/font-x.woff2', 'font/woff2', $forever],
	['/schemas/service-spec.json', 'application/schema+json', 'no-cache'],
	['/healthz', 'application/json', 'no-cache'],
	['/readyz', 'application/json', 'no-cache'],
) {
	my ($path, $type, $cache) = @$case;
	my $answer = call('GET', $path);
	is_right($answer, 200, $path, 'content-type' => $type, 'cache-control' => $cache);
	is_right(call('GET', $path, headers => {'If-None-Match' => $answer->{headers}{etag}}),
		304, '  asked again', 'content-type' => undef, 'cache-control' => $cache);
	is_right(call('HEAD', $path), 200, '  by HEAD', 'content-type' => $type,
		'cache-control' => $cache);
	next if $path !~ m{^/(?:$|assets/app)};
	is_right(call('GET', $path, headers => {'Accept-Encoding' => 'gzip'}), 200,
		'  compressed', 'content-type' => $type, 'content-encoding' => 'gzip',
		'cache-control' => $cache, vary => 'Accept-Encoding');
	is_right(call('GET', $path, headers => {Range => 'bytes=9-5'}), 200,
		'  whole, when a part is asked for', 'accept-ranges' => undef,
		'content-type' => $type, 'cache-control' => $cache);
}
my %browser = (headers => {Accept => 'text/html,application/xhtml+xml'});
is_right(call('GET', '/services/pay', %browser), 200, 'an address of the page',
	'content-type' => 'text/html; charset=utf-8', 'cache-control' => 'no-cache');
is_problem(call('GET', '/services/pay'), 404, 'the same for a program');
is_problem(call('GET', '/assets/gone-x.js', %browser), 404, 'an asset that is gone');
is_problem(call('GET', '/auth/nothing', %browser), 404, 'nothing below /auth/');
is_problem(call('GET', '/api/nothing', %browser), 404, 'nothing below /api/');
is_problem(call('GET', $_), 404, $_)
	for qw(/_auth /_problem/400 /metrics /index.html.gz/ /.none /schemas/nothing);

# --- what nginx says itself -----------------------------------------------------------------

is_problem(call('GET', '/%'), 400, 'an address that is cut');
is_problem(call('GET', '/api/v1/services/../tokens', headers => \%signed_in), 400,
	'an address with dots');
is_problem(call('POST', '/'), 405, 'a page takes no POST', allow => 'GET, HEAD');
is_problem(call('POST', '/assets/app-Bk3hL1_x.js'), 405, 'nor does an asset',
	allow => 'GET, HEAD');
is_problem(call('TRACE', '/'), 405, 'nobody takes TRACE', allow => 'GET, HEAD');
is_problem(call('POST', '/auth/login', headers => {'Content-Length' => 70_000}), 413,
	'more than 64 KB');
is_problem(call('PUT', '/api/v1/ingest/services/pay', headers => {%signed_in,
	'Content-Length' => 2 << 20}), 413, 'a spec of 2 MB');
is_problem(call('GET', '/' . ('a' x 9000)), 414, 'an address of 9 KB');
is_problem(call('GET', '/', headers => {Host => 'evil.example'}), 421, 'another host');
is_problem(call('GET', '/', headers => {'X-Long' => 'a' x 9000}), 431, 'a header of 9 KB');
is_problem(call('GET', '/', headers => {map { ("X-$_" => 'a' x 7000) } 1 .. 6}), 431,
	'42 KB of headers');
is_problem(call('POST', '/auth/login', headers => {'Transfer-Encoding' => 'br'}), 501,
	'a transfer that is not known');
my ($version) = exchange($mdash, "GET / HTTP/2.0\r\nHost: $host\r\n\r\n")->{answers}->@*;
is_problem($version, 505, 'another version of HTTP');

my ($limited) = grep { $_->{status} == 429 } map { call('POST', '/auth/login') } 1 .. 60;
is_problem($limited // {status => 0, lines => {}, reason => ''}, 429,
	'too many requests', 'retry-after' => 1);
$mdash->stop('services');
is_problem(call('GET', '/api/v1/services', headers => \%signed_in), 503,
	'a handler that is gone', 'retry-after' => 1);
$mdash->stop('auth');
is_problem(call('GET', '/api/v1/services', headers => \%signed_in), 503,
	'a gate that is gone', 'retry-after' => 1);

# --- nothing forgotten -------------------------------------------------------------------------

my @own = grep { $_->{lines} =~ /^\s*add_header\b/m } locations();
is join(' ', map { $_->{path} } @own), '',
	'no location has headers of its own: it would have none of these';

done_testing;
