#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Passwords, tokens, cookies and keys of webhooks go through every flow, rightly and wrongly, with
# a database that fails in between; then they are looked for in all that is left:
# logs, sockets' folder, nginx's files, metrics, a dump of the database.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Digest::SHA qw(sha256_hex);
use File::Find;
use MIME::Base64 qw(decode_base64 encode_base64);
use Mdash;
use Mdash::Cluster;
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(spec);
use Mdash::Receiver;
use Test::More;

my $receiver = Mdash::Receiver->new(Mdash::Place->new, 'receiver');
my $mdash = Mdash->new(worker => 1, settings => {gate_cache_ms => 0, webhook_allow => '127.0.0.1',
	webhook_schemes => 'http', webhook_ports => $receiver->port});
my $origin = $mdash->origin;

# name => text; those that were used.
my %secret;
my $count = 0;
sub canary ($name, $text = undef) {
	return $secret{$name} = $text // 'Canary' . join('', map { ('a' .. 'z')[rand 26] } 1 .. 20)
		. ++$count;
}

my $address = 0;
sub client (%who) {
	return $mdash->client(address => '127.0.7.' . ++$address, %who);
}
sub login ($name, $password, %headers) {
	my $answer = client()->post('/auth/login', {username => $name, password => $password},
		origin => $origin, %headers);
	return $answer if $answer->{status} != 200;
	my ($cookie) = $answer->{headers}{'set-cookie'} =~ /^([^;]+)/;
	canary('session ' . ++$count, $cookie =~ s/.*=//r);
	return client(cookie => $cookie);
}

# --- accounts and sessions -------------------------------------------------------

my $password = canary('a password');
is $mdash->mdash(qw(user create anna --role admin --team red --password-stdin),
	\"$password\n")->{status}, 0, 'an account';
my $random = $mdash->mdash(qw(user create bert --random-password));
canary('a random password', $random->{out} =~ s/\n//r);
is $mdash->mdash(qw(user create anna --password-stdin),
	\(canary('a password of a name that is taken') . "\n"))->{status}, 1, 'is there once';
is $mdash->mdash(qw(user create cut --password-stdin), \'Canary')->{status}, 2,
	'a short password is refused';

my $anna = login('anna', $password);
is $anna->get('/api/v1/session')->{status}, 200, 'signing in';
is login('anna', canary('a wrong password'))->{status}, 401, 'with a wrong password';
is login(canary('a password as name'), 'anna')->{status}, 401,
	'with the password in the field of the name';
is client()->post('/auth/login', '{"username":"anna","password":"' . canary('cut JSON'),
	'content-type' => 'application/json')->{status}, 400, 'with JSON that is cut';
is client()->post('/auth/login', {username => 'anna', password => $password,
	canary('a member') => canary('its value')})->{status}, 422, 'with too much';
is client()->post('/auth/login', {username => 'anna', password => canary('a long one',
	'Canary' . 'x' x 300)})->{status}, 422, 'with too long a password';
is client()->post('/auth/login', 'username=anna&password=' . canary('a form'),
	'content-type' => 'application/x-www-form-urlencoded')->{status}, 415, 'by a form';
is client()->get('/auth/login?username=anna&password=' . canary('a query'))->{status}, 405,
	'by the address';
is login('anna', $password, origin => 'https://evil.example')->{status}, 403,
	'from elsewhere';
my @tries = map { client(address => '127.0.8.1')->post('/auth/login',
	{username => 'bert', password => canary("guess $_")})->{status} } 1 .. 7;
is $tries[-1], 429, 'too often';

my $new = canary('a new password');
is $anna->put('/api/v1/session/password', {current => canary('a wrong current one'),
	new => $new})->{status}, 422, 'changing the password wrongly';
is $anna->put('/api/v1/session/password', {current => $password, new => $new})->{status},
	204, 'and rightly';
my $gone = login('anna', $new);
is $gone->post('/auth/logout')->{status}, 204, 'signing out';
is $gone->get('/api/v1/session')->{status}, 401, 'and still using the cookie';
is client(cookie => '__Host-md_sid=' . canary('a forged cookie'))->get('/api/v1/session')
	->{status}, 401, 'using another one';
is client(cookie => "$anna->{cookie}; $anna->{cookie}")->get('/api/v1/session')->{status},
	401, 'or the same twice';
is $mdash->mdash(qw(user password bert --password-stdin),
	\(canary('a password set by an operator') . "\n"))->{status}, 0, 'an operator sets one';

# --- tokens -------------------------------------------------------------------------

sub make (%draft) {
	return $anna->post('/api/v1/tokens', {kind => 'ci', name => 'x',
		scopes => [qw(ingest:write catalog:read)], %draft});
}
my $made = make();
canary('a token', $made->{json}{secret});
my $ci = client(token => $secret{'a token'});
is $ci->put('/api/v1/ingest/services/pay', spec('pay'), 'content-type' => 'application/yaml')
	->{status}, 200, 'publishing with a token';
my $rotated = $anna->post("/api/v1/tokens/$made->{json}{token}{id}/rotate");
canary('its successor', $rotated->{json}{secret});
is client(token => $rotated->{json}{secret})->get('/api/v1/services')->{status}, 200,
	'with its successor';
canary('a token of the command', $mdash->mdash(qw(token create y --scope ingest:write))
	->{out} =~ s/\n//r);
is $anna->delete("/api/v1/tokens/$made->{json}{token}{id}")->{status}, 204, 'revoked';
is $ci->get('/api/v1/session')->{status}, 401, 'a revoked token';
is client(token => canary('no token'))->get('/api/v1/services')->{status}, 401, 'none';
is client(token => canary('a token that was mistyped',
	$secret{'its successor'} =~ s/.$/0/r =~ s/^mdc_./mdc_0/r))->get('/api/v1/services')
	->{status}, 401, 'a mistyped one';
my $basic = encode_base64('anna:' . canary('a password for Basic'), '');
is client()->get('/api/v1/services', authorization => 'Basic ' . canary('Basic', $basic))
	->{status}, 401, 'a password where a token belongs';
is client()->get('/api/v1/services?token=' . canary('a token in the query'))->{status}, 401,
	'a token in the query';
is client()->get('/', referer => "$origin/?token=" . canary('a referer'),
	'x-api-key' => canary('a header of another product'))->{status} < 500, 1,
	'a secret in other headers';
{
	local $ENV{MDASH_URL} = $origin;
	local $ENV{MDASH_TOKEN} = canary('a token of the environment');
	my $file = $mdash->dir . '/pay.yaml';
	open my $out, '>', $file or die $!;
	print $out spec('pay');
	close $out;
	my $said = $mdash->mdash('publish', $file);
	isnt $said->{status}, 0, 'a command with a token that is none';
	unlike "$said->{out}$said->{err}", qr/\Q$ENV{MDASH_TOKEN}\E/, '  which it does not repeat';
	local $ENV{MDASH_URL} = 'http://127.0.0.1:1';
	$said = $mdash->mdash('publish', '--tries', '1', $file);
	isnt $said->{status}, 0, 'and without a server';
	unlike "$said->{out}$said->{err}", qr/\Q$ENV{MDASH_TOKEN}\E/, '  it does neither';
}

# --- keys of webhooks ----------------------------------------------------------------

# As they are told, and as they are kept.
my @keys;
sub key ($name, $answer) {
	my $text = canary($name, $answer->{json}{secret});
	push @keys, canary("$name, its bytes", unpack 'H*', decode_base64($text =~ s/^whsec_//r));
	canary("$name, without what it begins with", $text =~ s/^whsec_//r);
	return;
}
my %hook = (name => 'one', url => $receiver->url('/200'), types => ['service.*']);
my $hook = $anna->post('/api/v1/webhooks', \%hook);
key('a key of a webhook', $hook);
my $hook_path = "/api/v1/webhooks/$hook->{json}{webhook}{id}";
key('its successor key', $anna->post("$hook_path/rotate"));
my @answers = map { $_->{content} // '' }
	$anna->post('/api/v1/webhooks', \%hook),
	$anna->post('/api/v1/webhooks', {%hook, name => 'x', secret => $secret{'a key of a webhook'}}),
	$anna->request('PATCH', $hook_path, body => {types => ['*']}, headers => {'if-match' => '"1"'}),
	$anna->post("$hook_path/test");
is client(token => $secret{'its successor'})->put('/api/v1/ingest/services/hooked', spec('hooked'),
	'content-type' => 'application/yaml')->{status}, 200, 'something happens';
ok wait_until(20, sub { $receiver->requests('/200') >= 2 }), 'which is told, signed';
push @answers, map { $_->{content} } $anna->get('/api/v1/webhooks'), $anna->get($hook_path),
	$anna->get("$hook_path/deliveries"), $anna->get('/api/v1/events?limit=500');
like "@answers", qr/webhook\.test/, '  and shown';
# Its audit row cannot be written, so neither can the key.
my $audit = 'EXECUTE ON FUNCTION audit_append(jsonb, text, text, text, jsonb)';
$mdash->sql("REVOKE $audit FROM mdash_app");
is $anna->post("$hook_path/rotate")->{status}, 500, 'no key can be made';
$mdash->sql("GRANT $audit TO mdash_app");

# --- with a database that fails -----------------------------------------------------

# The statement that fails carries the secret, and the server logs statements.
$mdash->sql('REVOKE INSERT ON session, api_token FROM mdash_auth;
	REVOKE UPDATE ON app_user FROM mdash_auth;
	REVOKE SELECT ON api_token FROM mdash_auth');
is login('anna', $new)->{status}, 500, 'no session can be stored';
is make()->{status}, 500, 'no token either';
is $anna->put('/api/v1/session/password', {current => $new,
	new => canary('a password that cannot be stored')})->{status}, 500, 'nor a password';
is client(token => $secret{'its successor'})->get('/api/v1/session')->{status}, 503,
	'and none be looked up';
$mdash->sql('GRANT INSERT ON session, api_token TO mdash_auth;
	GRANT UPDATE ON app_user TO mdash_auth; GRANT SELECT ON api_token TO mdash_auth');

# The gate and the handlers gone in the midst of it.
$mdash->stop('services');
is $anna->get('/api/v1/services')->{status}, 503, 'without a handler';
$mdash->stop('auth');
is login('anna', canary('a password without a gate'))->{status}, 503, 'without the gate';
is $anna->get('/api/v1/services')->{status}, 503, 'nothing works';
$mdash->start($_) for qw(auth services);
$mdash->wait_ready;
my (undef, $metrics) = $mdash->internal('/metrics');
$mdash->stop($_) for qw(nginx auth services apis jobs ingest worker); # so that all is written

# --- where are they? --------------------------------------------------------------------

my %left = (metrics => $metrics, answers => join("\n", @answers),
	deliveries => join "\n", map { "$_->{body} " . join ' ', $_->{headers}->%* } $receiver->requests);
find({no_chdir => 1, wanted => sub {
	return if !-f || /\.yaml$/;
	open my $in, '<:raw', $_ or die "$_: $!";
	local $/;
	$left{$_} = <$in> // '';
}}, map { "$mdash->{$_}" } qw(log run state nginx));
open my $dump, '-|', Mdash::Cluster::bindir() . '/pg_dump', '-d',
	$mdash->conninfo('mdash_owner') or die "pg_dump: $!";
$left{'the dump'} = do { local $/; <$dump> };
close $dump or die "pg_dump failed\n";
# Deliveries are signed with them, so the database has them, in one place.
ok $left{'the dump'} =~ s/^(COPY public\.webhook_secret .*?^\\\.$)//ms, 'the dump has the keys of webhooks';
my $kept = $1;
like $kept, qr/$_/, '  each of them' for @keys;
# The server's log is shared by all files of a run; only ours holds our secrets.
my ($server_log) = glob $mdash->{place}->dir . '/pg.log';
open my $in, '<:raw', $server_log or die "$server_log: $!";
$left{'the log of PostgreSQL'} = do { local $/; <$in> };

# First that looking finds anything at all.
ok((grep { m{/access\.log$} && $left{$_} =~ m{"path":"/auth/login"} } keys %left),
	'the access log was looked at');
like $left{"$mdash->{log}/auth.log"} // '', qr/"login\.done"/, 'and the log of the gate';
like $left{"$mdash->{log}/nginx.log"} // '', qr/\bauth\.sock\b/, 'and that of nginx';
like $left{'the log of PostgreSQL'}, qr/permission denied for table session/,
	'and that of the database';
like $left{'the dump'}, qr/${\sha256_hex($secret{'its successor'})}/,
	'and the dump, which has the digest of a token';
like $left{'the dump'}, qr/\$y\$/, 'and the hash of a password';
cmp_ok scalar keys %secret, '>', 35, 'there are ' . keys(%secret) . ' secrets';

for my $name (sort keys %secret) {
	my $text = $secret{$name};
	my @spellings = ($text, encode_base64($text, '') =~ s/=+$//r,
		unpack('H*', $text), scalar reverse $text);
	my $any = join '|', map { quotemeta } @spellings, substr($text, 0, 14);
	is join(' ', grep { $left{$_} =~ /$any/ } sort keys %left), '', "$name is nowhere";
}

done_testing;
