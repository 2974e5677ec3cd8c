#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The page of one service: what it shows, earlier names, names that are close,
# tombstones, and who may look.
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

sub get ($path, %headers) { return $admin->get("/api/v1/$path", %headers) }

# --- the page ----------------------------------------------------------------

publish($ci, 'wallet', spec('wallet'), publisher => 'mono', commit => 'c0ffee');
my $text = <<~'YAML';
	serviceID: payment
	description: |
	  Charges a "wallet".
	  財布に \ 請求する
	corporation: ACME
	teamName: red
	contact: {slack: {generalChannelId: C1, alertChannelId: C2}, email: pay@acme.example}
	lifecycle: production
	tier: 1
	tags: [payments, 決済]
	repository: https://git.example/acme/payment
	links: [{title: Runbook, url: "https://wiki.example/payment"}]
	grpc: {provides: [acme.payment.v1.PaymentService], consumes: [acme.wallet.v1.WalletService/Debit]}
	dependsOn: [wallet, ledger]
	kubernetes:
	  - {environment: production, cluster: prod-1, namespace: payment}
	costCenter: {code: 42}
	YAML
utf8::encode($text);
publish($ci, 'payment', $text, publisher => 'mono', commit => 'c0ffee');

my $answer = get('services/payment');
is $answer->{status}, 200, 'a service is shown';
my $service = $answer->{json}{service};
is_deeply {map { $_ => $service->{$_} } qw(id corporation team lifecycle tier tags
	contact repository links grpc dependsOn dependents kubernetes
	previousServiceIDs extra publisher tombstone failure versions)}, {
	id => 'payment', corporation => 'ACME', team => 'red',
	lifecycle => 'production', tier => 1, tags => ['payments', '決済'],
	contact => {email => 'pay@acme.example', slackGeneral => 'C1',
		slackAlert => 'C2'},
	repository => 'https://git.example/acme/payment',
	links => [{title => 'Runbook', url => 'https://wiki.example/payment'}],
	grpc => {provides => ['acme.payment.v1.PaymentService'],
		consumes => ['acme.wallet.v1.WalletService/Debit']},
	dependsOn => [{id => 'wallet', known => JSON::PP::true},
		{id => 'ledger', known => JSON::PP::false}],
	dependents => [], kubernetes => [{environment => 'production',
		cluster => 'prod-1', namespace => 'payment'}],
	previousServiceIDs => [], extra => {costCenter => {code => 42}},
	publisher => 'mono', tombstone => undef, failure => undef, versions => 1,
}, 'with everything that its spec says';
is $service->{description}, "Charges a \"wallet\".\n財布に \\ 請求する\n",
	'its description word for word';
is $service->{activity}[0]{type}, 'service.created', 'and what happened';
is $answer->{json}{freshness}{source}, 'mono', 'it says who publishes it';
is_deeply [map { $_->{id} } get('services/wallet')->{json}{service}{dependents}
	->@*], ['payment'], 'the other side shows who depends on it';

publish($ci, 'ledger', spec('ledger'));
is_deeply get('services/payment')->{json}{service}{dependsOn}[1],
	{id => 'ledger', known => JSON::PP::true},
	'a service that comes later becomes known';

# --- freshness and ETag --------------------------------------------------------

my $first = get('services/wallet');
is get('services/wallet', 'if-none-match' => $first->{headers}{etag})->{status},
	304, 'a page that did not change is not sent again';
publish($ci, 'wallet', spec('wallet'), publisher => 'mono', commit => 'd00d');
my $second = get('services/wallet');
is_deeply $second->{json}{service}, $first->{json}{service},
	'an unchanged publish leaves the page as it is';
cmp_ok $second->{json}{freshness}{lastSeenAt}, 'gt',
	$first->{json}{freshness}{lastSeenAt}, 'but for when it was last seen';
my $head = $admin->request('HEAD', '/api/v1/services/wallet');
is $head->{status} . ($head->{content} // ''), '200', 'HEAD sends no body';
is $head->{headers}{etag}, $second->{headers}{etag}, 'and the same ETag';

# --- a publish that was refused --------------------------------------------------

publish($ci, 'wallet', "serviceID: wallet\ntier: 9\n");
my $failed = get('services/wallet')->{json}{service};
is $failed->{failure}{first}{pointer}, '#/tier', 'the last failure is shown';
is $failed->{tier}, 1, 'beside the last good version';
publish($ci, 'wallet', spec('wallet', tier => 2), publisher => 'mono');
is get('services/wallet')->{json}{service}{failure}, undef,
	'until a good publish follows';

# --- names -----------------------------------------------------------------------

for my $case (
	['paymant', 'payment'], ['Payment', 'payment'], ['walet', 'wallet'],
	['ledger-2', 'ledger'], ['zzzz', undef], ['w', undef],
	['%E8%B2%A1%E5%B8%83', undef], ['x' x 900, undef],
) {
	my ($id, $near) = @$case;
	my $missing = get("services/$id");
	my $name = substr $id, 0, 12;
	is $missing->{status}, 404, "$name is not there";
	is $missing->{json}{type}, '/problems/not-found', '  as a problem';
	is $missing->{json}{nearest}[0], $near, '  close to it is '
		. ($near // 'nothing') if $near || $id eq 'zzzz';
	cmp_ok scalar $missing->{json}{nearest}->@*, '<=', 5, '  at most five';
}
is get("services/$_")->{status}, 404, "services/$_ is not found"
	for 'nope/versions', 'nope/versions/1', 'nope/diff?from=0&to=1',
	'nope/activity', 'nope/activity.atom', 'wallet/nothing', 'a%2Fb';

# Renamed: another service names it as an earlier id.
publish($ci, 'purse', spec('purse', previousServiceIDs => '[geldbeutel]'));
for my $case (
	['services/geldbeutel', 'services/purse'],
	['services/geldbeutel?at=2030-01-01T00:00:00Z',
		'services/purse?at=2030-01-01T00:00:00Z'],
	['services/geldbeutel/versions?limit=3', 'services/purse/versions?limit=3'],
	['services/geldbeutel/versions/1', 'services/purse/versions/1'],
	['services/geldbeutel/diff?from=0&to=1', 'services/purse/diff?from=0&to=1'],
	['services/geldbeutel/activity', 'services/purse/activity'],
	['services/geldbeutel/activity.atom', 'services/purse/activity.atom'],
) {
	my ($from, $to) = @$case;
	my $moved = get($from);
	is $moved->{status}, 308, "$from has moved";
	is $moved->{headers}{location}, "/api/v1/$to", "  to $to";
	is get($moved->{headers}{location} =~ s{^/api/v1/}{}r)->{status}, 200,
		'  where it is' unless $from =~ /at=/;
}

# A live service is itself, whoever claims its name; when it goes, its name
# leads to the one that took it over.
publish_set($ci, 'movers', [spec('old'), spec('other')]);
publish($ci, 'new', spec('new', previousServiceIDs => '[old]'));
is get('services/old')->{status}, 200, 'a live service keeps its address';
publish_set($ci, 'movers', [spec('other')]);
is get('services/old')->{status}, 308, 'when it is gone its successor answers';
is get('services/old')->{headers}{location}, '/api/v1/services/new', '  there';
is get('services/old/versions')->{json}{items}[0]{number}, 1,
	'its own history stays';

# Names lead on, whoever was called so before whom.
sub moved_to ($id) {
	my $answer = get("services/$id");
	return $answer->{headers}{location} ? $answer->{headers}{location}
		=~ s{.*/}{}r : $answer->{status};
}
publish_set($ci, 'chain', [spec('chain-1', previousServiceIDs => '[chain-0]'),
	spec('ring-1', previousServiceIDs => '[ring-2]')]);
publish_set($ci, 'chain', [spec('chain-2', previousServiceIDs => '[chain-1]'),
	spec('ring-2', previousServiceIDs => '[ring-1]')]);
publish_set($ci, 'chain', [spec('chain-3', previousServiceIDs => '[chain-2]')]);
is moved_to("chain-$_"), 'chain-3', "chain-$_ leads to the last of them"
	for 0 .. 2;
is moved_to('chain-3'), 200, '  which answers';
is moved_to("ring-$_"), 200, "ring-$_ is gone and leads nowhere but to itself"
	for 1, 2;
publish_set($ci, 'chain', [spec('chain-1'),
	spec('chain-3', previousServiceIDs => '[chain-2]')]);
is moved_to('chain-1'), 200, 'an id that is used again is its own';
is moved_to('chain-0'), 404, '  and leads no more to what it has let go of';
is moved_to('chain-2'), 'chain-3', '  the others do';

# Two claim one name: the last one, and the other one when it lets go.
publish($ci, "heir-$_", spec("heir-$_", previousServiceIDs => '[estate]'))
	for 1, 2;
is moved_to('estate'), 'heir-2', 'of two heirs the last one';
publish($ci, 'heir-2', spec('heir-2'));
is moved_to('estate'), 'heir-1', 'when it lets go, the other one';
publish_set($ci, 'movers', [spec('third')]);
is get('services/other')->{json}{service}{tombstone}{publisher}, 'movers',
	'without a successor it answers with its tombstone';
is get('services/other')->{json}{service}{version}{current}, JSON::PP::false,
	'and no version is current';

# --- who may look ----------------------------------------------------------------

my $validator = $mdash->token(scopes => ['ingest:validate']);
my $refused = $validator->get('/api/v1/services/payment');
is $refused->{status}, 403, 'a token that may only validate may not look';
is $refused->{json}{needs}{scope}, 'catalog:read', 'and is told what it needs';
is $mdash->client->get('/api/v1/services/payment')->{status}, 401,
	'nobody is asked to sign in';
is get('services/payment?at=yesterday')->{json}{errors}[0]{pointer}, '?at',
	'a time that is none is refused';
is get('services/payment?x=1')->{status}, 422, 'so is an unknown parameter';

done_testing;
