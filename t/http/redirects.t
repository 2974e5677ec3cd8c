#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Nobody is sent to another site: neither after signing in, nor by nginx, nor by
# the redirect of an earlier name.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Publish qw(publish spec);
use Mdash::Raw qw(exchange);
use Test::More;

my $mdash = Mdash->new;
my ($host) = $mdash->origin =~ m{//(.*)};
my $password = $mdash->user('anna');

# --- after signing in -----------------------------------------------------------

# Where somebody is sent to who asked for this; each from an address of its own,
# for the sake of the limits.
my $from = 0;
sub returned ($text) {
	my $answer = $mdash->client(address => '127.0.6.' . ++$from)->post('/auth/login',
		{username => 'anna', password => $password, returnTo => $text});
	is $answer->{headers}{location}, undef, 'signing in is no redirect'
		if $answer->{headers}{location};
	return $answer->{status} == 200 ? $answer->{json}{returnTo} : $answer->{status};
}

# As a browser shows it.
sub shown ($text) {
	return $text =~ s/([^ -~])/sprintf '\x{%x}', ord $1/ger;
}

my $evil = 'evil.example';
for my $text ('', ' ', 'x', '.', './x', '../x', '?x', '#x', "http://$evil", "https://$evil/",
	"HTTP://$evil", "http:$evil", "http:/$evil", "http:///$evil", "https:\\\\$evil", "//$evil",
	"///$evil", "////$evil", "//$evil/..", "//user\@$evil", "//$host\@$evil", "//$host",
	"$mdash->{origin}/", "$mdash->{origin}\@$evil", "/\\$evil", "/\\/$evil", "\\/$evil",
	"\\\\$evil", "/x\\$evil", "/\t/$evil", "\t//$evil", "/\n/$evil", "\n/x", "/x\r\nSet-Cookie: a=b",
	" //$evil", " /x", "javascript:alert(1)", 'JavaScript:alert(1)', "java\tscript:alert(1)",
	'data:text/html,x', 'vbscript:x', 'blob:x', "／／$evil", "／$evil", "\x{2044}/$evil",
	"\x{feff}//$evil", "$evil", "$evil/x", "\@$evil", ":80/x", ';//x', '%2f%2fx', '%5cx') {
	is returned($text), '/', "'" . shown($text) . "' is not gone to";
}
for my $text ("/x\0", "/\e", "/\x7f", '/' . 'x' x 1024) {
	is returned($text), 422, "'" . substr(shown($text), 0, 20) . "' is refused";
}
is returned(5), 422, 'as is what is no text';
# All of these are paths of this site, whatever they look like.
for my $text ('/', '/x', '/services/acme-pay?tab=versions&x=1#y', "/x?y=//$evil",
	"/x#//$evil", "/\@$evil", "/http://$evil", "/%2f/$evil", "/%5c$evil", "/%09/$evil",
	"/x//$evil", "/.//$evil", '/チーム/赤', '/x y', '/:80', '/' . 'x' x 1023) {
	is returned($text), $text, "'" . substr(shown($text), 0, 40) . "' is";
}

# --- by nginx --------------------------------------------------------------------

sub call ($method, $path, $name = $host) {
	my ($answer) = exchange($mdash, "$method $path HTTP/1.1\r\nHost: $name\r\n"
		. "Accept: text/html\r\nConnection: close\r\n\r\n")->{answers}->@*;
	return $answer // {status => 0, headers => {}};
}
for my $path (qw(/assets //assets /assets/ //assets// /schemas //schemas /schemas/. /api /auth
	/events /api/v1/ingest/services /auth/login?returnTo=//evil.example
	//evil.example //evil.example/ //evil.example/assets //evil.example/%2e%2e
	//evil.example/..%2fassets /%2f%2fevil.example/.. /\evil.example /%5cevil.example/..
	/evil.example//.. /assets/..//evil.example /assets%0d%0aSet-Cookie:a=b /assets%0a
	/assets%2f /assets%00 /schemas%0d%0a /x/%0d%0aLocation:%20http://evil.example
	http://evil.example/assets http://evil.example//assets /.//evil.example)) {
	my $answer = call('GET', $path);
	ok !exists $answer->{headers}{location} && !exists $answer->{headers}{'set-cookie'},
		"$path is answered here: $answer->{status}";
}
is call('GET', '/assets', $evil)->{headers}{location}, undef, 'nor by the name of another host';

# --- by an earlier name ------------------------------------------------------------

my $ci = $mdash->token(scopes => ['ingest:write']);
is publish($ci, 'new-name', spec('new-name', previousServiceIDs => '[old-name]'))->{status},
	200, 'a service with an earlier name';
my $anna = $mdash->sign_in('anna');
sub location ($path) {
	my ($answer) = exchange($mdash, "GET $path HTTP/1.1\r\nHost: $host\r\n"
		. "Cookie: $anna->{cookie}\r\nConnection: close\r\n\r\n")->{answers}->@*;
	return "$answer->{status} " . ($answer->{headers}{location} // '');
}
my ($old, $new) = map { "/api/v1/services/$_" } qw(old-name new-name);
for my $case (
	[$old, $new],
	["$old?", $new],
	["$old?at=2030-01-01T00:00:00Z", "$new?at=2030-01-01T00:00:00Z"],
	["$old/versions", "$new/versions"],
	["$old/activity?limit=5", "$new/activity?limit=5"],
	["/api/v1/services/%6fld-name", $new],
	["/api/v1/services/old%2dname/diff?from=0&to=1", "$new/diff?from=0&to=1"],
) {
	my ($path, $to) = @$case;
	is location($path), "308 $to", "$path leads to $to";
}
for my $path ("$old//$evil", "$old/..//$evil", "$old%2f%2f$evil", "$old%0d%0aSet-Cookie:a=b",
	"$old\@$evil", "//$evil$old", "$old/%0d%0aX:y", "$old/versions/%0d%0aX:y", "$old/x") {
	unlike location($path), qr/^3/, "$path leads nowhere";
}
for my $query ("x=//$evil", "x=%0d%0aSet-Cookie:%20a=b", "//$evil", "\@$evil") {
	like location("$old?$query"), qr{^(?:308 \Q$new\E\?\Q$query\E|422 )$},
		"a query of '$query' stays one";
}

done_testing;
