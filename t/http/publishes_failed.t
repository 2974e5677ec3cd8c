#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Failed publishes: kept, shown, counted once, resolved by a good one.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Test::More;
use Mdash;
use Mdash::Publish qw(dry gzip marks moved publish publish_set result spec);

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $viewer = $mdash->sign_in('viewer');
my $list = '/api/v1/failed-publishes';

sub items ($query = '') {
	return $viewer->get("$list$query")->{json}{items}->@*;
}

# What the catalogue has rendered of the service alpha.
sub rendered ($what) {
	return $mdash->value("SELECT $what FROM service WHERE service_id = 'alpha'");
}

publish($ci, 'alpha', spec('alpha', teamName => 'red'));
is_deeply [items()], [], 'at first there are none';

my $bad = "serviceID: alpha\ntier: 9\nlifecycle: dead\n";
publish($ci, 'alpha', $bad, commit => 'c1', runUrl => 'https://ci.example/1');
my ($failure) = items();
is_deeply [@{$failure}{qw(service team publisher attempts commit runUrl faults
	resolvedAt)}], ['alpha', 'red', undef, 1, 'c1', 'https://ci.example/1', 2,
	undef], 'a refused spec is kept with its owner';
like $failure->{principal}, qr{^token:}, 'and with who sent it';
is $failure->{first}{pointer}, '#/tier', 'and its first fault';
like $failure->{$_}, qr{^\d{4}-\d\d-\d\dT[\d:.]+Z$}, "$_ is a time"
	for qw(firstAt lastAt);

my $detail = $viewer->get("$list/$failure->{id}");
is $detail->{status}, 200, 'one failure can be read';
is $detail->{json}{source}, $bad, 'with the text as received';
is_deeply [map { "$_->{pointer} $_->{line}" } $detail->{json}{faults}->@*],
	['#/tier 2', '#/lifecycle 3'], 'and all faults';
ok $detail->{headers}{etag}, 'it has an ETag';
is $viewer->get("$list/$failure->{id}",
	'if-none-match' => $detail->{headers}{etag})->{status}, 304,
	'which is honoured';

publish($ci, 'alpha', $bad);
is scalar(items()), 1, 'the same text again is the same failure';
is((items())[0]{attempts}, 2, 'counted twice');
publish($ci, 'alpha', "$bad# again\n");
is scalar(items()), 2, 'another text is another failure';
is rendered("detail_json::json->'failure'->>'service'"), 'alpha',
	'the page of the service shows it';
is rendered("list_json::json->>'failing'"), 'true', 'and so does the list';
is $mdash->value(q{SELECT v.spec->>'tier' FROM service s
	JOIN service_version v ON v.id = s.version_id WHERE service_id = 'alpha'}),
	1, 'the last good version stays';

is result(publish($ci, 'alpha', spec('alpha', teamName => 'red'))),
	'200 unchanged alpha 1', 'a good publish, even an unchanged one';
is scalar(items()), 0, 'resolves them';
is $mdash->value(q{SELECT type || ' ' || subject FROM event
	ORDER BY id DESC LIMIT 1}), 'publish.resolved alpha',
	'which an event tells, since nothing else does';
is rendered("detail_json::json->>'failure'"), undef, 'also on the page';
is scalar(items('?resolved=1')), 2, 'they can still be seen';
ok((items('?resolved=1'))[0]{resolvedAt}, 'with the time');

# --- what is kept, and what not --------------------------------------------------

my $before = marks($mdash);
dry(\&publish, $ci, 'alpha', $bad);
publish($ci, 'alpha', 'x' x (1024 * 1024 + 1));
publish($ci, 'alpha', $bad, headers => {'content-type' => 'text/plain'});
publish($ci, 'alpha', $bad, sequence => 'x');
is moved($before, marks($mdash)), '',
	'dry runs, 413, 415 and faults of the query are not kept';

publish($ci, 'alpha', "serviceID: alpha\nx: \xff\0y\n");
($failure) = items();
is $failure->{service}, 'alpha', 'a text that cannot be read is kept as well';
like $viewer->get("$list/$failure->{id}")->{content}, qr{\xef\xbf\xbd},
	'with marks in place of bytes that are no text';
publish($ci, 'new-one', "serviceID: new-one\nteamName: blue\ntier: 9\n");
($failure) = items('?service=new-one');
is $failure->{team}, 'blue', 'the owner of a new service is the team it names';
publish($ci, 'new-one', "x: [\n");
is scalar(items('?service=new-one')), 2, 'a publish to an id belongs to that id';

publish_set($ci, 'mono', [spec('set-1'), "serviceID: set-2\ntier: 9\n",
	"tier: 9\n"]);
is_deeply [sort map { ($_->{service} // '-') . " $_->{faults}" }
	grep { ($_->{publisher} // '') eq 'mono' } items()], ['- 2', 'set-2 1'],
	'of a set each faulty document is kept';
publish_set($ci, 'mono', [spec('set-1')]);
is scalar(grep { ($_->{publisher} // '') eq 'mono' } items()), 0,
	'a good set resolves those of its publisher, also of what it has no more';
is join(' ', map { $_->[0] } $mdash->sql(q{SELECT type || ':' || subject
	FROM event WHERE id > (SELECT max(id) FROM event
		WHERE type = 'publish.failed') ORDER BY type, subject})),
	'publish.resolved:mono publish.resolved:set-2 service.created:set-1',
	'with an event for each that has no other';
publish_set($ci, 'late', [spec('late-1')], sequence => 7);
publish_set($ci, 'late', ["tier: 9\n"], sequence => 8);
publish_set($ci, 'late', [spec('late-1', tier => 2)], sequence => 6);
is scalar(grep { ($_->{publisher} // '') eq 'late' } items()), 1,
	'one that comes too late does not';

publish($ci, 'alpha', "serviceID: alpha\nx: " . '[' x 100_000 . "\n");
is publish($ci, 'alpha', gzip("# " . 'p' x 100 . "\n") . 'x',
	headers => {'content-encoding' => 'gzip'})->{status}, 400,
	'a damaged gzip is a bad request';

# --- paging and parameters ----------------------------------------------------------

publish($ci, sprintf('page-%02d', $_), "tier: 9\n") for 1 .. 12;
my ($after, @seen) = ('');
do {
	my $page = $viewer->get("$list?limit=5" . ($after ? "&after=$after" : ''));
	push @seen, map { $_->{service} // '-' } $page->{json}{items}->@*;
	$after = $page->{json}{next};
} while ($after);
is scalar(grep { /^page-/ } @seen), 12, 'pages lead through all of them';
my %times;
$times{$_}++ for grep { /^page-/ } @seen;
is scalar(grep { $_ > 1 } values %times), 0, 'without repeating any';
is $seen[0], 'page-12', 'newest first';

for my $case (['?limit=0', 422], ['?limit=201', 422], ['?limit=200', 200],
	['?resolved=2', 422], ['?colour=red', 422], ['?after=%00', 422],
	['?after=nonsense', 422], ['/0', 404], ['/x', 404], ['/-1', 404],
	['/99999999999999999999', 404]) {
	my ($rest, $status) = @$case;
	is $viewer->get("$list$rest")->{status}, $status, "$rest: $status";
}
is $mdash->client->get($list)->{status}, 401, 'nobody sees them without signing in';
is $ci->get($list)->{status}, 403, 'a ci token does not read them';

done_testing;
