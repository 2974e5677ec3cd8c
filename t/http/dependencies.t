#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The dependency graph: around a service, between teams, as a list, its report.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::OpenApi;
use Mdash::Publish qw(publish publish_set spec);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest services)]);
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $api = Mdash::OpenApi->new;

sub get ($path) { return $admin->get("/api/v1/dependencies$path") }

# The answer as JSON, held against the document.
sub answer ($operation, $path) {
	my $answer = get($path);
	is join("\n", $answer->{status}, $api->faults($operation, $answer)), 200,
		"$path is answered as documented";
	return $answer->{json};
}

sub graph ($query) { return answer('getDependencies', "?$query") }
sub edges ($query) { return answer('listDependencies', "/edges?$query") }
sub report () { return answer('reportDependencies', '/report') }
sub ids ($graph) { return join ' ', map { "$_->{id}:$_->{hop}" } $graph->{nodes}->@* }

# 'a>b' by dependsOn, 'a>b(x.Y/Z)' by an RPC, 'a>b+(…)' by both.
sub arrows (@edges) {
	return join ' ', map {
		"$_->{from}>$_->{to}" . ($_->{declared} ? $_->{rpcCount} ? '+' : '' : '')
			. ($_->{rpcCount} ? '(' . join(',', $_->{rpcs}->@*) . ')' : '')
	} @edges;
}

is_deeply report(), {edges => 0, cycles => [], orphans => [], unknown => [],
	unknownLeftOut => 0}, 'an empty catalogue has nothing to report';
is_deeply graph('by=team'), {by => 'team', nodes => [], edges => [],
	edgesLeftOut => 0}, '  and no teams';

# shop -> cart -> stock, shop -> pay by an RPC and dependsOn, pay -> wallet by two
# RPCs, wallet -> pay, lone, loop -> loop, and what is not there.
my @specs = (
	spec('shop', teamName => 'front', dependsOn => '[cart, pay]', tier => 2,
		grpc => '{consumes: [acme.pay.v1.Pay/Charge]}'),
	spec('cart', teamName => 'front', dependsOn => '[stock, ghost]'),
	spec('stock', teamName => undef, lifecycle => 'deprecated'),
	spec('pay', teamName => 'money', grpc => '{provides: [acme.pay.v1.Pay],'
		. ' consumes: [acme.wallet.v1.Wallet/Debit, acme.wallet.v1.Wallet/Credit,'
		. ' acme.risk.v1.Risk]}'),
	spec('wallet', teamName => 'money', dependsOn => '[pay]',
		grpc => '{provides: [acme.wallet.v1.Wallet]}'),
	spec('lone', teamName => 'money'),
	spec('loop', teamName => 'front', dependsOn => '[loop]'));
is publish_set($ci, 'mono', \@specs)->{status}, 200, 'a small company is published';

# --- around one service ---------------------------------------------------------

my $shop = graph('center=shop');
is ids($shop), 'shop:0 cart:1 pay:1', 'one hop leads to what a service needs';
is arrows($shop->{edges}->@*), 'shop>cart shop>pay+(acme.pay.v1.Pay/Charge)',
	'edges say whether by dependsOn, by RPCs or by both';
is_deeply $shop->{nodes}[0], {id => 'shop', kind => 'service', hop => 0,
	team => 'front', tier => 2, lifecycle => 'production', tombstoned => JSON::PP::false},
	'a node says what it is';
is_deeply [@$shop{qw(center hops direction truncated)}], ['shop', 1, 'both', undef],
	'the answer says what was asked for, and that it is all';

my $far = graph('center=shop&hops=2');
is ids($far), 'shop:0 cart:1 pay:1 ghost:2 grpc:acme.risk.v1.Risk:2 stock:2 wallet:2',
	'two hops lead on, also to what is not in the catalogue';
is join(' ', map { $_->{kind} } $far->{nodes}->@*),
	'service service service unknown grpc service service', '  which is marked';
is arrows($far->{edges}->@*), join(' ', 'cart>ghost', 'cart>stock',
	'pay>grpc:acme.risk.v1.Risk(acme.risk.v1.Risk)',
	'pay>wallet(acme.wallet.v1.Wallet/Credit,acme.wallet.v1.Wallet/Debit)',
	'shop>cart', 'shop>pay+(acme.pay.v1.Pay/Charge)', 'wallet>pay'),
	'  with all edges among them, also back';
is $far->{nodes}[5]{team}, undef, 'a service without a team has none';

is ids(graph('center=pay')), 'pay:0 grpc:acme.risk.v1.Risk:1 shop:1 wallet:1',
	'both directions are followed';
is ids(graph('center=pay&direction=dependencies')),
	'pay:0 grpc:acme.risk.v1.Risk:1 wallet:1', 'or what it needs';
is ids(graph('center=pay&direction=dependents')), 'pay:0 shop:1 wallet:1',
	'or what needs it, by either kind of edge';
is ids(graph('center=stock&direction=dependents&hops=3')),
	'stock:0 cart:1 shop:2', 'several hops back';
is ids(graph('center=lone&hops=3')), 'lone:0', 'a service may stand alone';
is arrows(graph('center=loop')->{edges}->@*), 'loop>loop', 'or need itself';

# --- as a list --------------------------------------------------------------------

my $list = edges('center=shop&hops=2&limit=3');
is_deeply [$list->{items}->@*], [$far->{edges}->@[0 .. 2]], 'the list begins as the picture';
is $list->{total}, 7, '  says how many edges there are';
my @all = $list->{items}->@*;
while (defined $list->{next}) {
	$list = edges("center=shop&hops=2&limit=3&after=$list->{next}");
	push @all, $list->{items}->@*;
}
is_deeply \@all, $far->{edges}, '  and has all of them, page by page';
my $next = edges('center=shop&hops=2&limit=3')->{next};
is get("/edges?center=shop&hops=1&limit=3&after=$next")->{status}, 422,
	'a cursor is good for the same question alone';

# --- between teams ----------------------------------------------------------------

my $teams = graph('by=team');
is_deeply [map { "$_->{id} $_->{kind} $_->{services}" } $teams->{nodes}->@*],
	['- unowned 1', 'front team 3', 'money team 3', '-- unknown 0'],
	'teams with their services, those without one, and what is unknown';
is join(' ', map { "$_->{from}>$_->{to}:$_->{pairs}" } $teams->{edges}->@*),
	'front>front:2 money>money:2 front>-:1 front>money:1 front>--:1 money>--:1',
	'edges are counted in pairs of services, the most first';
is $teams->{edgesLeftOut}, 0, '  and none is left out';
for my $case ([front => 'money', 'shop>pay+(acme.pay.v1.Pay/Charge)'],
	[front => 'front', 'loop>loop shop>cart'],
	[front => '-', 'cart>stock'], [front => '--', 'cart>ghost'],
	[money => '--', 'pay>grpc:acme.risk.v1.Risk(acme.risk.v1.Risk)'],
	['-' => 'front', ''], ['--' => 'front', ''], [nobody => 'front', '']) {
	my ($from, $to, $found) = @$case;
	is arrows(edges("fromTeam=$from&toTeam=$to")->{items}->@*), $found,
		"what $from needs of $to";
}
my $pairs = edges('fromTeam=front&toTeam=front&limit=1');
is arrows($pairs->{items}->@*,
	edges("fromTeam=front&toTeam=front&limit=1&after=$pairs->{next}")->{items}->@*),
	'loop>loop shop>cart', 'pairs are paged, too';

# --- report -----------------------------------------------------------------------

is_deeply report(), {
	edges => 6,
	cycles => [['pay', 'wallet'], ['loop']],
	orphans => ['lone'],
	unknown => [
		{id => 'ghost', rpcs => [], rpcCount => 0, namedBy => ['cart'],
			namedByCount => 1},
		{id => 'grpc:acme.risk.v1.Risk', rpcs => ['acme.risk.v1.Risk'],
			rpcCount => 1, namedBy => ['pay'], namedByCount => 1},
	],
	unknownLeftOut => 0,
}, 'cycles, services without an edge, unknown targets';

# --- what is published changes it -----------------------------------------------------

publish($ci, 'pay', spec('pay', teamName => 'money',
	grpc => '{provides: [acme.pay.v1.Pay, acme.risk.v1.Risk]}'));
is ids(graph('center=pay')), 'pay:0 shop:1 wallet:1',
	'RPCs that are no longer consumed are no edges';
is_deeply report()->{cycles}, [['loop']], '  and the cycle is gone';
publish($ci, 'lone', spec('lone', teamName => 'money',
	grpc => '{consumes: [acme.risk.v1.Risk/Check, acme.pay.v1.Pay]}'));
is arrows(graph('center=lone')->{edges}->@*),
	'lone>pay(acme.pay.v1.Pay,acme.risk.v1.Risk/Check)', 'new ones are';
publish($ci, 'stock', spec('stock', teamName => undef,
	grpc => '{provides: [acme.pay.v1.Pay]}'));
is arrows(edges('center=lone')->{items}->@*), join(' ',
	'lone>pay(acme.pay.v1.Pay,acme.risk.v1.Risk/Check)', 'lone>stock(acme.pay.v1.Pay)'),
	'several may provide the same, and all are shown';

publish_set($ci, 'mono', [grep { !/serviceID: (?:pay|wallet)/ } @specs]);
my $gone = graph('center=shop');
my ($pay) = grep { $_->{id} eq 'pay' } $gone->{nodes}->@*;
is_deeply [@$pay{qw(kind tombstoned)}], ['unknown', JSON::PP::true],
	'a service that is tombstoned is still shown where it is needed, and marked';
is arrows($gone->{edges}->@*), join(' ', 'shop>cart',
	'shop>grpc:acme.pay.v1.Pay(acme.pay.v1.Pay/Charge)', 'shop>pay'),
	'  and provides nothing any more';
is $mdash->value("SELECT count(*) FROM service_grpc g JOIN service s ON s.id = g.service"
	. " WHERE s.tombstoned_at IS NOT NULL"), 0, '  nor is anything kept of it';
is ids(graph('center=pay')), 'pay:0 shop:1', 'it has a graph of who still needs it';

publish($ci, 'checkout', spec('checkout', previousServiceIDs => '[shop]'));
publish_set($ci, 'mono', [grep { !/serviceID: (?:pay|wallet|shop)/ } @specs]);
my $moved = get('?hops=2&center=shop&direction=dependents');
is $moved->{status}, 308, 'a service that was renamed';
is $moved->{headers}{location},
	'/api/v1/dependencies?center=checkout&hops=2&direction=dependents',
	'  is found under its id of today';

# --- limits -------------------------------------------------------------------------

my @fan = map { sprintf 'fan-%03d', $_ } 1 .. 149;
publish_set($ci, 'fans', [spec('hub'), map { spec($_, dependsOn => '[hub]') } @fan]);
my $hub = graph('center=hub');
is scalar $hub->{nodes}->@*, 150, '150 nodes are drawn';
is $hub->{truncated}, undef, '  and that is all';
publish($ci, 'fan-150', spec('fan-150', dependsOn => '[hub, ghost]'));
$hub = graph('center=hub&hops=2');
is scalar $hub->{nodes}->@*, 150, 'more are not';
is_deeply $hub->{truncated}, {nodes => 2, byHop => [1, 1], edges => 0},
	'  which the answer says, hop by hop';
is ids({nodes => [$hub->{nodes}[149]]}), 'fan-149:1', '  the nearest come first';
is edges('center=hub&hops=2&limit=200')->{total}, 151, '  and the list has the rest';

is_deeply graph('center=fan-001&hops=3')->{truncated},
	{nodes => 2, byHop => [0, 1, 1], edges => 0}, '  also from afar';
is graph('center=fan-001&hops=3&direction=dependencies')->{truncated}, undef,
	'  and one direction leads to less';

my @names = map { sprintf 'mesh-%02d', $_ } 0 .. 33;
publish_set($ci, 'mesh', [map {
	my $id = $_;
	spec($id, dependsOn => '[' . join(', ', grep { $_ ne $id } @names) . ']')
} @names]);
my $mesh = graph('center=mesh-00');
is scalar $mesh->{edges}->@*, 1000, 'a thousand edges are drawn';
is_deeply $mesh->{truncated}, {nodes => 0, byHop => [0], edges => 122},
	'  and how many are not is said';
is scalar report()->{cycles}[0]->@*, 34, 'a large cycle has all its members';

my $rpcs = join ', ', map { "acme.many.v1.Many/M$_" } 1 .. 101;
publish($ci, 'many', spec('many', grpc => '{provides: [acme.many.v1.Many]}'));
publish($ci, 'caller', spec('caller', grpc => "{consumes: [$rpcs]}"));
my ($edge) = graph('center=caller')->{edges}->@*;
is_deeply [scalar $edge->{rpcs}->@*, $edge->{rpcCount}], [100, 101],
	'an edge names a hundred RPCs and says how many there are';

# --- what is wrong ------------------------------------------------------------------

my $unknown = get('?center=mesh-0');
is $unknown->{status}, 404, 'an unknown service has no graph';
like $unknown->{json}{nearest}[0], qr/^mesh-/, '  but there are close names';
for my $wrong ('', '?hops=1', '?center=', '?center=shop&by=team', '?by=tag',
	'?center=cart&hops=0', '?center=cart&hops=4', '?center=cart&hops=x',
	'?center=cart&direction=up', '?center=cart&x=1', '?center=' . 'x' x 64,
	'/edges', '/edges?fromTeam=a', '/edges?center=cart&fromTeam=a',
	'/edges?center=cart&limit=201', '/edges?center=cart&after=x', '/report?x=1') {
	is get($wrong)->{status}, 422, "refused: $wrong";
}
is get('?center=%27%7B%22%5C')->{status}, 404, 'an id of quotes is none';
is get('?center=%00')->{status}, 422, 'nor is one of a zero byte';
is get('/edges?fromTeam=%7B%22%5C&toTeam=%27')->{json}{total}, 0, 'a team may be called so';

for my $path ('?center=cart', '?by=team', '/edges?center=cart', '/report') {
	my $etag = get($path)->{headers}{etag};
	is $admin->get("/api/v1/dependencies$path", 'if-none-match' => $etag)->{status},
		304, "$path is not sent twice";
}

done_testing;
