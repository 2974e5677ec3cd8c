#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# mdash user and mdash token, as somebody who runs an installation calls them.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Test::More;

my $mdash = Mdash->new(areas => ['auth']);

sub signs_in ($name, $password) {
	return $mdash->client->post('/auth/login',
		{username => $name, password => $password},
		origin => $mdash->origin)->{status};
}

# Accounts.
my $made = $mdash->mdash(qw(user create root --role admin --random-password));
is $made->{status}, 0, 'an account with a random password';
like $made->{out}, qr/^[0-9A-Za-z]{20}\n$/, 'which alone is printed';
chomp(my $password = $made->{out});
is signs_in('root', $password), 200, 'and lets in';

$made = $mdash->mdash(qw(user create anna --team wallet --team pay
	--display), 'Anna 山田', '--password-stdin', \"correct horse battery\n");
is $made->{status}, 0, 'an account with a password from the input';
is $made->{out}, '', 'which is not printed';
is signs_in('anna', 'correct horse battery'), 200, 'lets in';
is_deeply [$mdash->sql("SELECT display_name, role, must_change_password FROM app_user WHERE name = 'anna'")],
	[['Anna 山田', 'viewer', 'f']], 'as it was asked for';
$made = $mdash->mdash(qw(user create odd --random-password --display), "a\x{202e}b");
is $made->{status}, 2, 'a name that is turned around is none';
like $made->{err}, qr/--display is one line/, '  as is said';

my $list = $mdash->mdash(qw(user list));
is $list->{status}, 0, 'accounts are listed';
like $list->{out}, qr/^anna +viewer +active +Anna 山田 +pay wallet$/m,
	'with role, state, name and teams';
unlike $list->{out}, qr/\$y\$/, 'without hashes';

$made = $mdash->mdash(qw(user create anna --random-password));
is $made->{status}, 1, 'a name that is taken is refused';
like $made->{err}, qr/user anna is there already/, 'and why';
is $made->{out}, '', 'without a password for nothing';
$made = $mdash->mdash(qw(user create short --password-stdin), \"too short\n");
is $made->{status}, 2, 'a short password is refused';
like $made->{err}, qr/12 to 256/, 'and why';
is $mdash->value("SELECT count(*) FROM app_user WHERE name = 'short'"), 0,
	'and nobody is made';
is $mdash->mdash(qw(user create cut --password-stdin --must-change),
	\"long enough, once\n")->{status}, 0, 'a password to be changed';
is $mdash->value("SELECT must_change_password FROM app_user WHERE name = 'cut'"),
	't', 'is marked as such';

is $mdash->mdash(qw(user team anna risk))->{status}, 0, 'teams are set';
is $mdash->value("SELECT string_agg(team, ' ') FROM app_user_team WHERE user_name = 'anna'"),
	'risk', 'in place of those before';
is $mdash->mdash(qw(user team anna))->{status}, 0, 'to none';
is $mdash->value("SELECT count(*) FROM app_user_team WHERE user_name = 'anna'"), 0,
	'as well';

my $anna = $mdash->client(cookie => do {
	my $answer = $mdash->client->post('/auth/login',
		{username => 'anna', password => 'correct horse battery'},
		origin => $mdash->origin);
	($answer->{headers}{'set-cookie'} // '') =~ /^([^;]+)/ ? $1 : '';
});
is $anna->get('/api/v1/session')->{status}, 200, 'a session';
is $mdash->mdash(qw(user password anna --password-stdin),
	\"another long secret\n")->{status}, 0, 'a new password';
is signs_in('anna', 'correct horse battery'), 401, 'ends the old one';
is signs_in('anna', 'another long secret'), 200, 'and lets in itself';
is $mdash->value("SELECT count(*) FROM session WHERE user_name = 'anna'"), 1,
	'all earlier sessions have ended';

is $mdash->mdash(qw(user disable anna))->{status}, 0, 'a disabled account';
is signs_in('anna', 'another long secret'), 401, 'may not sign in';
like $mdash->mdash(qw(user list))->{out}, qr/^anna +viewer +disabled/m,
	'and is listed so';
is $mdash->mdash(qw(user enable anna))->{status}, 0, 'enabled again';
is signs_in('anna', 'another long secret'), 200, 'it may';

for my $command ([qw(user disable)], [qw(user enable)], [qw(user team)],
	[qw(user password --random-password)]) {
	my $none = $mdash->mdash(@$command, 'nobody');
	is $none->{status}, 1, "@$command of an unknown account is refused";
	like $none->{err}, qr/there is no user nobody/, 'and says so';
	is $none->{out}, '', 'with nothing on stdout';
}

# Tokens.
$made = $mdash->mdash(qw(token create wallet-ci --team wallet --scope
	ingest:write --service pay-* --service wallet --days 30));
is $made->{status}, 0, 'a token';
like $made->{out}, qr/^mdc_[0-9A-Za-z]{36}\n$/, 'whose secret alone is printed';
like $made->{err}, qr/^token \d+ works until \d{4}-/, 'its number on the side';
my ($id) = $made->{err} =~ /^token (\d+)/;
is_deeply [$mdash->sql(<<"SQL")], [['ci', 'wallet-ci', 'wallet', '{ingest:write}', '{pay-*,wallet}', 'operator', 30]],
SELECT kind, name, team, scopes, services, created_by,
       round(extract(epoch FROM expires_at - now()) / 86400)
  FROM api_token
 WHERE id = $id
SQL
	'as it was asked for';
chomp(my $secret = $made->{out});
my $bearer = $mdash->client(token => $secret);
is $bearer->get('/api/v1/session')->{status}, 200, 'it is a key to the API';
unlike $mdash->value("SELECT string_agg(t::text, ' ') FROM api_token t"),
	qr/\Q$secret\E/, 'and nowhere in the database';

$made = $mdash->mdash(qw(token create laptop --kind personal --user anna
	--scope catalog:read));
like $made->{out}, qr/^mdp_/, 'a personal token';
is $mdash->mdash(qw(token create x --kind personal --user nobody --scope
	catalog:read))->{status}, 1, 'but not of somebody unknown';
is $mdash->mdash(qw(token create x --kind personal --scope catalog:read))
	->{status}, 2, 'or of nobody';
is $mdash->mdash(qw(token create x --scope ingest:write --team), "a\nb")->{status},
	2, 'or of a team that nothing can be called';
like $mdash->mdash(qw(token create tracker --kind system --scope todos:write
	--scope events:read))->{out},
	qr/^mds_/, 'a system token';

$list = $mdash->mdash(qw(token list));
like $list->{out}, qr/^$id +ci +active +\d{4}-\d\d-\d\d +wallet-ci +wallet +ingest:write on pay-\* wallet +/m,
	'tokens are listed';
unlike $list->{out}, qr/\Q$secret\E/, 'without secrets';
is $mdash->mdash('token', 'revoke', $id)->{status}, 0, 'a token is revoked';
like $mdash->mdash(qw(token list))->{out}, qr/^$id +ci +revoked/m,
	'and listed so';
is $mdash->mdash(qw(token revoke 999999))->{status}, 1,
	'an unknown one is refused';

# The wrong role, and no database.
{
	local $mdash->{environment} = {MDASH_DATABASE => $mdash->conninfo('mdash_app')};
	my $wrong = $mdash->mdash(qw(user list));
	is $wrong->{status}, 1, 'without the rights it is refused';
	like $wrong->{err}, qr/user=mdash_auth/, 'and says what to do';
	$mdash->{environment} = {MDASH_DATABASE => 'host=/nowhere user=x'};
	is $mdash->mdash(qw(user list))->{status}, 3,
		'without a database it is worth another try';
}

done_testing;
