#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Receivers of every kind of badness: what becomes of a delivery to each, exactly,
# and that those beside it are told in time.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Socket::INET;
use Mdash;
use Mdash::Check qw(program skip_or_fail);
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(spec);
use Mdash::Receiver;
use Test::More;
use Time::HiRes qw(sleep time);

program('openssl') or skip_or_fail('openssl is not installed');
my $place = Mdash::Place->new;
my $receiver = Mdash::Receiver->new($place, 'receiver');
my $tls = Mdash::free_port();
my $dead = Mdash::free_port();
my $mdash = Mdash->new(worker => 1, cluster => {}, settings => {
	webhook_allow => '127.0.0.0/8', webhook_schemes => 'http https',
	webhook_ports => join ' ', $receiver->port, $tls, $dead});
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);

# A certificate that nobody has signed.
my $cert = $place->dir . '/self';
system(q{openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 }
	. qq{-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout $cert.key }
	. qq{-out $cert.crt >/dev/null 2>&1}) == 0 or die "no certificate\n";
my $server = Mdash::Process->new($place, log => $place->dir . '/tls.log', command => ['openssl',
	's_server', '-accept', "127.0.0.1:$tls", '-cert', "$cert.crt", '-key', "$cert.key", '-www']);
ok wait_until(5, sub { IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $tls) }),
	'a server with a certificate of its own';

# name => [url, state after one attempt, status, seconds to the next from and to, error]
my %case = (
	good => [$receiver->url('/200'), 'delivered', 200],
	created => [$receiver->url('/201'), 'delivered', 201],
	empty => [$receiver->url('/204'), 'delivered', 204],
	huge => [$receiver->url('/huge'), 'delivered', 200],
	wrong => [$receiver->url('/400'), 'waiting', 400, 4, 6],
	denied => [$receiver->url('/403'), 'waiting', 403, 4, 6],
	failing => [$receiver->url('/500'), 'waiting', 500, 4, 6],
	binary => [$receiver->url('/binary'), 'waiting', 500, 4, 6],
	moved => [$receiver->url('/301'), 'waiting', 301, 4, 6],
	slower => [$receiver->url('/429?retry=120'), 'waiting', 429, 120, 120],
	soon => [$receiver->url('/429?retry=1'), 'waiting', 429, 4, 6],
	never => [$receiver->url('/429?retry=9999999'), 'waiting', 429, 86400, 86400],
	gone => [$receiver->url('/410'), 'dead', 410],
	headers => [$receiver->url('/headers'), 'waiting', undef, 4, 6, qr/./],
	cut => [$receiver->url('/cut'), 'waiting', undef, 4, 6, qr/./],
	closed => ["http://127.0.0.1:$dead/", 'waiting', undef, 4, 6, qr/connect/i],
	untrusted => ["https://127.0.0.1:$tls/", 'waiting', undef, 4, 6, qr/certificate/i],
	no_tls => [$receiver->url('/200') =~ s/http/https/r, 'waiting', undef, 4, 6, qr/ssl|tls/i],
	hang => [$receiver->url('/hang'), 'waiting', undef, 4, 6, qr/timed? ?out/i],
	drip => [$receiver->url('/drip'), 'waiting', undef, 4, 6, qr/timed? ?out/i],
);
my (%id, %secret);
for my $name (sort keys %case) {
	my $made = $admin->post('/api/v1/webhooks',
		{name => $name, url => $case{$name}[0], types => ['service.created']});
	is $made->{status}, 201, "a webhook, $name" or diag $made->{content};
	$id{$name} = $made->{json}{webhook}{id};
}

sub publish ($service) {
	my $answer = $ci->put("/api/v1/ingest/services/$service", spec($service),
		'content-type' => 'application/yaml');
	is $answer->{status}, 200, "$service is published";
	return;
}

# Each as it was right after its first attempt, while later ones are to come.
$mdash->sql(<<~'SQL');
	CREATE TABLE first_attempt (LIKE webhook_delivery);
	CREATE FUNCTION keep_first() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
	BEGIN
	  INSERT INTO first_attempt SELECT NEW.*;
	  RETURN NULL;
	END $$;
	CREATE TRIGGER keep_first AFTER UPDATE ON webhook_delivery FOR EACH ROW
	  WHEN (OLD.state = 'sending' AND NEW.state <> 'sending' AND NEW.attempts = 1 AND NEW.subject = 'one')
	  EXECUTE FUNCTION keep_first()
	SQL
sub tried (@names) {
	my $of = join ', ', @id{@names};
	return @names == $mdash->value("SELECT count(*) FROM first_attempt WHERE webhook IN ($of)");
}

publish('one');
wait_until(10, sub { tried(qw(good created empty)) });

# While two receivers hang, with all that they may have at once, others are told
# within two seconds.
my %sent;
for my $n (1 .. 20) {
	$sent{"more-$n"} = time;
	publish("more-$n");
	sleep 0.3;
}
wait_until(40, sub { tried(keys %case) });
my %first = map { my $webhook = shift @$_; ($webhook => $_) } $mdash->sql(<<~'SQL');
	SELECT w.name, f.state, f.status, f.attempts, extract(epoch FROM f.next_at - f.last_at) - f.took_ms / 1000.0,
	       f.error, f.answer, f.took_ms
	  FROM first_attempt f
	  JOIN webhook w ON w.id = f.webhook
	SQL
for my $name (sort keys %case) {
	my (undef, $state, $status, $from, $to, $error) = $case{$name}->@*;
	my $row = $first{$name} // ['no attempt', undef, 0, 0, ''];
	is "$row->[0] " . ($row->[1] // 'none'), "$state " . ($status // 'none'), "$name: $state"
		or diag $row->[4];
	if (defined $from) {
		# Written down a moment after the attempt.
		cmp_ok $row->[3], '>=', $from - 0.05, "  to be tried after $from seconds at least";
		cmp_ok $row->[3], '<=', $to + 1, "  and $to at most";
	}
	if ($error) {
		like $row->[4], $error, '  with the reason';
	}
	elsif ($state ne 'delivered') {
		is $row->[4], "the answer was $status", '  with the reason';
	}
	cmp_ok length($row->[5] // ''), '<=', 1024, '  and a little of the answer';
}
is length $first{huge}[5], 1024, 'of a long answer the first KiB';
like $first{binary}[5], qr/^[\x20-\x7e]+$/, 'of one that is no text something to read';
cmp_ok $first{$_}[6], '>=', 19_900, "$_ has 20 seconds" for qw(hang drip);
cmp_ok $first{$_}[6], '<=', 22_000, '  and no more' for qw(hang drip);
cmp_ok $first{huge}[6], '<', 5_000, 'the end of a long answer is not waited for';
is_deeply [map { $_->{path} } grep { $_->{path} =~ /meta-data/ } $receiver->requests], [],
	'redirects are followed by nobody';

my @late = sort { $a <=> $b } map { $_->{at} - $sent{$_->{subject}} } grep { $sent{$_->{subject}} }
	map { {at => $_->{at}, subject => JSON::PP->new->decode($_->{body})->{subject}} }
	$receiver->requests('/200');
is scalar @late, 20, 'the good one was told of everything';
# Who waited for those that hang would wait for 20; a machine with much to do may be
# late with one of them.
cmp_ok $late[9] // 99, '<=', 2, sprintf '  most within %.2f s', $late[9] // 99;
cmp_ok $late[-1] // 99, '<=', 10, sprintf '  and each within %.2f s', $late[-1] // 99;

# --- 410 --------------------------------------------------------------------------

my $gone = $admin->get("/api/v1/webhooks/$id{gone}")->{json};
is $gone->{state}, 'disabled', 'who says 410 is told no more';
like $gone->{reason}, qr/410/, '  for the reason that it gave';
is $mdash->value("SELECT count(*) FROM event WHERE type = 'webhook.disabled' AND subject = '$id{gone}'"),
	1, '  and an event says so';
is $mdash->value("SELECT count(*) FROM webhook_delivery WHERE webhook = $id{gone} AND state = 'waiting'"),
	0, '  and nothing waits for it';
my $before = () = $receiver->requests('/410');
publish('after-gone');
ok wait_until(5, sub { grep { $_->{body} =~ /after-gone/ } $receiver->requests('/200') }),
	'others hear of what follows';
is scalar(() = $receiver->requests('/410')), $before, '  and it does not';

# --- the metrics ---------------------------------------------------------------------

$mdash->sql(q{UPDATE webhook_delivery SET first_at = now() - interval '2 hours' WHERE subject = 'one' AND state = 'waiting'});
my %is;
ok wait_until(20, sub {
	(undef, my $metrics) = $mdash->internal('/metrics');
	%is = $metrics =~ /^(mdash_webhook\w+) (\d+)$/mg;
	return ($is{mdash_webhook_delay_seconds} // 0) >= 7200;
}), 'the metrics have for how long the oldest has waited' or diag explain \%is;
my ($waiting, $dead_ones) = map { $mdash->value("SELECT count(*) FROM webhook_delivery WHERE state $_") }
	q{IN ('waiting', 'sending')}, q{= 'dead'};
is_deeply [@is{map { "mdash_$_" } qw(webhook_deliveries_waiting webhook_deliveries_dead webhooks_disabled webhook_lag_events)}],
	[$waiting, $dead_ones, 1, 0], '  how many wait, are dead, and are disabled';
cmp_ok $_, '>', 0, '  some' for $waiting, $dead_ones;

done_testing;
