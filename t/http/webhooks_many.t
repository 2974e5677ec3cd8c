#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What it takes to find what is due does not grow with what was delivered before,
# waits for a webhook that is paused, or waits behind what failed; and webhooks that
# fail leave places to others, and a replay goes through the log in parts.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Test::More;

use constant MANY => 20_000;

my $mdash = Mdash->new(areas => [qw(auth jobs)], cluster => {}, settings => {webhook_allow => '127.0.0.1 fc00::/7',
	webhook_schemes => 'http', webhook_ports => 9});
my $admin = $mdash->sign_in('admin');
my %id;
for my $name (qw(one paused ordered)) {
	my $made = $admin->post('/api/v1/webhooks', {name => $name, types => ['service.*'], state => 'paused',
		url => 'http://127.0.0.1:9/', ordered => $name eq 'ordered' ? JSON::PP::true : JSON::PP::false});
	is $made->{status}, 201, "a webhook, $name";
	$id{$name} = $made->{json}{webhook}{id};
}
$mdash->sql(<<~SQL);
	INSERT INTO event (type, kind, subject, subject_seq, data)
	SELECT 'service.updated', 'service', 'svc-' || n % 7, n, '{}' FROM generate_series(1, @{[MANY]}) AS n
	SQL

# Deliveries of every event; what differs is said in `other`.
sub deliveries ($name, $other) {
	$mdash->sql(<<~SQL);
		INSERT INTO webhook_delivery (webhook, event, message_id, type, kind, subject, sequence, state, next_at, ended_at)
		SELECT $id{$name}, e.id, 'm' || e.id, e.type, e.kind, e.subject, e.subject_seq, $other
		  FROM event e WHERE e.kind = 'service' ORDER BY e.id;
		ANALYZE webhook_delivery;
		SQL
	return;
}

# Pages that a claim looks at, and how many deliveries it claims; the first of a
# connection also reads the catalogue.
sub claim () {
	my $text = join '', map { "$_->[0]\n" } $mdash->sql(join '', map { <<~SQL } 1, 2);
		BEGIN;
		EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM webhook_claim('http://mdash', 64);
		ROLLBACK;
		SQL
	my $top = (JSON::PP->new->incr_parse($text))[-1][0]{Plan};
	return ($top->{'Shared Hit Blocks'} + $top->{'Shared Read Blocks'}, $top->{'Actual Rows'});
}

deliveries(one => q{'waiting', now() - interval '1 s', NULL});
$mdash->sql("DELETE FROM webhook_delivery WHERE sequence > 4; UPDATE webhook SET state = 'active' WHERE name = 'one'");
my ($few, $claimed) = claim();
is $claimed, 4, 'four are claimed';

my $cheap = sub ($want, $what) {
	my ($pages, $rows) = claim();
	is $rows, $want, $what;
	cmp_ok $pages, '<', $few + 1500, "  by $pages pages, without by $few";
};
$mdash->sql('DELETE FROM webhook_delivery');
deliveries(one => q{CASE WHEN e.subject_seq <= 4 THEN 'waiting' ELSE 'delivered' END,
	now() - interval '1 s', CASE WHEN e.subject_seq > 4 THEN now() END});
$cheap->(4, 'also beside all that was delivered');
deliveries(paused => q{'waiting', now() - interval '1 s', NULL});
$cheap->(4, 'and what waits for one that is paused');
deliveries(ordered => q{'waiting', now() + CASE WHEN e.subject_seq <= 6 THEN interval '1 hour' ELSE '-1 s' END, NULL});
$mdash->sql(q{UPDATE webhook SET state = 'active' WHERE name = 'ordered'});
$cheap->(5, 'and behind those that failed, but for a subject of which none did');
$mdash->sql(qq{UPDATE webhook_delivery SET next_at = now() + interval '1 day'
	WHERE webhook = $id{ordered} AND sequence = 7});
$cheap->(4, '  or all did');
is $admin->post("/api/v1/webhooks/$id{paused}/test")->{status}, 202, 'a test of the one that is paused';
$cheap->(5, '  is found beside all that waits');

# --- replays --------------------------------------------------------------------------

# Writers wait while a replay looks at the log, so it does not look at all of it at once.
my $rare = $admin->post('/api/v1/webhooks', {name => 'rare', types => ['team.*'], state => 'paused',
	url => 'http://127.0.0.1:9/'})->{json}{webhook}{id};
my @from = (since => '2000-01-01T00:00:00Z');
my $calls = 0;
while (@from) {
	my $part = $admin->post("/api/v1/webhooks/$rare/replay", {@from})->{json};
	is $part->{events}, 0, 'part ' . ++$calls . ' of a replay of nothing';
	@from = defined $part->{next} ? (after => $part->{next}) : ();
}
is $calls, 1 + MANY / 10_000, '  is of 10,000 events of the log';

# --- of many that fail --------------------------------------------------------------

$mdash->sql(<<~'SQL');
	DELETE FROM webhook_delivery;
	UPDATE webhook SET state = 'paused';
	INSERT INTO webhook (name, url, types, failing_since, created_by)
	SELECT 'dead ' || n, 'http://127.0.0.1:9/', '{service.*}', now(), 'user:admin' FROM generate_series(1, 80) AS n;
	INSERT INTO webhook_delivery (webhook, event, message_id, type, kind, subject, sequence)
	SELECT w.id, e.id, 'm', e.type, e.kind, e.subject, e.subject_seq
	  FROM webhook w, event e WHERE w.name LIKE 'dead %' AND e.kind = 'service' AND e.subject_seq = 1
	SQL
is +(claim())[1], 48, 'those that failed before leave places to others, however many they are';

# --- of one that is paused ------------------------------------------------------------

# What failed in an ordered webhook is given up after an hour, since it holds up
# others; a pause is no part of that hour.
my $states = sub { join ' ', map { $_->[0] } $mdash->sql(
	"SELECT state FROM webhook_delivery WHERE webhook = $id{ordered} ORDER BY sequence") };
my $sweep = sub { $mdash->sql('SELECT webhook_sweep()'); return $states->() };
$mdash->sql(<<~SQL);
	INSERT INTO webhook_delivery (webhook, event, message_id, type, kind, subject, sequence, first_at, attempts)
	SELECT $id{ordered}, e.id, 'm', e.type, e.kind, e.subject, e.subject_seq,
	       CASE WHEN e.subject_seq = 1 THEN now() - interval '2 hours' END, 2
	  FROM event e WHERE e.kind = 'service' AND e.subject = 'svc-1' AND e.subject_seq < 10
	SQL
is $sweep->(), 'waiting waiting', 'while an ordered webhook is paused nothing is given up';
is $admin->post("/api/v1/webhooks/$id{ordered}/enable")->{status}, 200, '  and when it goes on';
is $sweep->(), 'waiting waiting', '  it has its hour yet';
$mdash->sql("UPDATE webhook_delivery SET first_at = now() - interval '61 min' WHERE first_at IS NOT NULL");
is $sweep->(), 'dead waiting', '  and no more';

# --- where none leads ---------------------------------------------------------------

# What answers there gives credentials to whoever asks.
for my $address (qw(fd00:ec2::254 fd00:ec2::23 fd20:ce::254)) {
	my $made = $admin->post('/api/v1/webhooks', {name => $address, types => ['*'], state => 'paused',
		url => "http://[$address]:9/"});
	is $made->{json}{errors}[0]{code}, 'address', "$address is refused, also where private networks are allowed";
}
is $admin->post('/api/v1/webhooks', {name => 'own', types => ['*'], state => 'paused', url => 'http://[fd00:1::23]:9/'})->{status},
	201, '  and others of these are not';

done_testing;
