#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Open pages hear of changes: publish, event log, worker, nginx, server-sent
# events. The worker keeps its place when nginx or it itself is gone.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Victims qw(victims);
use Test::More;
use Time::HiRes qw(time);

# A cluster of its own: the log is read up to the oldest transaction that runs,
# and transaction ids are the cluster's, so that long ones of tests running at the
# same time would hold it back.
my $mdash = Mdash->new(worker => 1, cluster => {});
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);

sub spec ($id, $text) { return "serviceID: $id\ndescription: $text\n" }

sub put ($id, $text) {
	my $answer = $ci->put("/api/v1/ingest/services/$id", spec($id, $text),
		'content-type' => 'application/yaml');
	return $answer->{status};
}

sub set ($publisher, @ids) {
	my $answer = $ci->post("/api/v1/ingest/services?publisher=$publisher",
		join('', map { "---\n" . spec($_, 'one of many') } @ids),
		'content-type' => 'application/yaml');
	return $answer->{status};
}

# The next hint that names the subject, or the first one that names nothing.
sub hint ($stream, $subject, $seconds = 30) {
	while (my $event = $stream->next_event($seconds)) {
		my $hint = decode_json($event->{data});
		return ($hint, $event) if !defined $subject || $hint->{all}
			|| grep { $_->{subject} eq $subject } $hint->{changes}->@*;
	}
	return;
}

sub cursor {
	my ($row) = $mdash->sql("SELECT xid, id FROM event_reader WHERE name = 'stream'");
	return $row ? "@$row" : '';
}

ok wait_until(10, sub { cursor() ne '' }), 'the worker has its place in the log';

my $stream = $admin->stream('/events/stream');
is $stream->{status}, 200, 'a session may listen';
is $mdash->client->stream('/events/stream')->{status}, 401, 'nobody may not';

my $from = time;
is put('live-one', 'first'), 200, 'a spec is published';
my ($hint, $event) = hint($stream, 'live-one');
my $took = time - $from;
ok $hint, 'and the page hears of it';
note sprintf 'after %.0f ms', 1000 * $took;
is $event->{event}, 'change', 'the event is named';
is_deeply $hint->{changes},
	[{type => 'service.created', kind => 'service', subject => 'live-one'}],
	'it says what happened to what';
ok !$hint->{all}, 'and that this is all';
ok length $hint->{cursor}, 'with the place in the log';
like $admin->get("/api/v1/events?after=$hint->{cursor}")->{status}, qr/^200$/,
	'from which the log can be read on';
ok length($event->{id} // ''), 'and with an id to come back by';

is put('live-one', 'first'), 200, 'the same spec again';
is put('live-two', 'second'), 200, 'and another one';
my ($second) = hint($stream, undef);
is_deeply [map { $_->{subject} } $second->{changes}->@*], ['live-two'],
	'an unchanged publish tells nothing';

# A page that was away for a moment.
$stream->close;
is put('live-three', 'third'), 200, 'published while nobody listens';
ok wait_until(5, sub {
	my $id = $mdash->value('SELECT max(id) FROM event');
	cursor() =~ / $id$/;
}), 'the worker has told it';
my $again = $admin->stream('/events/stream', 'last-event-id' => $event->{id});
my @missed;
while (my ($late) = hint($again, undef, 2)) {
	push @missed, map { $_->{subject} } $late->{changes}->@*;
	last if grep { $_ eq 'live-three' } @missed;
}
is_deeply \@missed, [qw(live-two live-three)],
	'who comes back with the id of the last event gets what was missed';

# Many changes are one hint; too many are "everything".
is set('thirty', map { "thirty-$_" } 1 .. 30), 200, 'a set of 30 is published';
my ($many) = hint($again, 'thirty-1');
is scalar $many->{changes}->@*, 30, 'one hint names all 30';
is set('hundreds', map { "hundred-$_" } 1 .. 150), 200, 'a set of 150';
my ($all) = hint($again, 'hundred-1');
ok $all->{all}, 'is too many to name';
is_deeply $all->{changes}, [], 'and none is';

# nginx away: the place in the log stays, and nothing is lost.
my $before = cursor();
$mdash->stop('nginx');
my $add = sub ($subject) {
	$mdash->sql(<<"SQL");
	INSERT INTO event (type, kind, subject, subject_seq, data)
	VALUES ('service.updated', 'service', '$subject', 1, '{}')
SQL
};
$add->('while-away');
ok wait_until(5, sub { $mdash->log_of('worker') =~ /nginx\.away/ }),
	'the worker notices that nginx is gone';
is cursor(), $before, 'and stays where it is';
$mdash->start_nginx;
$mdash->wait_ready;
my $new = $admin->stream('/events/stream', 'last-event-id' => $event->{id});
ok wait_until(10, sub { cursor() ne $before }), 'then it goes on';
my ($after) = hint($new, 'while-away', 10);
ok $after, 'and the page hears of what happened meanwhile';

# The worker killed: the next one goes on from the database.
my ($worker) = victims($mdash, 'worker');
kill 'STOP', $worker;
$add->('while-dead');
kill 'KILL', $worker;
($after) = hint($new, 'while-dead', 10);
ok $after, 'a killed worker loses nothing';
isnt((victims($mdash, 'worker'))[0], $worker, 'another one has taken over');

# Two workers: one reads.
my $second_worker = Mdash::Process->new($mdash->{place},
	log => "$mdash->{log}/worker2.log",
	env => {MDASH_CONFIG => $mdash->config},
	command => [$mdash->{place}->as_server(
		$mdash->tree . '/libexec/mdash/mdash-worker')]);
ok wait_until(10, sub { $mdash->log_of('worker2') =~ /"start"/ }),
	'a second worker starts';
$add->('told-once');
($after) = hint($new, 'told-once', 5);
ok $after, 'an event is told';
is hint($new, 'told-once', 1), undef, 'by one of them';
$second_worker->stop;

my (undef, $metrics) = $mdash->internal('/metrics');
ok wait_until(10, sub {
	(undef, $metrics) = $mdash->internal('/metrics');
	$metrics =~ /^mdash_worker_events_total [1-9]/m;
}), 'the metrics count what was told';
like $metrics, qr/^mdash_event_lag_seconds \d/m, 'and say how far it is behind';

# What has expired goes.
$mdash->sql(<<'SQL');
INSERT INTO idempotency (principal, key, fingerprint, status, body, expires_at)
VALUES ('user:x', 'old', '\x00', 200, '', now() - interval '1 s'),
       ('user:x', 'new', '\x00', 200, '', now() + interval '1 h');
INSERT INTO session (secret_sha256, user_name, created_at, seen_at)
VALUES ('\x01', 'admin', now(), now() - interval '13 h'),
       ('\x02', 'admin', now() - interval '8 d', now());
SQL
$mdash->stop('worker');
$mdash->start('worker');
ok wait_until(10, sub {
	$mdash->value("SELECT count(*) FROM idempotency WHERE key = 'old'") == 0
	&& $mdash->value("SELECT count(*) FROM session
		WHERE secret_sha256 IN ('\\x01', '\\x02')") == 0;
}), 'expired keys and sessions are swept';
is $mdash->value("SELECT count(*) FROM idempotency WHERE key = 'new'"), 1,
	'and no others';
is $admin->get('/api/v1/session')->{status}, 200, 'the session in use stays';

done_testing;
