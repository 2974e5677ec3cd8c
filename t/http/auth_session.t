#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Sessions: how long they last, how they end, which cookies are taken, and what
# changing the password does.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Digest::SHA qw(sha256_hex);
use Mdash;
use Test::More;

my $mdash = Mdash->new(areas => ['auth'], settings => {gate_cache_ms => 0});

sub digest ($client) {
	my ($secret) = $client->{cookie} =~ /=(.*)/;
	return "'\\x" . sha256_hex($secret) . "'";
}

# Moves a time of a session into the past.
sub age ($client, $column, $interval) {
	$mdash->sql("UPDATE session SET $column = now() - interval '$interval'
		WHERE secret_sha256 = " . digest($client));
	return;
}

sub seen ($client) {
	return $mdash->value("SELECT extract(epoch FROM now() - seen_at)::int
		FROM session WHERE secret_sha256 = " . digest($client));
}

sub lives ($client) { return $client->get('/api/v1/tokens')->{status} }

# --- who am I -----------------------------------------------------------------

my $anna = $mdash->sign_in('anna', teams => [qw(red blue)]);
my $session = $anna->get('/api/v1/session')->{json};
my $expires = delete $session->{expiresAt};
delete $session->{version};
is_deeply $session, {subject => 'user:anna', kind => 'session', name => 'anna',
	displayName => 'anna', role => 'viewer', teams => [qw(blue red)],
	scopes => [qw(catalog:read events:read todos:read todos:write tokens:self)],
	mustChangePassword => JSON::PP::false}, 'a session says who it is and may do what';
my $admin = $mdash->sign_in('admin');
is_deeply $admin->get('/api/v1/session')->{json}{scopes}, [qw(catalog:read
	events:read todos:read todos:write tokens:self ingest:validate ingest:write admin)],
	'an admin may do more';
is $mdash->value("SELECT abs(extract(epoch FROM '$expires' - now())::int - 43200) < 5"),
	't', 'it ends after 12 hours without use';
age($anna, 'created_at', '6 d 23 h');
$expires = $anna->get('/api/v1/session')->{json}{expiresAt};
is $mdash->value("SELECT abs(extract(epoch FROM '$expires' - now())::int - 3600) < 5"),
	't', 'and 7 days after signing in in any case';

# --- it ends by itself -----------------------------------------------------------

age($anna, 'created_at', '6 d 23 h 59 min');
is lives($anna), 200, 'a minute before the 7 days are over it lives';
age($anna, 'created_at', '7 d 1 s');
is lives($anna), 401, 'after them it does not';
is $anna->get('/api/v1/session')->{json}{detail},
	'the session has ended: sign in again', 'and the answer says so';
$anna = $mdash->sign_in('anna');
age($anna, 'seen_at', '11 h 59 min');
is lives($anna), 200, 'a minute before the 12 hours are over it lives';
cmp_ok seen($anna), '<', 5, 'and using it starts them anew';
age($anna, 'seen_at', '12 h 1 s');
is lives($anna), 401, 'after them it does not';
is lives($anna), 401, 'and asking does not revive it';

my $bert = $mdash->sign_in('bert');
age($bert, 'seen_at', '50 s');
lives($bert);
cmp_ok seen($bert), '>=', 50, 'its use is not written within the minute';
age($bert, 'seen_at', '70 s');
lives($bert);
cmp_ok seen($bert), '<', 5, 'but after it';

# --- it is ended -----------------------------------------------------------------

$anna = $mdash->sign_in('anna');
my $other = $mdash->sign_in('anna');
for my $case (
	[{origin => ''}, 'without a sign of where it comes from'],
	[{origin => 'https://evil.example'}, 'from another site'],
	[{origin => '', 'sec-fetch-site' => 'cross-site'}, 'from another site'],
) {
	my ($headers, $what) = @$case;
	is $anna->post('/auth/logout', undef, %$headers)->{status}, 403,
		"signing out $what is refused";
}
is $anna->get('/auth/logout')->{status}, 405, 'a link cannot sign out';
is lives($anna), 200, 'and the session lives';
my $answer = $anna->post('/auth/logout');
is $answer->{status}, 204, 'signing out';
is $answer->{headers}{'set-cookie'},
	'__Host-md_sid=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0',
	'takes the cookie away';
is $answer->{headers}{'clear-site-data'}, '"cache"', 'and what was cached';
is $mdash->value('SELECT count(*) FROM session WHERE secret_sha256 = '
	. digest($anna)), 0, 'ends the session';
is lives($anna), 401, 'whose cookie is worth nothing';
is lives($other), 200, 'and no other one';
is $anna->post('/auth/logout')->{status}, 204, 'once more does no harm';
is $mdash->client->post('/auth/logout', undef, origin => $mdash->origin)->{status},
	204, 'nor does it without a cookie';

# --- which cookies ----------------------------------------------------------------

my ($name, $secret) = $other->{cookie} =~ /^(.*)=(.*)$/;
my $broken = $secret =~ s/(.)$/$1 eq 'A' ? 'B' : 'A'/er;
sub with_cookie ($cookie, %headers) {
	return $mdash->client->get('/api/v1/session', cookie => $cookie, %headers);
}
for my $case (
	["$name=$secret", 200, 'the cookie'],
	["a=b; $name=$secret; c=d", 200, 'the cookie among others'],
	["a=b;$name=$secret", 200, 'the cookie without a space before it'],
	["x$name=$secret", 401, 'a longer name'],
	["$name=$secret; x$name=other", 200, 'a longer name beside it'],
	["md_sid=$secret", 401, 'a name without the prefix'],
	[lc($name) . "=$secret", 401, 'a name in other letters'],
	["$name=\"$secret\"", 401, 'a value in quotes'],
	["$name=$broken", 401, 'a value that was mistyped'],
	["$name=" . substr($secret, 1), 401, 'a value that was cut'],
	["$name=" . $secret . '0', 401, 'a value with more after it'],
	["$name=", 401, 'no value'],
	["$name", 401, 'no equals sign'],
	["$name=$secret; $name=$secret", 401, 'the same cookie twice'],
	["$name=$secret; $name=" . ('A' x 36), 401, 'another one after it'],
	["$name=" . ('A' x 36) . "; $name=$secret", 401, 'another one before it'],
	[["$name=$secret", "$name=$broken"], 401, 'another one in a header of its own'],
	["$name=" . ('A' x 6000), 401, 'a long value'],
) {
	my ($cookie, $status, $what) = @$case;
	is with_cookie($cookie)->{status}, $status, "$what: $status";
}
is with_cookie("$name=$secret; $name=$secret")->{json}{detail},
	'there are two session cookies: sign in again', 'two cookies are told as such';

# The first kind of credential that is there decides.
for my $authorization ('Bearer x', 'Basic YW5uYTphbm5h', 'Bearer', $secret,
	"Bearer $secret", 'Bearer mdp_' . ('A' x 36)) {
	is with_cookie("$name=$secret", authorization => $authorization)->{status}, 401,
		"a good cookie does not help '" . substr($authorization, 0, 12) . "...'";
}
my $token = $mdash->token(kind => 'personal', scopes => ['catalog:read']);
is with_cookie("$name=$broken", authorization => "Bearer $token->{token}")
	->{json}{kind}, 'personal', 'nor does a bad one harm a good token';
is with_cookie("$name=$secret", authorization => "bearer   $token->{token}")
	->{json}{kind}, 'personal', 'which may be written in another way';

# --- the password -----------------------------------------------------------------

my ($here, $there) = map { $mdash->sign_in('bert') } 1 .. 2;
my $old = $mdash->user('bert');
my $mine = $bert->post('/api/v1/tokens', {kind => 'personal', name => 'mine'});
my $program = $mdash->client(token => $mine->{json}{secret});
sub change ($client, $current, $new) {
	return $client->put('/api/v1/session/password',
		{current => $current, new => $new});
}
sub faults ($answer) {
	return join ' ', $answer->{status}, map { "$_->{pointer} $_->{code}" }
		($answer->{json}{errors} // [])->@*;
}
is faults(change($here, 'wrong', 'long enough it is')), '422 #/current wrong',
	'the current password must be right';
is faults(change($here, $old, 'short')), '422 #/new too-short', 'a new one not short';
is faults(change($here, $old, 'x' x 257)), '422 #/new too-long', 'nor too long';
is faults(change($here, $old, $old)), '422 #/new same', 'nor the same';
is faults($here->put('/api/v1/session/password', {})),
	'422 #/current required #/new required', 'both must be there';
is change($here, $old, 'x' x 10_000)->{status}, 413, 'and 8 KB are enough';
is $program->put('/api/v1/session/password', {current => $old,
	new => 'long enough it is'})->{status}, 403, 'a token has no password to change';
is $mdash->value("SELECT count(*) FROM audit WHERE action = 'password.change'"), 0,
	'what was refused is not written down as done';

is change($here, $old, 'long enough it is')->{status}, 204, 'then it is changed';
is lives($here), 200, 'this session goes on';
is lives($there), 401, 'the others of the account have ended';
is lives($bert), 401, 'all of them';
is lives($other), 200, 'those of other accounts have not';
is $program->get('/api/v1/session')->{status}, 200, 'nor have its tokens';
is_deeply [$mdash->sql("SELECT subject, object FROM audit
	WHERE action = 'password.change'")], [['user:bert', 'user:bert']],
	'and the audit log knows';

sub sign_in ($password) {
	return $mdash->client(address => '127.0.4.1')->post('/auth/login',
		{username => 'bert', password => $password},
		origin => $mdash->origin)->{status};
}
is sign_in($old), 401, 'the old password is none';
is sign_in('long enough it is'), 200, 'the new one is';

# A session left open is no way to find out the password.
$mdash->sql('DELETE FROM login_throttle');
is join(' ', map { change($here, "guess $_", 'long enough, it is')->{status} } 1 .. 6),
	'422 422 422 422 422 429', 'five guesses a minute are taken';
$answer = change($here, 'long enough it is', 'long enough, it is');
is $answer->{status}, 429, 'then the right one is not';
like $answer->{headers}{'retry-after'}, qr/^(?:[1-9]|[1-5]\d|60)$/,
	'and the answer says for how long';
is sign_in('long enough it is'), 429, 'signing in counts with it';

# --- the account ------------------------------------------------------------------

is $mdash->mdash(qw(user team anna green))->{status}, 0, 'another team';
is_deeply $other->get('/api/v1/session')->{json}{teams}, ['green'],
	'is seen by a session that is open';
$mdash->sql("DELETE FROM app_user WHERE name = 'anna'");
is lives($other), 401, 'an account that is gone has no sessions';

done_testing;
