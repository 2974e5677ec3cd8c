#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Deliveries of webhooks in the database: who is told of what, what is claimed and
# by how many, what each outcome leads to, secrets, replay.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Digest::SHA qw(hmac_sha256_base64);
use JSON::PP;
use MIME::Base64 qw(decode_base64);
use Mdash::Catalogue;
use Mdash::Process qw(wait_until);
use Test::More;

my $catalogue = Mdash::Catalogue->new('webhooks');
my $json = JSON::PP->new->canonical->utf8(0);
my $who = q('{"subject":"user:aya","kind":"session","admin":true}');

sub value ($sql) { return $catalogue->value($sql) }
sub owner ($sql) {
	return $catalogue->{cluster}->query($catalogue->conninfo('mdash_owner'), $sql);
}
sub rows ($sql) { return join ' ', map { join '/', map { $_ // '-' } @$_ } $catalogue->sql($sql) }

my %secret;
sub hook ($name, %with) {
	my $draft = $json->encode({name => $name, url => "https://$name.invalid/secret-path", types => ['*'],
		teams => [], campaigns => [], ordered => JSON::PP::false, format => 'cloudevents',
		state => 'active', %with});
	my $made = $json->decode(value("SELECT webhook_create('$draft', 100, $who)"));
	$secret{$made->{webhook}{id}} = $made->{secret};
	return $made->{webhook}{id};
}
sub event ($type, $subject, %with) {
	my $team = $with{team} ? "'$with{team}'" : 'NULL';
	my $data = $json->encode($with{data} // {});
	my ($kind) = $with{kind} // $type =~ /^(\w+)/;
	$catalogue->sql("SELECT event_append('$type', '$kind', '$subject', $team, 'token:ci#7', now(), '$data')");
	return value('SELECT max(id) FROM event');
}
# Transactions of other tests in the cluster may hold events back for a moment.
sub fan_out {
	wait_until(120, sub {
		value('SELECT webhook_fan_out(1000)');
		!value(q{SELECT count(*) FROM event e, event_reader r WHERE r.name = 'webhook'
			AND (e.xid, e.id) > (r.xid, r.id)});
	}) or fail('events are held back');
	return;
}
sub claim ($room = 64) {
	return map { {id => $_->[0], fence => $_->[1], webhook => $_->[2], url => $_->[3], message => $_->[4],
		moment => $_->[5], signature => $_->[6], text => $_->[7], body => $json->decode($_->[7]),
		media => $_->[8]} }
		$catalogue->sql("SELECT * FROM webhook_claim('https://mdash.example', $room)");
}
sub outcome ($claim, $status, %with) {
	my $error = $with{error} ? "'$with{error}'" : 'NULL';
	return value("SELECT webhook_outcome($claim->{id}, $claim->{fence}, " . ($status // 'NULL')
		. ", $error, 'answer', 12, " . ($with{retry} // 'NULL') . ')');
}
sub due { $catalogue->sql("UPDATE webhook_delivery SET next_at = now() WHERE state = 'waiting'"); return }
sub expire { $catalogue->sql("UPDATE webhook_delivery SET lease_until = now() - interval '1 s' WHERE state = 'sending'"); return }
sub gone (@hooks) { $catalogue->sql("SELECT webhook_delete($_, NULL, $who)") for @hooks; return }

$catalogue->sql("INSERT INTO event_reader (name, xid, id) VALUES ('webhook', pg_snapshot_xmin(pg_current_snapshot()), 0)");

# --- who is told of what ------------------------------------------------------------

my %hook = (
	all => hook('all'),
	todos => hook('todos', types => ['todo.*']),
	two => hook('two', types => ['todo.done', 'service.created']),
	red => hook('red', teams => ['red']),
	alert => hook('alert', campaigns => ['alert']),
	paused => hook('paused', state => 'paused'),
	odd => hook('odd', types => ['todo_done', 'todo%']),
);
my %told = (
	event('todo.done', 1, team => 'red', data => {campaign => 'alert'}) => 'alert all paused red todos two',
	event('todo.done', 2, team => 'blue', data => {campaign => 'other'}) => 'all paused todos two',
	event('todo.opened', 2, team => 'blue') => 'all paused todos',
	event('service.created', 'x') => 'all paused two',
	event('campaign.launched', 'alert', team => 'red') => 'alert all paused red',
	event('campaign.launched', 'other') => 'all paused',
	event('webhook.test', 1) => '',
	event('webhook.disabled', 1) => 'all paused',
);
fan_out();
for my $event (sort { $a <=> $b } keys %told) {
	my ($row) = $catalogue->sql("SELECT type, subject FROM event WHERE id = $event");
	is rows("SELECT w.name FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook
		WHERE d.event = $event ORDER BY w.name"), $told{$event}, "who is told of $row->[0] of $row->[1]";
}
is value('SELECT webhook_fan_out(1000)'), 0, 'each event is looked at once';
$catalogue->sql(q{UPDATE event_reader SET xid = '0', id = 0 WHERE name = 'webhook'});
my $count = value('SELECT count(*) FROM webhook_delivery');
fan_out();
is value('SELECT count(*) FROM webhook_delivery'), $count, 'and twice makes no second delivery';

# --- the request ----------------------------------------------------------------------

gone(@hook{qw(todos two red alert odd)});
# A cursor ends with the number of a transaction and that of an event.
sub place ($claim) { return $claim->{body}{cursor} =~ /\.(\d+)\.(\d+)$/ }
sub by_place { return (place($a))[0] <=> (place($b))[0] || (place($a))[1] <=> (place($b))[1] }
my ($first) = sort by_place my @claimed = claim();
is scalar @claimed, 4, 'four at a time are claimed, and none of one that is paused';
my ($timeline) = owner('SELECT timeline FROM instance');
my ($event) = $catalogue->sql('SELECT id, xid, subject_seq FROM event ORDER BY xid, id LIMIT 1');
is_deeply $first->{body}, {specversion => '1.0', id => "$timeline->[0]-$event->[0]",
	source => 'https://mdash.example', type => 'todo.done', subject => '1', kind => 'todo',
	time => $first->{body}{time}, datacontenttype => 'application/json', sequence => '000000000001',
	cursor => "$timeline->[0].$event->[1].$event->[0]", team => 'red', actor => 'token:ci',
	data => {campaign => 'alert'}}, 'a CloudEvent, thin';
like $first->{body}{time}, qr/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, '  with its time';
is $first->{message}, $first->{body}{id}, 'webhook-id is its id';
unlike $first->{message}, qr/\./, '  without a dot';

sub signed ($claim, $secret) {
	my $key = decode_base64($secret =~ s/^whsec_//r);
	my $mac = hmac_sha256_base64("$claim->{message}.$claim->{moment}.$claim->{text}", $key);
	return "v1,$mac" . '=' x (-length($mac) % 4);
}
is $first->{media}, 'application/cloudevents+json; charset=utf-8', '  of its media type';
my $key = $secret{$hook{all}};
like $key, qr{^whsec_[A-Za-z0-9+/]{43}=$}, 'a secret of 32 bytes';
is $first->{signature}, signed($first, $key), 'signs';
is scalar(keys %{{map { $_ => 1 } values %secret}}), scalar keys %secret, 'each webhook has its own';
for my $sql ('SELECT secret FROM webhook_secret', 'UPDATE webhook_secret SET secret = NULL',
	"INSERT INTO webhook_secret (webhook, secret) VALUES (1, '')", 'SELECT * FROM webhook_secret') {
	ok !eval { $catalogue->sql($sql); 1 }, "no program may: $sql";
	like $@, qr/permission denied/, '  by right';
}
unlike value("SELECT string_agg(a.detail::text, ' ') FROM audit a"), qr/secret-path|whsec/,
	'the audit log knows neither secrets nor paths of receivers';

# Vectors of the standard: fixed key, id, time and body.
owner("UPDATE webhook_secret SET secret = decode('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
	WHERE webhook = $hook{all}");
is value("SELECT webhook_signature($hook{all}, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{\"test\": 2432232314}')"),
	'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=', 'the vector of the standard\'s libraries';

# Rotation: both sign, the new one first; then the new one alone.
my $rotate = sub ($seconds) {
	return $json->decode(value("SELECT document FROM webhook_rotate($hook{all}, NULL, $seconds, $who)"))->{secret};
};
my $new = $rotate->(60);
$catalogue->sql("SELECT webhook_release($_->{id}, $_->{fence})") for @claimed;
my ($again) = grep { $_->{message} eq $first->{message} } claim();
my $old = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
is $again->{signature}, signed($again, $new) . ' ' . signed($again, $old), 'a new secret: both sign';
my $newest = $rotate->(60);
is value("SELECT webhook_signature($hook{all}, 'x', extract(epoch FROM now())::bigint, 'y')")
	=~ tr/ //, 1, 'never more than two';
owner("UPDATE webhook_secret SET expires_at = now() - interval '1 s' WHERE expires_at IS NOT NULL");
is value("SELECT webhook_signature($hook{all}, 'x', extract(epoch FROM now())::bigint, 'y')")
	=~ tr/ //, 0, 'when its time is over the old one does not';
$rotate->(0);
is value("SELECT count(*) FROM webhook_secret WHERE webhook = $hook{all} AND (expires_at IS NULL OR expires_at > now())"),
	1, 'nor when there was no time given';

# --- how many ---------------------------------------------------------------------------

gone(values %hook);
my @many = map { hook("many-$_") } 1 .. 20;
event('service.updated', "s-$_") for 1 .. 10;
fan_out();
my %busy;
$busy{$_->{webhook}}++ for claim(64);
is scalar keys %busy, 20, 'twenty that have much to be told';
is join(' ', sort { $a <=> $b } values %busy), join(' ', (1) x 11, (4) x 9),
	'  share the room: when it grows short each has one';
is scalar(my @more = claim(20)), 0, '  and while these are under way no more'
	or diag explain \%busy;
gone(@many);

my $one = hook('one');
event('service.updated', 's');
fan_out();
my ($claim) = claim();
is scalar(my @none = claim()), 0, 'what is claimed is nobody else\'s';
expire();
my ($second) = claim();
is $second->{id}, $claim->{id}, 'until the lease is over';
is $second->{message}, $claim->{message}, '  with the same id';
cmp_ok $second->{fence}, '>', $claim->{fence}, '  and a higher fence';
is outcome($claim, 200), undef, 'who had it before writes nothing';
is rows("SELECT state, attempts FROM webhook_delivery WHERE id = $claim->{id}"), 'sending/2', '  at all';
is outcome($second, 200), 'delivered', 'who has it does';
is outcome($second, 500), undef, '  once';
is rows("SELECT state, status, answer, took_ms, error FROM webhook_delivery WHERE id = $claim->{id}"),
	'delivered/200/answer/12/-', '  and it stays so';

# --- the schedule -------------------------------------------------------------------------

event('service.updated', 's');
fan_out();
my @schedule = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400);
for my $n (0 .. 9) {
	due();
	my ($try) = claim();
	my $state = outcome($try, $n % 2 ? 500 : undef, error => $n % 2 ? undef : 'no connection');
	if ($n < 9) {
		is $state, 'waiting', 'attempt ' . ($n + 1) . ' fails: it waits';
		my $pause = value("SELECT extract(epoch FROM next_at - now()) FROM webhook_delivery WHERE id = $try->{id}");
		cmp_ok $pause, '>=', 0.8 * $schedule[$n] - 5, "  for $schedule[$n] s, a fifth less";
		cmp_ok $pause, '<=', 1.2 * $schedule[$n], '  or more';
	}
	else {
		is $state, 'dead', 'the tenth is the last';
	}
}
my $pauses = rows(q{SELECT count(DISTINCT p), min(p) >= 4, max(p) <= 6
	FROM (SELECT webhook_backoff(1) * (0.8 + 0.4 * random()) AS i FROM generate_series(1, 100)) x,
	LATERAL (SELECT extract(epoch FROM i) AS p) y});
is $pauses, '100/t/t', 'no two wait equally long';
due();
is scalar(@none = claim()), 0, 'what is dead is not tried';
ok value("SELECT failing_since IS NOT NULL FROM webhook WHERE id = $one"), 'it is known to fail';

# What the worker did not live to see.
event('service.updated', 's');
fan_out();
my ($lost) = claim();
$catalogue->sql("UPDATE webhook_delivery SET attempts = 10 WHERE id = $lost->{id}");
expire();
is scalar(@none = claim()), 0, 'a last attempt is not repeated';
value('SELECT webhook_sweep()');
is rows("SELECT state, error FROM webhook_delivery WHERE id = $lost->{id}"),
	'dead/the worker ended during the last attempt', '  and is given up';

# --- one that fails, one that is gone ------------------------------------------------------

event('service.updated', "f-$_") for 1 .. 5;
fan_out();
is scalar(my @alone = claim()), 1, 'who fails is told of one at a time';
is outcome($alone[0], 204), 'delivered', 'until it answers well';
ok value("SELECT failing_since IS NULL FROM webhook WHERE id = $one"), '  which is known';
is scalar(@alone = claim()), 4, '  and then of four again';
outcome($alone[0], 500);
$catalogue->sql("UPDATE webhook SET failing_since = now() - interval '4 days 23 hours' WHERE id = $one");
is outcome($alone[1], 500), 'waiting', 'failing for less than five days';
$catalogue->sql("UPDATE webhook SET failing_since = now() - interval '5 days 1 minute' WHERE id = $one");
is outcome($alone[2], 500), 'dead', 'failing for more';
is rows("SELECT state, reason FROM webhook WHERE id = $one"), 'disabled/every delivery of five days failed',
	'  disables';
is rows("SELECT state, count(*) FROM webhook_delivery WHERE webhook = $one AND subject LIKE 'f-%' GROUP BY 1 ORDER BY 1"),
	'dead/3 delivered/1 sending/1', '  and gives up what waits';
is outcome($alone[3], 500), 'dead', '  and what was under way, when it fails';
is rows(q{SELECT count(*), min(data->>'name') FROM event WHERE type = 'webhook.disabled' AND data ? 'reason'}), '1/one',
	'  and an event says so, once';
event('service.updated', 's');
fan_out();
is rows("SELECT count(*) FROM webhook_delivery WHERE webhook = $one AND state = 'waiting'"), 0,
	'nothing more is made for it';
my $test = $json->decode(value("SELECT webhook_test($one, $who)"));
my ($try) = claim();
is $try->{id}, $test->{id}, 'but a test';
is outcome($try, 500), 'dead', '  which is tried once';
my $version = value("SELECT version FROM webhook WHERE id = $one");
is $version, 2, 'which made another version of it';
is rows(qq{SELECT version, document FROM webhook_change($one, 1, '{"state":"active"}', $who)}), '2/-',
	'who has seen the one before changes nothing';
is rows(qq{SELECT version, document->>'state' FROM webhook_change($one, 2, '{"state":"active"}', $who)}), '3/active',
	'who has seen this one does';
is value(qq{SELECT count(*) FROM webhook_change(999999, NULL, '{"state":"active"}', $who)}), 0, '  where there is one';
is rows("SELECT state, reason, failing_since FROM webhook WHERE id = $one"), 'active/-/-', 'it is enabled';
event('service.updated', 's');
fan_out();
($try) = claim();
is outcome($try, 410), 'dead', '410 Gone';
is rows("SELECT state, reason FROM webhook WHERE id = $one"), 'disabled/its receiver answered 410 Gone',
	'  disables at once';

# --- in order ----------------------------------------------------------------------------

gone($one);
my $ordered = hook('ordered', ordered => JSON::PP::true, types => ['todo.*']);
event('todo.changed', $_) for 1, 1, 1, 2, 2, 3;
fan_out();
sub heads { return map { "$_->{body}{subject}:" . (0 + $_->{body}{sequence}) } @_ }
my %last = map { $_->[0] => $_->[1] } $catalogue->sql(
	"SELECT subject, min(sequence) FROM webhook_delivery WHERE webhook = $ordered GROUP BY 1");
my @heads = claim();
is join(' ', sort(heads(@heads))), join(' ', map { "$_:$last{$_}" } 1 .. 3),
	'ordered: the first of each subject alone';
outcome($_, 200) for @heads;
@heads = claim();
is join(' ', sort(heads(@heads))), join(' ', map { "$_:" . ($last{$_} + 1) } 1 .. 2), 'then the second';
outcome($heads[0], 500);
outcome($heads[1], 200);
my ($failed) = $heads[0]{body}{subject};
is scalar(grep { $_->{body}{subject} eq $failed } claim()), 0, 'none overtakes one that failed';
$catalogue->sql("UPDATE webhook_delivery SET first_at = now() - interval '61 minutes' WHERE id = $heads[0]{id}");
my $followed = value("SELECT count(*) FROM webhook_delivery WHERE webhook = $ordered
	AND subject = '$failed' AND state = 'waiting'") > 1;
value('SELECT webhook_sweep()');
is value("SELECT state FROM webhook_delivery WHERE id = $heads[0]{id}"), $followed ? 'dead' : 'waiting',
	'it is given up after an hour when others wait for it';

# --- again ---------------------------------------------------------------------------------

gone($ordered);

# --- messages ------------------------------------------------------------------------------

my $slack = hook('slack', format => 'slack');
my %said = (
	event('team.digest', 'red', data => {text => 'To do', blocks => [{type => 'section'}], open => 1})
		=> {text => 'To do', blocks => [{type => 'section'}]},
	event('todo.done', 815, data => {serviceID => 'ad', campaign => 'alert'})
		=> {text => '*todo.done*: <https://mdash.example/todos/815|ad, alert>'},
	event('campaign.launched', 'alert', data => {title => 'Say <where> & when'})
		=> {text => '*campaign.launched*: <https://mdash.example/campaigns/alert|Say &lt;where&gt; &amp; when>'},
	event('service.created', 'ad') => {text => '*service.created*: <https://mdash.example/services/ad|ad>'},
);
fan_out();
my @messages = grep { $_->{webhook} == $slack } claim();
is_deeply {map { $_->{message} =~ s/.*-//r => $_->{body} } @messages}, \%said,
	'messages of Slack: that of a digest, else a line that leads there';
is join(' ', map { $_->{media} } @messages), join(' ', ('application/json') x 4), '  of the type that Slack takes';
is $messages[0]{signature}, signed($messages[0], $secret{$slack}), '  signed as any other';
gone($slack);
my $late = hook('late', types => ['todo.*']);
my $replay = sub (%with) {
	my @cursor = split /\./, $with{after} // '0.0.0';
	return $json->decode(value("SELECT webhook_replay($late, '$cursor[1]', $cursor[2], "
		. ($with{since} ? "'$with{since}'" : 'NULL') . ', ' . ($with{subject} ? "'$with{subject}'" : 'NULL')
		. ', ' . ($with{most} // 1000) . ", $who)"));
};
my $all = value(q{SELECT count(*) FROM event WHERE type LIKE 'todo.%'});
my ($events, $next, $calls) = (0, undef, 0);
do {
	my $done = $replay->(after => $next, most => 3);
	$events += $done->{events};
	$next = $done->{next};
	$calls++;
} while ($next && $calls < 20);
is $events, $all, 'a replay sends all that there ever was, in pieces';
my @order;
while (my @some = claim()) {
	push @order, map { "$_->{body}{cursor}" } @some;
	outcome($_, 200) for @some;
}
is scalar @order, $all, '  each once';
is_deeply \@order, [map { $_->[0] } $catalogue->sql("SELECT i.timeline || '.' || e.xid || '.' || e.id
	FROM event e, instance i WHERE e.type LIKE 'todo.%' ORDER BY e.xid, e.id")], '  in the order of the log';
is $replay->(after => $order[-1])->{events}, 0, 'after the last one there is nothing';
is $replay->(after => $order[-3])->{events}, 2, 'after an earlier one there are two';
is rows("SELECT state, replays, attempts, count(*) FROM webhook_delivery WHERE webhook = $late GROUP BY 1, 2, 3 ORDER BY 1"),
	'delivered/0/1/' . ($all - 2) . ' waiting/1/0/2', '  which are sent once more';
is $replay->(subject => '3')->{events}, 1, 'of one subject';
is $replay->(since => '2999-01-01')->{events}, 0, 'since a time';
my ($id) = value("SELECT min(id) FROM webhook_delivery WHERE webhook = $late");
is $json->decode(value("SELECT webhook_retry($late, $id, $who)"))->{state}, 'waiting', 'one alone';
is value("SELECT count(*) FROM webhook_retry($late, 999999999, $who)"), 0, '  that is there';

# --- swept ----------------------------------------------------------------------------------

owner("UPDATE webhook_delivery SET ended_at = now() - interval '29 days' WHERE ended_at IS NOT NULL");
is value('SELECT webhook_sweep()'), 0, 'deliveries are kept for 30 days';
my $ended = value('SELECT count(*) FROM webhook_delivery WHERE ended_at IS NOT NULL');
owner("UPDATE webhook_delivery SET ended_at = now() - interval '31 days' WHERE ended_at IS NOT NULL");
is value('SELECT webhook_sweep()'), $ended, '  and no longer';
is value('SELECT audit_broken() IS NULL'), 't', 'the audit log is sound';

done_testing;
