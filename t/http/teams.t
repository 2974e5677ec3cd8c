#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Teams: what they own, how they are reached, who is in them.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Publish qw(publish publish_set spec);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest services)]);
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);

sub get ($path) { return $admin->get("/api/v1/$path") }

is_deeply get('teams')->{json}, {items => [], unowned => 0},
	'an empty catalogue has no teams';

my $red = 'contact: {email: red@a.example, slack: {generalChannelId: C1}}';
publish_set($ci, 'demo', [map { utf8::encode(my $text = $_); $text }
	"serviceID: a1\nteamName: red\ncorporation: ACME\nlifecycle: production\n$red\n",
	"serviceID: a2\nteamName: red\ncorporation: Kaze\nlifecycle: production\n$red\n",
	"serviceID: a3\nteamName: red\ncorporation: ACME\ncontact: {email: x\@a.example, slack: {alertChannelId: C9}}\n",
	"serviceID: b1\nteamName: 決済#1\nlifecycle: retired\n",
	"serviceID: c1\nteamName: gone\n",
	"serviceID: d1\n", "serviceID: d2\n"]);
publish($ci, 'a2', "serviceID: a2\ntier: 7\n");
$mdash->user('aoi', teams => ['red', 'new']);
$mdash->user('ren', teams => ['red']);

my $teams = get('teams')->{json};
is $teams->{unowned}, 2, 'services without a team are counted';
is join(' ', map { $_->{name} } $teams->{items}->@*), 'gone new red 決済#1',
	'a team is one that owns something or has people';
is_deeply $teams->{items}[2], {name => 'red', services => 3, people => 2,
	failing => 1, corporations => ['ACME', 'Kaze'],
	lifecycles => {production => 2, unspecified => 1}}, 'with its counts';
is_deeply $teams->{items}[1], {name => 'new', services => 0, people => 1,
	failing => 0, corporations => [], lifecycles => {}},
	'a team of people without services is one, too';

my $page = get('teams/red')->{json};
is_deeply $page->{team}, $teams->{items}[2], 'its page says the same';
is_deeply $page->{contacts}, [
	{kind => 'email', value => 'red@a.example', services => 2},
	{kind => 'slackGeneral', value => 'C1', services => 2},
	{kind => 'email', value => 'x@a.example', services => 1},
	{kind => 'slackAlert', value => 'C9', services => 1},
], 'how it is reached, as its services say, the most used way first';
is join(' ', map { "$_->{name}" } $page->{members}->@*), 'aoi ren', 'its people';
ok $page->{members}[0]{displayName}, 'by the name they go by';
ok !exists $page->{members}[0]{role}, 'and no more than that';
is_deeply $page->{services}, get('services?team=red')->{json}{items},
	'its services as the list shows them';

my $other = get('teams/%E6%B1%BA%E6%B8%88%231');
is $other->{json}{team}{name}, '決済#1', 'any name can be asked for';
is $other->{json}{services}[0]{id}, 'b1', '  with its services';
is_deeply get('teams/new')->{json}{services}, [], 'nothing is nothing';

publish_set($ci, 'demo', [map { spec($_, teamName => 'red') }
	qw(a1 a2 a3 b1 d1 d2)]);
is get('teams/gone')->{status}, 200,
	'a team that has nothing left keeps its address';
is get('teams/gone')->{json}{team}{services}, 0, '  with nothing';

publish($ci, 'e1', spec('e1', teamName => 'payments-jp'));
for my $case (['paymants-jp', 'payments-jp'], ['zzz', undef], ['-', undef],
	['%2e%2e', undef]) {
	my ($name, $near) = @$case;
	my $answer = get("teams/$name");
	like $answer->{status}, qr/^40[04]$/, "there is no team $name";
	is $answer->{json}{nearest}[0], $near, '  but one that is close' if $near;
}
is get('teams?at=x')->{json}{errors}[0]{pointer}, '?at', 'a time must be one';
is get('teams?limit=3')->{status}, 422, 'teams are not paged';

my $etag = get('teams/red')->{headers}{etag};
is $admin->get('/api/v1/teams/red', 'if-none-match' => $etag)->{status}, 304,
	'a page that did not change is not sent again';

done_testing;
