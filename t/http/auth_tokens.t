#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# API tokens: who may make which, list, rotate and revoke them, what a draft may
# say, and what a token is worth once it is made.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Compress::Zlib qw(crc32);
use Digest::SHA qw(sha256_hex);
use Mdash;
use Mdash::Publish qw(publish spec);
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $admin = $mdash->sign_in('admin');
my $viewer = $mdash->sign_in('vera');
my $member = $mdash->sign_in('mila', teams => ['red']);

sub make ($who, %draft) {
	return $who->post('/api/v1/tokens', {kind => 'personal', name => 'a', %draft});
}

sub faults ($answer) {
	return join ' ', $answer->{status}, map { "$_->{pointer} $_->{code}" }
		($answer->{json}{errors} // [])->@*;
}

sub bearer ($answer) { return $mdash->client(token => $answer->{json}{secret}) }
sub id ($answer) { return $answer->{json}{token}{id} }
sub session ($client) { return $client->get('/api/v1/session') }

# Like a real one, checksum and all; known to nobody.
sub forged ($prefix) {
	my @alphabet = (0 .. 9, 'A' .. 'Z', 'a' .. 'z');
	my $text = $prefix . join '', map { $alphabet[rand 62] } 1 .. 30;
	my $crc = crc32($text);
	my $check = '';
	for (1 .. 6) {
		$check = $alphabet[$crc % 62] . $check;
		$crc = int($crc / 62);
	}
	return $text . $check;
}

# --- making one -----------------------------------------------------------------

my $made = make($viewer, name => 'my laptop');
is $made->{status}, 201, 'a viewer makes a token' or diag $made->{content};
my $secret = $made->{json}{secret};
like $secret, qr/^mdp_[0-9A-Za-z]{36}$/, 'whose prefix says that it is personal';
is $made->{headers}{'cache-control'}, 'no-store', 'in an answer that is not stored';
my $token = $made->{json}{token};
my ($created, $expires) = delete $token->@{qw(createdAt expiresAt)};
my $number = delete $token->{id};
is_deeply $token, {kind => 'personal', name => 'my laptop', owner => 'vera',
	hint => substr($secret, 0, 8) . '…', team => undef, services => [],
	scopes => [qw(catalog:read events:read)], createdBy => 'user:vera',
	lastUsedAt => undef, lastUsedFrom => undef, revokedAt => undef,
	rotatedFrom => undef, state => 'active'}, 'the rest can be shown to anybody';
is $mdash->value("SELECT '$expires'::timestamptz - '$created'"), '90 days',
	'it lives 90 days';
is $mdash->value("SELECT encode(secret_sha256, 'hex') FROM api_token WHERE id = $number"),
	sha256_hex($secret), 'the database keeps a digest';
is session(bearer($made))->{json}{subject}, "token:my laptop#$number",
	'and it is a key to the API';
is_deeply [sort grep { /mdp_/ } map { @$_ } $mdash->sql(
	"SELECT detail::text FROM audit WHERE action = 'token.create'")], [],
	'the audit log has it without its secret';

my %days = (1 => '1 day', 365 => '365 days');
for my $days (1, 365) {
	my $token = make($viewer, days => $days)->{json}{token};
	is $mdash->value("SELECT '$token->{expiresAt}'::timestamptz - '$token->{createdAt}'"),
		$days{$days}, "it may live $days{$days}";
	is $token->{state}, $days == 1 ? 'expiring' : 'active', '  and says how it is';
}

# --- what a draft may say ----------------------------------------------------------

my %ci = (kind => 'ci', team => 'red');
for my $case (
	['no kind', {kind => undef}, '422 #/kind required'],
	['another kind', {kind => 'root'}, '422 #/kind enum'],
	['no name', {name => ''}, '422 #/name too-short'],
	['101 characters of name', {name => 'n' x 101}, '422 #/name too-long'],
	['a name of two lines', {name => "a\nb"}, '422 #/name format'],
	['a name with a tab', {name => "a\tb"}, '422 #/name format'],
	['a name with an escape', {name => "a\eb"}, '422 #/name control-character'],
	['a number as name', {name => 5}, '422 #/name type'],
	['no days', {days => 0}, '422 #/days range'],
	['366 days', {days => 366}, '422 #/days range'],
	['half a day', {days => 0.5}, '422 #/days type'],
	['days as text', {days => '5'}, '422 #/days type'],
	['a team of a personal one', {team => 'red'}, '422 #/team unexpected'],
	['a team with a space', {%ci, team => 'r d'}, '422 #/team format'],
	['a team of two lines', {%ci, team => "r\nX-MD-Scopes: admin"}, '422 #/team format'],
	['a team with a line end', {%ci, team => "r\nd"}, '422 #/team format'],
	['a team with a tab', {%ci, team => "r\td"}, '422 #/team format'],
	['no team', {%ci, team => ''}, '422 #/team too-short'],
	['64 characters of team', {%ci, team => 't' x 64}, '422 #/team too-long'],
	['an unknown scope', {scopes => ['root']}, '422 #/scopes/0 enum'],
	['the scope of admins', {scopes => ['admin']}, '422 #/scopes/0 enum'],
	['the scope of sessions', {scopes => ['tokens:self']}, '422 #/scopes/0 enum'],
	['a scope twice', {scopes => [('events:read') x 2]}, '422 #/scopes/1 duplicate'],
	['scopes as text', {scopes => 'events:read'}, '422 #/scopes type'],
	['eleven scopes', {scopes => [('events:read') x 11]}, '422 #/scopes too-many'],
	['ingest of a system', {kind => 'system', scopes => ['ingest:write']},
		'422 #/scopes/0 enum'],
	['a glob with a space', {%ci, services => ['a b']}, '422 #/services/0 format'],
	['a glob with a dot', {%ci, services => ['a', 'b.c']}, '422 #/services/1 format'],
	['an empty glob', {%ci, services => ['']}, '422 #/services/0 too-short'],
	['64 characters of glob', {%ci, services => ['a' x 64]}, '422 #/services/0 format'],
	['51 globs', {%ci, services => [map { "a$_" } 1 .. 51]}, '422 #/services too-many'],
	['an unknown member', {owner => 'admin'}, '422 #/owner unknown'],
	['all at a time', {kind => 'x', name => '', days => 0},
		'422 #/kind enum #/name too-short #/days range'],
) {
	my ($what, $draft, $faults) = @$case;
	is faults(make($admin, %$draft)), $faults, "$what is refused";
}
is make($admin, %ci, name => 'n' x 100, team => '赤組', services => ['a' x 63, '*'],
	scopes => [qw(catalog:read events:read ingest:validate ingest:write)])->{status},
	201, 'up to the limits all is fine';
is faults($admin->post('/api/v1/tokens', '{', 'content-type' => 'application/json'))
	=~ s/ .*//r, 400, 'no JSON is a bad request';
is $admin->post('/api/v1/tokens', '{}', 'content-type' => 'text/plain')->{status}, 415,
	'another type is not taken';
is $admin->post('/api/v1/tokens', {name => 'x' x 40_000})->{status}, 413,
	'32 KB are enough';

# --- who may make which ------------------------------------------------------------

my @write = (scopes => ['ingest:write']);
for my $case (
	['vera', $viewer, {kind => 'ci'}, 403, {role => 'admin'}],
	['vera', $viewer, {%ci}, 403, {team => 'red', role => 'admin'}],
	['vera', $viewer, {kind => 'system'}, 403, {role => 'admin'}],
	['vera', $viewer, {@write}, 403, {role => 'admin'}],
	['mila of red', $member, {kind => 'ci'}, 403, {role => 'admin'}],
	['mila of red', $member, {%ci}, 201],
	['mila of red', $member, {%ci, team => 'blue'}, 403, {team => 'blue', role => 'admin'}],
	['mila of red', $member, {%ci, team => 're'}, 403, {team => 're', role => 'admin'}],
	['mila of red', $member, {kind => 'system'}, 403, {role => 'admin'}],
	['mila of red', $member, {kind => 'system', team => 'red'}, 403, {role => 'admin'}],
	['mila of red', $member, {@write}, 201],
	['an admin', $admin, {kind => 'ci'}, 201],
	['an admin', $admin, {%ci}, 201],
	['an admin', $admin, {kind => 'system'}, 201],
	['an admin', $admin, {kind => 'system', team => 'red'}, 201],
	['an admin', $admin, {@write}, 201],
) {
	my ($name, $who, $draft, $status, $needs) = @$case;
	my $what = join ' ', map { ref $draft->{$_} ? $draft->{$_}[0] : $draft->{$_} }
		sort keys %$draft;
	my $answer = make($who, %$draft);
	is $answer->{status}, $status, "$name asks for ($what): $status"
		or diag $answer->{content};
	is_deeply $answer->{json}{needs}, $needs, '  and who could' if $needs;
}
my %prefix = (ci => 'mdc_', system => 'mds_', personal => 'mdp_');
for my $kind (sort keys %prefix) {
	my $made = make($admin, kind => $kind, scopes => ['events:read']);
	like $made->{json}{secret}, qr/^$prefix{$kind}/, "a $kind token begins so";
	my $bearer = bearer($made);
	for my $call (['GET', '/api/v1/tokens'], ['POST', '/api/v1/tokens'],
		['DELETE', "/api/v1/tokens/$number"],
		['POST', "/api/v1/tokens/$number/rotate"]) {
		is $bearer->request(@$call)->{status}, 403,
			"  and can do nothing with tokens: $call->[0]";
	}
}
is_deeply session(bearer(make($member, @write)))->{json}{teams}, ['red'],
	'a personal token has the teams of its owner';
is session(bearer(make($admin)))->{json}{role}, 'viewer',
	'and is less than an admin, whose it is';

# --- the list -----------------------------------------------------------------------

sub names ($who) {
	my $list = $who->get('/api/v1/tokens');
	unlike $list->{content}, qr/md[pcs]_[0-9A-Za-z]{5,}/, 'a list holds no secret';
	return join ' ', map { $_->{name} } $list->{json}{items}->@*;
}
$mdash->sql('DELETE FROM api_token');
my %id = map { $_->[0] => id(make($_->[1], name => $_->[0], $_->[2]->%*)) } (
	['v', $viewer, {}], ['m', $member, {}], ['r', $member, {%ci}],
	['b', $admin, {kind => 'ci', team => 'blue'}], ['s', $admin, {kind => 'system'}]);
is names($viewer), 'v', 'a viewer sees the own ones';
is names($member), 'r m', 'a member those of the team, too, the newest first';
is names($admin), 's b r m v', 'an admin all of them';
$mdash->sql("UPDATE api_token SET expires_at = now() - interval '31 d'
	WHERE id = $id{s}");
$mdash->sql("UPDATE api_token SET revoked_at = now() - interval '29 d'
	WHERE id = $id{b}");
is names($admin), 'b r m v', 'for 30 days after it has ended';
$mdash->sql('UPDATE api_token SET revoked_at = NULL');

# --- revoking -------------------------------------------------------------------------

sub revoke ($who, $id) { return $who->delete("/api/v1/tokens/$id") }
my $foreign = revoke($member, $id{v});
is $foreign->{status}, 403, 'nobody revokes the token of another person';
is_deeply $foreign->{json}{needs}, {role => 'admin'}, '  but an admin';
$foreign = revoke($member, $id{b});
is $foreign->{status}, 403, 'or of another team';
is_deeply $foreign->{json}{needs}, {team => 'blue', role => 'admin'},
	'  but its members or an admin';
is revoke($member, $id{s})->{status}, 403, 'or of another system';
is revoke($member, $_)->{status}, 404, "there is no token $_"
	for 0, 999_999, -1, 'x', '1x', '9' x 30;
my %bearer = map { $_->[0] => bearer(make($_->[1], name => $_->[0], $_->[2]->%*)) } (
	['own', $viewer, {}], ['team', $admin, {%ci}], ['any', $viewer, {}]);
my %number = map { $_->{name} => $_->{id} }
	$admin->get('/api/v1/tokens')->{json}{items}->@*;
for my $case (['own', $viewer], ['team', $member], ['any', $admin]) {
	my ($name, $who) = @$case;
	is revoke($who, $number{$name})->{status}, 204, "$name: is revoked";
	my $answer = session($bearer{$name});
	is $answer->{status}, 401, '  and lets nobody in';
	is $answer->{json}{detail}, 'the token was revoked', '  and says why';
}
my $when = $mdash->value("SELECT revoked_at FROM api_token WHERE id = $number{own}");
is revoke($viewer, $number{own})->{status}, 204, 'revoking twice does no harm';
is $mdash->value("SELECT revoked_at FROM api_token WHERE id = $number{own}"), $when,
	'and does not change when it was';

# --- rotating -------------------------------------------------------------------------

sub rotate ($who, $id) { return $who->post("/api/v1/tokens/$id/rotate") }
sub hours ($id, $column = 'expires_at - now()') {
	return $mdash->value("SELECT round(extract(epoch FROM $column) / 3600, 1)
		FROM api_token WHERE id = $id");
}
my $old = make($member, %ci, name => 'build', days => 30, services => ['acme-*'],
	scopes => [qw(ingest:write catalog:read)]);
is rotate($viewer, id($old))->{status}, 403, 'nobody rotates the token of another team';
my $new = rotate($member, id($old));
is $new->{status}, 201, 'a member does';
my %same = (kind => 'ci', name => 'build', team => 'red', services => ['acme-*'],
	scopes => [qw(ingest:write catalog:read)], state => 'active',
	rotatedFrom => id($old));
is_deeply {map { $_ => $new->{json}{token}{$_} } keys %same}, \%same,
	'its successor may do the same';
isnt $new->{json}{secret}, $old->{json}{secret}, 'by another secret';
is hours(id($new), 'expires_at - created_at'), '720.0', 'for as long as it from now';
is hours(id($old)), '24.0', 'the old one goes on for 24 hours';
is session(bearer($_))->{status}, 200, 'meanwhile both work' for $old, $new;
is rotate($member, id($old))->{status}, 409, 'it has one successor';
is rotate($member, id($new))->{status}, 201, 'which has one in turn';
$mdash->sql('UPDATE api_token SET expires_at = now() WHERE id = ' . id($old));
sleep 0.01;

my $short = make($viewer);
$mdash->sql("UPDATE api_token SET expires_at = now() + interval '1 h' WHERE id = "
	. id($short));
is rotate($viewer, id($short))->{status}, 201, 'one that ends in an hour is rotated';
is hours(id($short)), '1.0', 'and ends in an hour all the same';
is rotate($viewer, id($old))->{status}, 403, 'a foreign one stays so when it has ended';
is rotate($member, id($old))->{status}, 409, 'one that has ended has no successor';
is rotate($member, $number{team})->{status}, 409, 'nor has one that was revoked';
is rotate($member, 999_999)->{status}, 404, 'nor one that is not there';

my $raced = id(make($viewer));
my @pids = map {
	my $pid = fork // die "fork: $!";
	POSIX::_exit(rotate($viewer, $raced)->{status} == 201 ? 1 : 2) if $pid == 0;
	$pid;
} 1 .. 8;
my $won = grep { waitpid $_, 0; $? >> 8 == 1 } @pids;
is $won, 1, 'of eight who rotate it at once one does';
is $mdash->value("SELECT count(*) FROM api_token WHERE rotated_from = $raced"), 1,
	'and it has one successor';

is_deeply [map { $_->[0] } $mdash->sql("SELECT DISTINCT action FROM audit ORDER BY 1")],
	[qw(token.create token.revoke token.rotate user.create)],
	'the audit log has it all';
is $mdash->value("SELECT subject FROM audit WHERE action = 'token.rotate'
	AND object = 'token:$raced'"), 'user:vera', 'with who did it';

# --- what it is worth --------------------------------------------------------------------

$secret = make($viewer)->{json}{secret};
my $unknown = 'the token is not known here';
my $malformed = 'this is no token of mdash, or it was cut or mistyped';
for my $case (
	['a forged one', forged('mdp_'), $unknown],
	['of another kind', $secret =~ s/^mdp/mdc/r, $malformed],
	['of no kind', forged('mdx_'), $malformed],
	['without a prefix', forged(''), $malformed],
	['of one character less', substr($secret, 0, -1), $malformed],
	['of one character more', $secret . '0', $malformed],
	['in other letters', lc $secret, $malformed],
	['that is empty', ' ', 'send the token as Authorization: Bearer …'],
	['that is long', 'mdp_' . ('A' x 4000), $malformed],
) {
	my ($what, $text, $detail) = @$case;
	my $answer = session($mdash->client(token => $text));
	is $answer->{status}, 401, "a token $what is refused";
	is $answer->{json}{detail}, $detail, '  with the reason';
}
my @mistyped = map {
	my $text = $secret;
	substr($text, $_, 1) = substr($text, $_, 1) eq 'q' ? 'Q' : 'q';
	$text;
} 4 .. 39;
is scalar(grep { session($mdash->client(token => $_))->{json}{detail} ne $malformed }
	@mistyped), 0, 'each mistyped character is noticed without the database';

my $bearer = $mdash->client(token => $secret, address => '127.0.5.1');
sub used {
	my ($row) = $mdash->sql("SELECT extract(epoch FROM now() - used_at)::int, used_from
		FROM api_token WHERE encode(secret_sha256, 'hex') = '"
		. sha256_hex($secret) . "'");
	return $row;
}
is used()->[0], undef, 'one that was never used says so';
session($bearer);
cmp_ok used()->[0], '<', 5, 'then when it was';
is used()->[1], '127.0.5.1', 'and from where';
my $aged = sub ($seconds) {
	$mdash->sql("UPDATE api_token SET used_at = now() - interval '$seconds s'");
};
$aged->(50);
session($bearer);
cmp_ok used()->[0], '>=', 50, 'which is not written within the minute';
$aged->(70);
session($bearer);
cmp_ok used()->[0], '<', 5, 'but after it';
my ($listed) = grep { $_->{lastUsedFrom} } $viewer->get('/api/v1/tokens')->{json}{items}->@*;
like $listed->{lastUsedAt} // '', qr/^20\d\d-\d\d-\d\dT/, 'the list tells it';

# --- for which services ----------------------------------------------------------------

my $acme = bearer(make($admin, kind => 'ci', services => ['acme-*'], @write));
is publish($acme, 'acme-pay', spec('acme-pay'))->{status}, 200,
	'a token for some services publishes those';
is publish($acme, 'other', spec('other'))->{status}, 403, 'and no others';

# --- how soon it ends ----------------------------------------------------------------------

# Both processes of the gate have seen all of these; what ends them is done past
# the gate, by hand or by an admin on the command line. A token that expires is
# not trusted a moment longer.
my %ending = (
	'a revoked token' => bearer(make($viewer, name => 'revoked')),
	'a token of a disabled account' => bearer(make($member)),
	'a session of a disabled account' => $member,
	'a session that was ended' => $mdash->sign_in('vera'),
);
my $open = '/api/v1/failed-publishes';
sub refused ($client) { return $client->get($open)->{status} == 401 }
my $brief = make($viewer, name => 'brief');
$mdash->sql("UPDATE api_token SET expires_at = now() + interval '3 s' WHERE id = "
	. id($brief));
is join(' ', map { bearer($brief)->get($open)->{status} } 1 .. 4), '200 200 200 200',
	'the gate lets in who has three seconds left';
for my $client (values %ending) {
	is join(' ', map { $client->get($open)->{status} } 1 .. 12),
		join(' ', (200) x 12), 'the gate lets it in';
}
is $mdash->mdash('token', 'revoke', $mdash->value(
	"SELECT id FROM api_token WHERE name = 'revoked'"))->{status}, 0, 'revoked';
is $mdash->mdash(qw(user disable mila))->{status}, 0, 'disabled';
$mdash->sql("DELETE FROM session WHERE user_name = 'vera'");
my $start = time;
my %ended;
while (keys %ended < keys %ending && time - $start < 10) {
	for my $what (keys %ending) {
		$ended{$what} //= time - $start
			if !grep { !refused($ending{$what}) } 1 .. 6;
	}
	sleep 0.1;
}
for my $what (sort keys %ending) {
	my $took = $ended{$what} // 99;
	cmp_ok $took, '<', 6, sprintf '%s is refused everywhere after %.1f s', $what, $took;
	ok refused($ending{$what}), '  and stays so';
}
is $ending{'a token of a disabled account'}->get($open)->{json}{detail},
	'the account of the token is disabled', 'with the reason';
my $past = bearer($brief)->get($open);
is $past->{json}{detail}, 'the token has expired', 'as has one that ran out';

done_testing;
