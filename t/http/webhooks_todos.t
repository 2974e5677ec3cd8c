#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A small system of work items lives through everything: it is killed in the middle
# of its work and comes back with what it had stored, people change items that it
# is about to change, deliveries fail, are given up and sent again. In the end it
# has seen each event once and in order, and its copy of the items is what they are.
# MDASH_SYSTEM_ITEMS says how many items each of two campaigns has.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Socket::INET;
use HTTP::Tiny;
use JSON::PP;
use Mdash;
use Mdash::Check qw(skip_or_fail);
use Mdash::Place;
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(publish_set spec);
use Mdash::Todos qw(campaign patch);
use Mdash::Web qw(node_ready web_dir);
use Test::More;

my $node = node_ready();
-d web_dir() . '/node_modules/standardwebhooks'
	or skip_or_fail('the packages of web/ are not installed (npm ci)');
my $items = $ENV{MDASH_SYSTEM_ITEMS} // 120;
my $place = Mdash::Place->new;
my $port = Mdash::free_port();
my $mdash = Mdash->new(worker => 1, cluster => {}, settings => {
	webhook_allow => '127.0.0.1', webhook_schemes => 'http', webhook_ports => $port});
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $token = $mdash->token(kind => 'system', scopes => [qw(events:read todos:read todos:write)]);
my $json = JSON::PP->new->canonical->utf8;
my $folder = $place->folder('tracker');

my $made = $admin->post('/api/v1/webhooks', {name => 'tracker', types => ['todo.*'],
	url => "http://127.0.0.1:$port/events"})->{json};
my $hook = "/api/v1/webhooks/$made->{webhook}{id}";

my $system;
sub start ($secret = $made->{secret}) {
	$system = Mdash::Process->new($place, log => "$folder/err",
		command => [$node, "$Bin/webhooks_todos.mjs", $port, $folder],
		env => {MDASH_URL => $mdash->origin, MDASH_TOKEN => $token->{token}, SECRET => $secret});
	return wait_until(20, sub { IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port) });
}
sub slurp ($name) {
	open my $in, '<:raw', "$folder/$name" or return '';
	local $/;
	return <$in>;
}
sub stored { return $json->decode(slurp('state.json') || '{}') }
# A line that was cut by a kill is none.
sub noted ($what) {
	return grep { $_->{what} eq $what } map { eval { $json->decode($_) } // () } split /\n/, slurp('log');
}
sub changed { return scalar grep { $_->{status} == 200 } noted('change') }
sub killed { $system->signal('KILL'); return wait_until(5, sub { !$system->running }) }
sub failed ($where) {
	return wait_until(20, sub { $mdash->value("SELECT count(*) FROM webhook_delivery WHERE $where") > 0 });
}

# --- it works, and is killed in the middle -------------------------------------------

publish_set($ci, 'demo', [map { spec(sprintf 'svc-%03d', $_) } 1 .. $items]);
ok start(), 'the system runs';
campaign($mdash, 'one');
ok wait_until(60, sub { changed() >= $items / 4 }), 'it is told, and works';
ok killed(), 'it is killed';
my $kept = stored();
my @left = sort { $a <=> $b } grep { $mdash->value("SELECT state FROM todo_item WHERE id = $_") eq 'open' }
	keys $kept->{outbox}->%*;
cmp_ok scalar @left, '>=', 20, 'with ' . @left . ' changes that it was about to make'
	or die "nothing of this can be shown\n";

# --- meanwhile ---------------------------------------------------------------------------

# People change some of those, which it does not know.
my @assigned = @left[0 .. 11];
my @settled = @left[12 .. 19];
is patch($admin, $_, {assignee => 'user:admin'})->{status}, 200, "item $_ has somebody" for @assigned;
is patch($admin, $_, {state => 'not_applicable', reason => 'x'})->{status}, 200, "item $_ is settled" for @settled;
ok failed(q{state = 'waiting' AND error IS NOT NULL}), 'it cannot be told';
# Days go by: those are given up. What comes later still waits.
ok wait_until(60, sub {
	$mdash->sql(q{UPDATE webhook_delivery SET attempts = 9, next_at = now() WHERE state = 'waiting'});
	return !$mdash->value(q{SELECT count(*) FROM webhook_delivery WHERE state IN ('waiting', 'sending')});
}), 'all of it is given up';
my $dead = $mdash->value(q{SELECT count(*) FROM webhook_delivery WHERE state = 'dead'});
cmp_ok $dead, '>=', 20, "$dead deliveries are dead";
campaign($mdash, 'two');
ok failed(q{state = 'waiting' AND error IS NOT NULL}), 'and more happens';

# --- it is back, and killed again --------------------------------------------------------

ok start(), 'it is back';
my $replay = $admin->post("$hook/replay", {after => $kept->{cursor}});
is $replay->{status}, 202, 'what came after its cursor is sent again';
cmp_ok $replay->{json}{events}, '>=', $dead, "  $replay->{json}{events} events, with those that were given up";
for my $kill (1 .. 3) {
	my $so_far = changed();
	ok wait_until(60, sub { changed() >= $so_far + $items / 6 }), 'it goes on';
	ok killed(), '  and is killed';
	ok start(), '  and back';
}

# --- in the end ---------------------------------------------------------------------------

# What was cut or failed is due as if its time had come.
my $still = sub {
	$mdash->sql(q{UPDATE webhook_delivery SET next_at = now() WHERE state = 'waiting'});
	return $mdash->value(q{SELECT count(*) FROM webhook_delivery WHERE state IN ('waiting', 'sending')});
};
my $events = sub { return $mdash->value('SELECT count(*) FROM event') };
ok wait_until(120, sub { !$still->() && (stored()->{events} // 0) == $events->() && !stored()->{outbox}->%* }),
	'all is told, read and done' or diag explain [$still->(), stored()->{events}, $events->(), slurp('err')];
my $end = stored();
cmp_ok $end->{events}, '>=', 4 * $items, "$end->{events} events";
is $end->{lost}, 0, '  none lost';
is $end->{disordered}, 0, '  none out of order';
is_deeply $end->{last}, {map { ("$_->[0]/$_->[1]" => 0 + $_->[2]) }
	$mdash->sql('SELECT kind, subject, max(subject_seq) FROM event GROUP BY 1, 2')}, '  up to the last of each subject';

my %there;
for (my $next = ''; defined $next;) {
	my $page = $token->get("/api/v1/todos?since=$next&limit=100")->{json};
	for my $item ($page->{items}->@*) {
		$there{$item->{id}} = {map { ($_ => $item->{$_}) } qw(state version assignee evidence)};
	}
	$next = $page->{next};
}
is scalar keys %there, 2 * $items, 'there are ' . keys(%there) . ' items';
is_deeply $end->{items}, \%there, '  of which its copy is what they are';
is join(' ', map { $there{$_}{state} } @assigned), join(' ', ('done') x @assigned), 'what still made sense is done';
is scalar(grep { $there{$_}{assignee} eq 'user:admin' } @assigned), @assigned, '  and nobody\'s change is undone';
is join(' ', map { $there{$_}{state} } @settled), join(' ', ('not_applicable') x @settled), 'what did not is left';
my %stale = map { $_->{id} => 1 } grep { $_->{status} == 412 } noted('change');
is join(' ', grep { !$stale{$_} } @assigned, @settled), '', 'each of them by a 412: ' . keys %stale;
is $mdash->value(q{SELECT count(*) FROM (SELECT FROM event WHERE type = 'todo.done' GROUP BY subject
	HAVING count(*) > 1) AS twice}), 0, 'nothing is done twice';

my @heard = noted('told');
my %heard;
$heard{$_->{id}}++ for @heard;
is join(' ', grep { $_->{id} ne $_->{header} } @heard), '', 'each delivery has the id of its event';
is_deeply [noted('forged')], [], '  and its signature verifies';
is_deeply [sort keys %heard], [map { $_->[0] } $mdash->sql(
	q{SELECT message_id FROM webhook_delivery ORDER BY message_id COLLATE "C"})], 'each event was delivered';
cmp_ok scalar @heard, '>', scalar keys %heard, '  and ' . (@heard - keys %heard) . ' came twice, which did no harm';
is $mdash->value(q{SELECT count(*) FROM webhook_delivery WHERE state <> 'delivered'}), 0, 'nothing is left over';
is_deeply [noted('failed')], [], 'the system never gave up';

# --- somebody else -------------------------------------------------------------------------

my $before = () = noted('told');
my $forged = HTTP::Tiny->new->post("http://127.0.0.1:$port/events", {headers => {'webhook-id' => 'x',
	'webhook-timestamp' => time, 'webhook-signature' => 'v1,' . 'A' x 43 . '='}, content => '{"id":"x"}'});
is $forged->{status}, 401, 'what others send is not believed';
is scalar(() = noted('told')), $before, '  and moves nothing';

$system->stop;
done_testing;
