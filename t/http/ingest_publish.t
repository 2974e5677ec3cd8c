#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Publishing one service: what becomes of it, and in which order.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Test::More;
use Mdash;
use Mdash::Publish qw(dry marks moved publish result spec);

my $mdash = Mdash->new(areas => [qw(auth ingest)], workers => 2);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $admin = $mdash->sign_in('admin');

sub changes ($answer) {
	return join ', ', map { "$_->{kind} $_->{path}" }
		$answer->{json}{items}[0]{changes}->@*;
}

sub current ($id, $what) {
	return $mdash->value("SELECT v.spec->>'$what' FROM service s
		JOIN service_version v ON v.id = s.version_id
		WHERE s.service_id = '$id'");
}

# --- created, updated, unchanged ---------------------------------------------

my $answer = publish($ci, 'alpha', spec('alpha'));
is result($answer), '200 created alpha 1', 'a new service is created';
is $answer->{headers}{'content-type'}, 'application/json', 'as JSON';
is_deeply [@{$answer->{json}}{qw(created updated unchanged superseded restored
	tombstoned held)}], [1, 0, 0, 0, 0, 0, 0], 'the counts say so too';
is_deeply $answer->{json}{warnings}, [], 'without warnings';

$answer = publish($ci, 'alpha', spec('alpha', tier => 2));
is result($answer), '200 updated alpha 2', 'another content updates it';
is_deeply $answer->{json}{items}[0]{changes},
	[{path => 'tier', kind => 'changed', before => 1, after => 2}],
	'and the answer names what changed';

my $before = marks($mdash);
$answer = publish($ci, 'alpha', "# a comment\n" . spec('alpha', tier => 2));
is result($answer), '200 unchanged alpha 2', 'a comment changes nothing';
is moved($before, marks($mdash)), 'service_seen',
	'an unchanged publish writes nothing but when it was seen';

$answer = publish($ci, 'alpha', '{"tier": 2, "serviceID": "alpha", '
	. '"lifecycle": "production", "teamName": "red", '
	. '"description": "The alpha"}',
	headers => {'content-type' => 'application/json; charset=UTF-8'});
is result($answer), '200 unchanged alpha 2',
	'the same content as JSON is the same';

$answer = publish($ci, 'alpha', spec('alpha', colour => 'blue'));
is result($answer), '200 updated alpha 3', 'unknown keys are taken';
is current('alpha', 'colour'), 'blue', 'and kept';
is changes($answer), 'added colour, changed tier', 'and named as changes';

# --- dry runs ----------------------------------------------------------------

for my $case (
	['a creation', 'beta', spec('beta')],
	['an update', 'alpha', spec('alpha', tier => 3)],
	['an unchanged publish', 'alpha', spec('alpha', colour => 'blue')],
	['invalid specs', 'alpha', "serviceID: alpha\ntier: 9\nlifecycle: dead\n"],
	['no YAML', 'alpha', "serviceID: [\n"],
	['another id', 'alpha', spec('gamma')],
) {
	my ($name, $id, $text) = @$case;
	my $mark = marks($mdash);
	my $dry = dry(\&publish, $ci, $id, $text);
	is moved($mark, marks($mdash)), '', "$name: a dry run writes nothing";
	is $dry->{headers}{'mdash-dry-run'}, 1, "$name: it says what it is";
	my $real = publish($ci, $id, $text);
	is $real->{status}, $dry->{status}, "$name: the real run does the same";
	$_->{content} =~ s/"instance":"\w+"//g for $real, $dry;
	is $real->{content}, $dry->{content}, "$name: byte for byte";
	is $real->{headers}{'mdash-dry-run'}, undef,
		"$name: the real run does not say dry";
}

# --- order -------------------------------------------------------------------

is result(publish($ci, 'order', spec('order'), sequence => 10)),
	'200 created order 1', 'a first publish with a sequence';
is result(publish($ci, 'order', spec('order', tier => 3), sequence => 9)),
	'200 superseded order 2', 'an older one is superseded';
is current('order', 'tier'), 1, 'and does not apply';
is result(publish($ci, 'order', spec('order', tier => 2), sequence => 11)),
	'200 updated order 3', 'a newer one applies';
is result(publish($ci, 'order', spec('order', tier => 2), sequence => 20)),
	'200 unchanged order 3', 'the same again, but newer';
is result(publish($ci, 'order', spec('order', tier => 4), sequence => 15)),
	'200 superseded order 4',
	'what is older than an unchanged publish is superseded too';
is $mdash->value(q{SELECT count(*) FROM service_version v
	JOIN service s ON s.id = v.service WHERE s.service_id = 'order'}), 4,
	'all of them are in the history';

is result(publish($ci, 'times', spec('times'),
	commitTime => '2026-03-01T10:00:00Z')), '200 created times 1',
	'a publish with a commit time';
is result(publish($ci, 'times', spec('times', tier => 2),
	commitTime => '2026-03-01T18:59:59+09:00')), '200 superseded times 2',
	'an earlier commit is superseded, whatever its zone';
is result(publish($ci, 'times', spec('times', tier => 2),
	commitTime => '2026-03-01T19:00:01+09:00')), '200 updated times 3',
	'a later one applies';
is result(publish($ci, 'times', spec('times', tier => 3))),
	'200 updated times 4', 'without an order key the time of arrival counts';

# --- conflicts ---------------------------------------------------------------

is result(publish($ci, 'clash', spec('clash'), sequence => 5,
	commit => 'aaa')), '200 created clash 1', 'sequence 5 of commit aaa';
$answer = publish($ci, 'clash', spec('clash', tier => 2), sequence => 5);
is $answer->{status}, 409, 'the same sequence with another content conflicts';
is $answer->{headers}{'content-type'}, 'application/problem+json',
	'as a problem document';
is $answer->{json}{type}, '/problems/conflict', 'of that type';
is_deeply $answer->{json}{changes},
	[{path => 'tier', kind => 'changed', before => 1, after => 2}],
	'which shows the differences';
is publish($ci, 'clash', spec('clash', tier => 2), sequence => 6,
	commit => 'aaa')->{status}, 409, 'so does the same commit';
is publish($ci, 'clash', spec('clash', tier => 2), sequence => 5, force => 1)
	->{status}, 403, 'a token cannot force it';
$answer = publish($admin, 'clash', spec('clash', tier => 2), sequence => 5,
	force => 1);
is result($answer), '200 updated clash 2', 'an admin can';
$answer = publish($admin, 'order', spec('order', tier => 1), sequence => 1,
	force => 1);
is result($answer), '200 updated order 5', 'an admin can also apply an older one';

# --- the query ---------------------------------------------------------------

for my $case (
	[{commit => 'c' x 64}, 200], [{commit => 'c' x 65}, 422],
	[{branch => 'b' x 255}, 200], [{branch => 'b' x 256}, 422],
	[{publisher => 'p' x 63}, 200], [{publisher => 'p' x 64}, 422],
	[{publisher => ' p'}, 422], [{publisher => ''}, 422],
	[{runUrl => 'https://ci.example/' . 'r' x 2029}, 200],
	[{runUrl => 'https://ci.example/' . 'r' x 2030}, 422],
	[{runUrl => 'javascript:alert(1)'}, 422],
	[{runUrl => 'https://user@ci.example/'}, 422],
	[{runUrl => 'https://'}, 422],
	[{sequence => 0}, 200], [{sequence => 9007199254740991}, 200],
	[{sequence => 9007199254740992}, 422], [{sequence => -1}, 422],
	[{sequence => '1e3'}, 422], [{sequence => '99999999999999999999'}, 422],
	[{commitTime => '2026-02-30T00:00:00Z'}, 422],
	[{commitTime => '2026-02-03'}, 422],
	[{commitTime => '9999-12-31T23:59:59Z'}, 422],
	[{dryRun => 'yes'}, 422], [{dryRun => 0}, 200], [{takeover => 2}, 422],
	[{colour => 'red'}, 422], [{branch => ['a', 'b']}, 422],
) {
	my ($query, $status) = @$case;
	my ($name) = keys %$query;
	my $text = substr(ref $query->{$name} ? "@{$query->{$name}}"
		: $query->{$name}, 0, 30);
	state $n = 0;
	my $id = 'query-' . ++$n;
	my $got = publish($ci, $id, spec($id), %$query);
	is $got->{status}, $status, "$name=$text: $status";
	is $got->{json}{errors}[0]{pointer}, "?$name", '  and the fault names it'
		if $status == 422;
}

$answer = $ci->put('/api/v1/ingest/services/alpha'
	. '?commitTime=2026-03-01T10:00:00+09:00', spec('alpha'),
	'content-type' => 'application/yaml');
like $answer->{json}{errors}[0]{detail}, qr/%2B/,
	'a plus that got lost in an address is told about';
$answer = publish($ci, 'alpha', spec('alpha'), commit => '', sequence => 'x',
	runUrl => 'ftp://x', colour => 1);
is_deeply [sort map { $_->{pointer} } $answer->{json}{errors}->@*],
	[qw(?colour ?commit ?runUrl ?sequence)], 'all faults of a query at once';

# --- what other addresses say --------------------------------------------------

is $ci->get('/api/v1/ingest/services/alpha')->{status}, 405,
	'a spec is not read here';
is $ci->get('/api/v1/ingest/services/alpha')->{headers}{allow}, 'PUT',
	'and the answer says what is';
is $ci->put('/api/v1/ingest/elsewhere', 'x')->{status}, 404,
	'an unknown address is not found';
is publish($mdash->client, 'alpha', spec('alpha'))->{status}, 401,
	'nobody may publish without a credential';

done_testing;
