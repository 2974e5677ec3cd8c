#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A system outside that verifies with the library of Standard Webhooks: each of our
# signatures is one of its and what openssl makes by hand, a secret is rotated without
# a gap, and after an outage in which deliveries were given up it has, by a replay,
# every event in order.
use v5.36;
use utf8;
use Encode qw(encode);
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Socket::INET;
use JSON::PP;
use MIME::Base64 qw(decode_base64 encode_base64);
use Mdash;
use Mdash::Check qw(program skip_or_fail);
use Mdash::Place;
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(spec);
use Mdash::Web qw(node_ready web_dir);
use Test::More;

my $node = node_ready();
-d web_dir() . '/node_modules/standardwebhooks'
	or skip_or_fail('the packages of web/ are not installed (npm ci)');
program('openssl') or skip_or_fail('openssl is not installed');
my $place = Mdash::Place->new;
my $port = Mdash::free_port();
my $mdash = Mdash->new(worker => 1, cluster => {}, settings => {
	webhook_allow => '127.0.0.1', webhook_schemes => 'http', webhook_ports => $port});
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $json = JSON::PP->new->canonical;

my $file = $place->folder('system') . '/done';
my $system;
sub start ($secret) {
	$system = Mdash::Process->new($place, log => $place->dir . '/system.log',
		command => [$node, "$Bin/webhooks_system.mjs", 'serve', $port, $file, $secret]);
	return wait_until(10, sub { IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $port) });
}
sub done {
	open my $in, '<:utf8', $file or return;
	return map { $json->decode($_) } grep { /\n\z/ } <$in>;
}
my $services = 5;
my $published = 0;
sub publish ($count) {
	for (1 .. $count) {
		my $service = 'svc-' . $published++ % $services;
		my $answer = $ci->put("/api/v1/ingest/services/$service",
			encode("UTF-8", spec($service, description => "変更 $published")),
			'content-type' => 'application/yaml');
		$answer->{status} == 200 or fail("publish: $answer->{status}");
	}
	return;
}
sub all_done ($seconds = 20) {
	return wait_until($seconds, sub { $published == grep { !$_->{bad} } done() });
}

# --- signatures, both ways ---------------------------------------------------------

my $made = $admin->post('/api/v1/webhooks', {name => 'system', ordered => JSON::PP::true,
	url => "http://127.0.0.1:$port/events", types => ['service.*']})->{json};
my $hook = "/api/v1/webhooks/$made->{webhook}{id}";
my @vectors = map { {id => "id-$_->[0]", moment => 1_700_000_000 + $_->[0], text => $_->[1]} }
	[1, '{}'], [2, '{"a":"変更 é 😀"}'], [3, ''], [4, "line\n\ttab"], [5, 'x' x 5000];
my $input = $place->write('vectors', join '', map { $json->encode($_) . "\n" } @vectors);
my @theirs = split /\n/, qx{$node $Bin/webhooks_system.mjs sign '$made->{secret}' < $input};
# By hand, as doc/webhooks.md says it, with the command of openssl.
my $key = unpack 'H*', decode_base64($made->{secret} =~ s/^whsec_//r);
sub by_hand ($vector) {
	my $signed = $place->write('signed', join '.', @$vector{qw(id moment text)});
	return 'v1,' . encode_base64(scalar qx{openssl dgst -sha256 -mac HMAC -macopt hexkey:$key -binary '$signed'}, '');
}
for my $i (0 .. $#vectors) {
	my $vector = $vectors[$i];
	my $text = $vector->{text} =~ s/'/''/gr;
	is by_hand($vector), $theirs[$i], "signature $vector->{id} by hand is that of the library";
	is $mdash->value("SELECT webhook_signature($made->{webhook}{id}, '$vector->{id}', "
		. "$vector->{moment}, '$text')"), $theirs[$i], '  and so is ours';
}

# --- told -----------------------------------------------------------------------------

ok start($made->{secret}), 'the system runs';
publish(25);
ok all_done(), 'it has been told of everything' or diag scalar done();
my ($event) = done();
is $event->{header}, $event->{id}, 'webhook-id is the id of the event';
is $event->{source}, $mdash->origin, 'which comes from the public origin';
is $event->{data}{version}, 1, 'and is thin';

# A new secret: the system learns of it later.
my $rotated = $admin->post("$hook/rotate")->{json};
isnt $rotated->{secret}, $made->{secret}, 'a new secret';
publish(10);
ok all_done(), 'the old one still verifies';
$system->stop;
ok start($rotated->{secret}), 'the system has the new one';
publish(10);
ok all_done(), 'which verifies, too';
is scalar(grep { $_->{bad} } done()), 0, 'and nothing ever failed to';

# --- an outage that lasts ---------------------------------------------------------------

my ($last) = (sort { $a->{at} <=> $b->{at} } map { {at => (split /\./, $_->{cursor})[2], cursor => $_->{cursor}} }
	done())[-1];
$system->stop;
publish(30);
ok wait_until(10, sub { $mdash->value('SELECT count(*) FROM webhook_delivery WHERE status IS NULL AND error IS NOT NULL') > 0 }),
	'nobody is there';
# Four days go by.
$mdash->sql(q{UPDATE webhook SET failing_since = now() - interval '6 days'});
$mdash->sql(q{UPDATE webhook_delivery SET next_at = now() WHERE state = 'waiting'});
ok wait_until(10, sub { $admin->get($hook)->{json}{state} eq 'disabled' }), 'it is given up';
is $admin->get("$hook/deliveries?state=waiting")->{json}{items}->@*, 0, 'with all that waited';
publish(5);
ok start($rotated->{secret}), 'the system is back';
is $admin->post("$hook/replay", {after => $last->{cursor}})->{status}, 409, 'first it is enabled';
is $admin->post("$hook/enable")->{json}{state}, 'active', '  so';
my $replay = $admin->post("$hook/replay", {after => $last->{cursor}});
is $replay->{status}, 202, 'then it asks for what it missed';
is $replay->{json}{events}, 35, '  which is all since the last event that it has';
publish(5);
ok all_done(30), 'and has it, and what came then' or diag scalar done();

my @all = done();
my %times;
$times{$_->{id}}++ for @all;
is scalar(keys %times), $published, 'each event once';
is $mdash->value(q{SELECT count(*) FROM event WHERE kind = 'service'}), $published, 'none was lost';
for my $n (0 .. $services - 1) {
	my @own = map { 0 + $_->{sequence} } grep { $_->{subject} eq "svc-$n" } @all;
	is "@own", join(' ', 1 .. $published / $services), "svc-$n: in order";
}
is_deeply [map { $_->{state} } $admin->get("$hook/deliveries?state=dead")->{json}{items}->@*], [],
	'nothing is left over';

$system->stop;
done_testing;
