#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Who may publish what: scopes, teams, service globs; and what a refusal says.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Test::More;
use Mdash;
use Mdash::Publish qw(dry marks moved publish publish_set result spec);

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $admin = $mdash->sign_in('admin');
my $any = $mdash->token(scopes => ['ingest:write']);
my $red = $mdash->token(scopes => ['ingest:write'], team => 'red');
my $acme = $mdash->token(scopes => ['ingest:write'], services => ['acme-*', 'one']);
my $validate = $mdash->token(scopes => ['ingest:validate']);
my $viewer = $mdash->sign_in('viewer');

sub refused ($answer, $needs, $name) {
	is $answer->{status}, 403, "$name: 403" or diag $answer->{content};
	is_deeply $answer->{json}{needs}, $needs, '  and says what it needs';
	return;
}

# --- scopes ------------------------------------------------------------------

is publish($validate, 'v', spec('vv'))->{status}, 403,
	'a token that may only validate does not publish';
my $answer = publish($validate, 'vv', spec('vv'));
refused($answer, {scope => 'ingest:write'}, 'a real run with ingest:validate');
is result(dry(\&publish, $validate, 'vv', spec('vv'))), '200 created vv 1',
	'but may try it out';
is dry(\&publish, $validate, 'vv', "serviceID: vv\ntier: 9\n")->{status}, 422,
	'and sees the faults';
is publish($viewer, 'vv', spec('vv'))->{status}, 403, 'a viewer may not publish';
is dry(\&publish, $viewer, 'vv', spec('vv'))->{status}, 403,
	'and not try it out';
is result(publish($admin, 'vv', spec('vv'))), '200 created vv 1', 'an admin may';

# --- teams -------------------------------------------------------------------

is result(publish($red, 'red-1', spec('red-1', teamName => 'red'))),
	'200 created red-1 1', 'a token of a team creates a service of it';
my $before = marks($mdash);
refused(publish($red, 'blue-1', spec('blue-1', teamName => 'blue')),
	{team => 'blue'}, 'a service of another team');
is publish($red, 'none-1', spec('none-1', teamName => undef))->{status}, 403,
	'a service without a team';
publish($any, 'blue-1', spec('blue-1', teamName => 'blue'));
refused(publish($red, 'blue-1', spec('blue-1', teamName => 'red')),
	{team => 'blue'}, 'taking the service of another team');
refused(publish($red, 'blue-1', spec('blue-1', teamName => 'blue')),
	{team => 'blue'}, 'an unchanged publish of it');
refused(dry(\&publish, $red, 'blue-1', spec('blue-1', teamName => 'red')),
	{team => 'blue'}, 'trying it out');
is result(publish($red, 'red-1', spec('red-1', teamName => 'blue'))),
	'200 updated red-1 2', 'a team may hand its own service over';
refused(publish($red, 'red-1', spec('red-1', teamName => 'red')),
	{team => 'blue'}, 'and cannot take it back');
is publish_set($red, 'reds', [spec('red-2', teamName => 'red'),
	spec('blue-1', teamName => 'blue')])->{status}, 403,
	'a set with a service of another team';
is $mdash->value(q{SELECT count(*) FROM service WHERE service_id = 'red-2'}), 0,
	'is refused as a whole';

# A full set may not delete what the token may not change.
is publish_set($any, 'both', [spec('red-3', teamName => 'red'),
	spec('blue-3', teamName => 'blue')])->{status}, 200, 'a set of two teams';
is publish_set($red, 'both', [spec('red-3', teamName => 'red')])->{status}, 403,
	'a token of one cannot delete the service of the other';

# --- globs -------------------------------------------------------------------

is result(publish($acme, 'acme-pay', spec('acme-pay'))),
	'200 created acme-pay 1', 'an id within the globs';
is result(publish($acme, 'one', spec('one'))), '200 created one 1', 'another';
for my $id (qw(other acme one-1 xacme-pay)) {
	is publish($acme, $id, spec($id))->{status}, 403, "$id is outside of them";
}
publish($any, 'other', spec('other'));
is publish($acme, 'other', spec('other'))->{status}, 403,
	'also when it would be unchanged';

# --- admin only -----------------------------------------------------------------

publish($any, 'forced', spec('forced'), sequence => 5);
refused(publish($any, 'forced', spec('forced', tier => 2), sequence => 4,
	force => 1), {role => 'admin'}, 'force=1 of a token');
refused(publish($any, 'forced', spec('forced'), sequence => 6, force => 1),
	{role => 'admin'}, 'even if it changes nothing');

# --- no failures in the name of others ----------------------------------------------

publish($red, 'blue-1', "serviceID: blue-1\ntier: 9\n");
is $mdash->value(q{SELECT count(*) FROM publish_failure
	WHERE service_id = 'blue-1'}), 0,
	'a faulty publish of a service of another team is not kept as its failure';

done_testing;
