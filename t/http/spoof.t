#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# No header of a client becomes a parameter that handlers trust. Stand-ins for
# all handlers write down what nginx tells them, for every route.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Fcgi;
use Mdash::Process qw(wait_until);
use Mdash::Raw qw(exchange);
use Mdash::Routes qw(address routes);
use Test::More;

my $mdash = Mdash->new(areas => [], render => ['--api-rate', 10_000]);
my ($host) = $mdash->origin =~ m{//(.*)};
my $identity = join '', map { "$_\r\n" } 'X-MD-Sub: user:real', 'X-MD-Kind: session',
	'X-MD-Scopes: catalog:read', 'X-MD-Teams: real-team', 'X-MD-Services: real-*';
my %fake = (
	auth => Mdash::Fcgi->new($mdash, 'auth', "Status: 204 No Content\r\n$identity\r\n"),
	map { $_ => Mdash::Fcgi->new($mdash, $_, "Content-Type: text/plain\r\n\r\nok") }
		qw(services apis todos jobs ingest),
);

ok wait_until(10, sub { ($mdash->internal('/'))[0] == 404 }), 'nginx runs';

# Every name that could pass for one of ours, in every spelling.
my @trusted = qw(Sub Kind Scopes Teams Services Rid Peer Path Need Method Refusal);
my @names = (
	map({ my $name = $_; ("MD_$name", "MD-$name", "X-MD-$name", "X_MD_$name", "X-MD_$name",
		"md_$name", "HTTP_MD_$name", "HTTP-MD-$name", "FastCGI-MD-$name",
		uc "x-md-$name", ".MD_$name", "MD.$name") } @trusted),
	qw(X-Forwarded-For X-Forwarded-User X-Forwarded-Email X-Forwarded-Groups
	X-Forwarded-Host X-Forwarded-Proto X-Forwarded-Prefix X-Forwarded-Uri X-Real-IP
	X-Remote-User X_Remote_User Remote-User Remote_User REMOTE_USER REMOTE_ADDR Remote-Addr
	Auth-User X-Auth-Request-User X-User X-Email X-Original-URL X-Rewrite-URL X-Original-Uri
	X-Original-Method X-HTTP-Method X-HTTP-Method-Override X-Method-Override Forwarded Via
	Client-IP True-Client-IP CF-Connecting-IP X-Request-Id X-Correlation-Id Proxy
	X-Accel-Redirect X-Accel-Buffering X-Accel-Limit-Rate X-Sendfile
	Script-Name SCRIPT_NAME SCRIPT_FILENAME Path-Info PATH_INFO Request-Method REQUEST_METHOD
	Query-String QUERY_STRING Request-Uri REQUEST_URI Document-Root GATEWAY_INTERFACE
	Content_Length Content_Type CONTENT_LENGTH_ Transfer_Encoding Cookie_ Authorization_
	HTTP_COOKIE HTTP_AUTHORIZATION HTTP_PROXY Host_ Status Sub Kind Scopes Teams),
);

# Names and values of what a request carried, in the order in which it did.
my $count = 0;
sub spoofed (@lines) {
	return join '', map { "$_: spoofed-" . ++$count . "\r\n" } @lines;
}

sub request ($method, $path, $headers, $body = '') {
	return exchange($mdash, "$method $path HTTP/1.1\r\nHost: $host\r\nConnection: close\r\n"
		. "${headers}Content-Length: " . length($body) . "\r\n\r\n$body")->{answers}[0];
}

# Requests of at most 30 headers; nginx has room for 32 KB.
sub batches (@names) {
	my @batches;
	push @batches, [splice @names, 0, 30] while @names;
	return @batches;
}

# --- every route ------------------------------------------------------------------

my %may = map { $_ => 1 } qw(REQUEST_METHOD QUERY_STRING CONTENT_TYPE CONTENT_LENGTH
	MD_PATH MD_RID MD_PEER MD_SUB MD_KIND MD_SCOPES MD_TEAMS MD_SERVICES);
my %for_gate = map { $_ => 1 } qw(REQUEST_METHOD CONTENT_LENGTH MD_PATH MD_NEED MD_METHOD
	MD_PEER MD_RID);
my $sent = 0;
for my $route (grep { $_->{pattern} ne '/_auth' } routes()) {
	my $path = address($route->{pattern});
	for my $batch (batches(@names)) {
		request($route->{method}, $path, spoofed(@$batch), '{}');
		$sent++;
	}
}
my @seen = map { my $area = $_; map { {%$_, area => $area} } $fake{$area}->seen } sort keys %fake;
my @asked = grep { $_->{params}{MD_PATH} ne '/_auth' } @seen;
my @gate = grep { $_->{params}{MD_PATH} eq '/_auth' } @seen;
is scalar @asked, $sent, "handlers were asked all $sent times";
cmp_ok scalar @gate, '>', $sent / 2, 'and the gate before';

sub found ($params, $pattern) {
	return map { "$_=$params->{$_}" } grep { $params->{$_} =~ $pattern } sort keys %$params;
}
is join(' ', map { found($_->{params}, qr/spoofed/) } @seen), '',
	'no value of them reached a handler or the gate';
is join(' ', map { grep { !$may{$_} } sort keys $_->{params}->%* } @asked), '',
	'handlers have no parameter that is not expected';
is join(' ', map { grep { !$for_gate{$_} } sort keys $_->{params}->%* } @gate), '',
	'nor has the gate';

my %public = map { ($_->{pattern} => 1) } grep { !defined $_->{scope} } routes();
my %identity = (MD_SUB => 'user:real', MD_KIND => 'session', MD_SCOPES => 'catalog:read',
	MD_TEAMS => 'real-team', MD_SERVICES => 'real-*');
my @wrong = grep {
	my ($params, $is_public) = ($_->{params}, $public{$_->{params}{MD_PATH}});
	grep { $params->{$_} ne ($is_public ? '' : $identity{$_}) } keys %identity;
} @asked;
is scalar @wrong, 0, 'who asks is what the gate says, and nobody where it is not asked';
is join(' ', grep { $_ ne '127.0.0.1' } map { $_->{params}{MD_PEER} } @seen), '',
	'the address is that of the connection';
is join(' ', grep { !/^[0-9a-f]{32}$/ } map { $_->{params}{MD_RID} } @seen), '',
	'the request has its id from nginx';

# --- credentials ------------------------------------------------------------------

# They are for mdash-auth alone; so are the headers that tell sites apart.
$_->stop for values %fake;
%fake = (
	auth => Mdash::Fcgi->new($mdash, 'auth', "Status: 204 No Content\r\n$identity\r\n"),
	map { $_ => Mdash::Fcgi->new($mdash, $_, "Content-Type: text/plain\r\n\r\nok") }
		qw(services apis todos jobs ingest),
);
my @private = qw(Authorization Cookie Origin Sec-Fetch-Site User-Agent Referer
	Proxy-Authorization Accept-Language);
for my $route (grep { $_->{pattern} ne '/_auth' } routes()) {
	request($route->{method}, address($route->{pattern}), spoofed(@private), '{}');
}
my @others = map { $fake{$_}->seen } qw(services apis todos jobs ingest);
cmp_ok scalar @others, '>', 15, 'other handlers are asked';
is join(' ', map { found($_->{params}, qr/spoofed/) } @others), '',
	'and see neither token nor cookie nor what else a browser tells';
my ($to_gate) = grep { $_->{params}{MD_PATH} eq '/_auth' } $fake{auth}->seen;
is join(' ', grep { $to_gate->{params}{$_} =~ /spoofed/ } sort keys $to_gate->{params}->%*),
	'HTTP_AUTHORIZATION HTTP_COOKIE HTTP_ORIGIN HTTP_SEC_FETCH_SITE',
	'which the gate does';
is $to_gate->{params}{MD_METHOD} . $to_gate->{params}{REQUEST_METHOD}, 'GETGET',
	'it is asked by GET and told the method';
my ($posted) = grep { $_->{params}{MD_METHOD} && $_->{params}{MD_METHOD} eq 'POST' }
	$fake{auth}->seen;
is $posted->{body} . $posted->{params}{CONTENT_LENGTH}, '', 'but never sees a body';

# What a publish may say beside its body, and no more.
request('PUT', '/api/v1/ingest/services/x?a=b', join('', map { "$_: $_\r\n" }
	qw(If-Match If-None-Match Content-Encoding Idempotency-Key Last-Event-Id ce-id ce-source
	ce-type ce-specversion ce-subject ce-commit ce-committime ce-sequence ce-branch ce-runurl
	ce-publisher ce-unknown), 'Content-Type'), 'x');
my ($put) = ($fake{ingest}->seen)[-1];
is join(' ', grep { /^HTTP/ } sort keys $put->{params}->%*), join(' ', map { "HTTP_$_" }
	qw(CE_BRANCH CE_COMMIT CE_COMMITTIME CE_ID CE_PUBLISHER CE_RUNURL CE_SEQUENCE CE_SOURCE
	CE_SPECVERSION CE_SUBJECT CE_TYPE CONTENT_ENCODING IDEMPOTENCY_KEY
	IF_NONE_MATCH)), 'named headers are passed as such';
is_deeply {map { $_ => $put->{params}{$_} } qw(MD_PATH QUERY_STRING CONTENT_TYPE)},
	{MD_PATH => '/api/v1/ingest/services/x', QUERY_STRING => 'a=b',
	CONTENT_TYPE => 'Content-Type'}, 'and the address as it was sent';

# --- answers -----------------------------------------------------------------------

# What a handler says does not steer nginx.
$fake{services}->stop;
$fake{services} = Mdash::Fcgi->new($mdash, 'services', join "\r\n",
	'Content-Type: text/plain', 'Content-Length: 4', 'X-Accel-Redirect: /_problem/400',
	'X-Accel-Charset: utf-7', 'X-Accel-Limit-Rate: 1', '', 'body');
my $answer = request('GET', '/api/v1/services', '');
is $answer->{content}, 'body', 'an answer cannot send nginx to another place';
is $answer->{headers}{'content-type'}, 'text/plain; charset=utf-8',
	'nor give it another charset';

done_testing;
