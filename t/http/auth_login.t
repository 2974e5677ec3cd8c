#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Signing in: who gets in and who does not, what the answers give away, what the
# cookie is like, and how often one may try.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Digest::SHA qw(sha256_hex);
use JSON::PP;
use Mdash;
use POSIX ();
use Test::More;
use Time::HiRes qw(time);

my $mdash = Mdash->new(areas => ['auth'], settings => {gate_cache_ms => 0});
my $host = 1;
$mdash->user($_) for qw(anna gone);
is $mdash->mdash(qw(user disable gone))->{status}, 0, 'an account is disabled';

# Tries to sign in; each call comes from an address of its own unless told, so
# that the limit of an address does not get in the way.
sub try ($name, $password, %with) {
	my $address = $with{address} // '127.0.1.' . ++$host;
	my $client = $mdash->client(address => $address);
	return $client->post('/auth/login',
		{username => $name, password => $password, ($with{body} // {})->%*},
		origin => $mdash->origin, ($with{headers} // {})->%*);
}

sub cookies ($answer) {
	return map { ref ? @$_ : $_ } grep { defined } $answer->{headers}{'set-cookie'};
}

# What an answer says, without what differs in each.
sub saying ($answer) {
	my %json = ($answer->{json} // {})->%*;
	my %headers = $answer->{headers}->%*;
	delete $json{instance};
	delete @headers{qw(date x-request-id)};
	return {status => $answer->{status}, json => \%json, headers => \%headers};
}

# --- getting in -----------------------------------------------------------------

my $password = $mdash->user('anna');
my $answer = try('anna', $password);
is $answer->{status}, 200, 'the right password lets in' or diag $answer->{content};
is_deeply $answer->{json}, {returnTo => '/'}, 'and says where to go, no more';
is $answer->{headers}{'cache-control'}, 'no-store', 'nothing stores the answer';
my @cookies = cookies($answer);
is scalar @cookies, 1, 'one cookie comes with it';
like $cookies[0],
	qr/^__Host-md_sid=[0-9A-Za-z]{36}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=604800$/,
	'for this host alone, over TLS, out of reach of scripts and other sites';
my ($cookie) = $cookies[0] =~ /^([^;]+)/;
my ($secret) = $cookie =~ /=(.*)/;
is $mdash->client(cookie => $cookie)->get('/api/v1/session')->{json}{name}, 'anna',
	'and is a session of the account';
is $mdash->value("SELECT count(*) FROM session
	WHERE encode(secret_sha256, 'hex') = '" . sha256_hex($secret) . "'"), 1,
	'the database knows its digest';
is try('anna', $password, body => {returnTo => '/teams/red?tab=1'})
	->{json}{returnTo}, '/teams/red?tab=1', 'an address of ours is returned to';

# --- who does not ---------------------------------------------------------------

my $wrong = saying(try('anna', 'not the password'));
is $wrong->{status}, 401, 'a wrong password is refused';
is $wrong->{json}{detail}, 'the name or the password is wrong',
	'without a word on which of the two it is';
ok !$wrong->{headers}{'set-cookie'}, 'and without a cookie';
for my $case (
	['nobody', $password, 'an unknown account'],
	['gone', $mdash->user('gone'), 'a disabled account with its password'],
	['gone', 'not the password', 'a disabled account without it'],
	['Anna', $password, 'a name in other letters'],
	['anna ', $password, 'a name with a space'],
	["anna' OR '1'='1", $password, 'a name that is SQL'],
	['anna', $password . ' ', 'a password with a space'],
	['anna', uc $password, 'a password in other letters'],
	['anna', substr($password, 0, -1), 'a password that is cut'],
) {
	my ($name, $with, $what) = @$case;
	is_deeply saying(try($name, $with)), $wrong, "$what is answered just the same";
}

# As long for a name that is not there: the hash is computed in any case. In
# turns, and the least of several, since others use the machine, too: a name that
# is answered without a hash would be far from the other one however often it is
# tried.
$mdash->user('bert');
my (%least, $ratio);
for (1 .. 8) {
	$mdash->sql('DELETE FROM login_throttle');
	for my $name (('nobody', 'bert') x 4) {
		my $start = time;
		try($name, 'not the password');
		my $took = time - $start;
		$least{$name} = $took if $took < ($least{$name} // 1e9);
	}
	$ratio = $least{nobody} / $least{bert};
	last if $ratio > 0.5 && $ratio < 2;
}
ok $ratio > 0.5 && $ratio < 2,
	sprintf 'an unknown name takes as long as a known one (x %.2f)', $ratio;

# --- requests that are no sign-in -----------------------------------------------

my %good = (username => 'anna', password => $password);
for my $case (
	['no JSON', '{', 400, ''],
	['a list', '[]', 422, '#'],
	['a name twice', '{"username":"anna","username":"x","password":"y"}', 422, undef],
	['nothing', {}, 422, '#/username #/password'],
	['an unknown member', {%good, admin => JSON::PP::true}, 422, '#/admin'],
	['a number', {%good, password => 5}, 422, '#/password'],
	['an empty name', {%good, username => ''}, 422, '#/username'],
	['65 characters of name', {%good, username => 'a' x 65}, 422, '#/username'],
	['an empty password', {%good, password => ''}, 422, '#/password'],
	['257 characters of password', {%good, password => 'a' x 257}, 422, '#/password'],
	['a NUL', {%good, password => "a\0b"}, 422, undef],
	['1025 characters of address', {%good, returnTo => '/' x 1025}, 422, '#/returnTo'],
	['9 KB', {%good, returnTo => 'x' x 9000}, 413, ''],
	['100 KB', {%good, returnTo => 'x' x 100_000}, 413, ''],
) {
	my ($what, $body, $status, $pointers) = @$case;
	my $answer = $mdash->client->post('/auth/login', $body,
		'content-type' => 'application/json', origin => $mdash->origin);
	is $answer->{status}, $status, "$what is refused";
	is join(' ', map { $_->{pointer} } ($answer->{json}{errors} // [])->@*),
		$pointers, '  and where' if defined $pointers && $pointers ne '';
	is scalar cookies($answer), 0, '  without a cookie';
}
for my $type ('text/plain', 'application/x-www-form-urlencoded', '') {
	my $answer = $mdash->client->post('/auth/login', encode_json(\%good),
		'content-type' => $type, origin => $mdash->origin);
	is $answer->{status}, 415, "a body of type '$type' is refused";
}
for my $method (qw(GET HEAD PUT PATCH DELETE OPTIONS)) {
	my $answer = $mdash->client->request($method, '/auth/login',
		body => $method =~ /^P/ ? \%good : undef);
	is "$answer->{status} $answer->{headers}{allow}", '405 POST',
		"$method is none: 405, POST is allowed";
	is $answer->{content} // '', '', '  without a body' if $method eq 'HEAD';
	is scalar cookies($answer), 0, '  without a cookie';
}
$mdash->sql('DELETE FROM login_throttle');

# --- other sites ----------------------------------------------------------------

for my $case (
	[{origin => 'https://evil.example'}, 403],
	[{origin => 'null'}, 403],
	[{'sec-fetch-site' => 'cross-site'}, 403],
	[{'sec-fetch-site' => 'same-site'}, 403],
	[{'sec-fetch-site' => 'same-origin'}, 200],
) {
	my ($headers, $status) = @$case;
	my $answer = try('anna', $password, headers => $headers);
	is $answer->{status}, $status,
		join(': ', %$headers) . " is answered with $status";
	is scalar cookies($answer), $status == 200 ? 1 : 0, '  and the cookie to match';
}

# --- session fixation -----------------------------------------------------------

my $planted = '__Host-md_sid=' . ('A' x 36);
$answer = try('anna', $password, headers => {cookie => $planted});
my ($fresh) = (cookies($answer))[0] =~ /^([^;]+)/;
isnt $fresh, $planted, 'a cookie that was planted is not made a session';
is $mdash->client(cookie => $planted)->get('/api/v1/session')->{status}, 401,
	'and stays worthless';
$answer = try('anna', $password, headers => {cookie => $fresh});
my ($next) = (cookies($answer))[0] =~ /^([^;]+)/;
isnt $next, $fresh, 'signing in again gives another session';
is $mdash->client(cookie => $fresh)->get('/api/v1/session')->{status}, 401,
	'and ends the one before';
is $mdash->client(cookie => $next)->get('/api/v1/session')->{status}, 200,
	'which is not used again';

# --- a password that was given ----------------------------------------------------

is $mdash->mdash(qw(user create carla --must-change --password-stdin),
	\"given by somebody\n")->{status}, 0, 'an account with a password to change';
($cookie) = (cookies(try('carla', 'given by somebody')))[0] =~ /^([^;]+)/;
my $carla = $mdash->client(cookie => $cookie);
ok $carla->get('/api/v1/session')->{json}{mustChangePassword},
	'who signs in so is told';
is_deeply $carla->get('/api/v1/session')->{json}{scopes}, [], 'and may do nothing';
$answer = $carla->get('/api/v1/tokens');
is $answer->{status}, 403, 'everything else is refused';
is $answer->{json}{detail}, 'change your password first', 'with what to do';
is $carla->put('/api/v1/session/password',
	{current => 'given by somebody', new => 'my own long one'})->{status}, 204,
	'but for changing it';
is $carla->get('/api/v1/tokens')->{status}, 200, 'after which all is open';
ok !$carla->get('/api/v1/session')->{json}{mustChangePassword}, 'and nothing is asked';

# --- an account that is disabled while signed in ---------------------------------

is $carla->get('/api/v1/tokens')->{status}, 200, 'a session';
is $mdash->mdash(qw(user disable carla))->{status}, 0, 'is ended';
is $carla->get('/api/v1/tokens')->{status}, 401, 'by disabling its account';
is $mdash->mdash(qw(user enable carla))->{status}, 0, 'and enabling it again';
is $carla->get('/api/v1/tokens')->{status}, 401, 'does not revive it';

# --- how often one may try --------------------------------------------------------

$mdash->sql('DELETE FROM login_throttle');
sub statuses ($count, $name, $with, %options) {
	return join ' ', map { try($name, $with, %options)->{status} } 1 .. $count;
}

is statuses(6, 'anna', 'wrong'), '401 401 401 401 401 429',
	'an account takes five wrong passwords a minute, from wherever';
$answer = try('anna', $password);
is $answer->{status}, 429, 'then the right one is not tried either';
is $answer->{json}{type}, '/problems/too-many-requests', 'which is a problem';
like $answer->{headers}{'retry-after'}, qr/^(?:[1-9]|[1-5]\d|60)$/,
	'with the seconds to wait';
is scalar cookies($answer), 0, 'and no cookie';
is try('bert', $mdash->user('bert'))->{status}, 200, 'others sign in all the same';
is statuses(6, 'no-such-name', 'wrong'), '401 401 401 401 401 429',
	'a name that is not there is counted alike';

is statuses(20, 'anna', 'wrong'), join(' ', (429) x 20), 'trying on';
my $later = sub ($seconds) {
	$mdash->sql("UPDATE login_throttle SET since = since - interval '$seconds s'");
};
$later->(61);
is try('anna', $password)->{status}, 200, 'does not make the wait any longer';
is statuses(5, 'anna', 'wrong'), '401 401 401 401 401',
	'and a right password starts the count afresh';

$mdash->sql('DELETE FROM login_throttle');
is join(' ', map { try("name$_", 'wrong', address => '127.0.2.1')->{status} } 1 .. 6),
	'401 401 401 401 401 429', 'an address takes five for all names together';
is try('bert', $mdash->user('bert'), address => '127.0.2.1')->{status}, 429,
	'then it has to wait';
is try('bert', $mdash->user('bert'), address => '127.0.2.2')->{status}, 200,
	'and no other address';
$later->(61);
is join(' ', map { try('bert', $mdash->user('bert'), address => '127.0.2.1')
	->{status} } 1 .. 12), join(' ', (200) x 12),
	'signing in rightly is not counted, however often';

# All at a time.
$mdash->sql('DELETE FROM login_throttle');
my @pids = map {
	my $n = $_;
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		my $status = eval { try('bert', "guess $n", address => "127.0.3.$n")
			->{status} } // 0;
		POSIX::_exit($status == 401 ? 1 : $status == 429 ? 2 : 3);
	}
	$pid;
} 1 .. 20;
my %count;
for (@pids) {
	waitpid $_, 0;
	$count{$? >> 8}++;
}
is_deeply \%count, {1 => 5, 2 => 15}, 'of 20 guesses at once five are tried';

is $mdash->log_of('auth') =~ /no-such-name|not the password|wrong"/, '',
	'the log holds neither names nor passwords of what failed';

done_testing;
