#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Versions, differences and activity of a service; and the catalogue as it was.
use v5.36;
use utf8;
use Digest::SHA qw(sha256);
use FindBin qw($Bin);
use lib "$Bin/..";
use MIME::Base64 qw(encode_base64);
use Mdash;
use Mdash::Publish qw(publish publish_set result spec);
use Test::More;
use Time::HiRes qw(sleep);

my $mdash = Mdash->new(areas => [qw(auth ingest services)]);
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);

sub get ($path) { return $admin->get("/api/v1/$path") }

# Times of the database, apart from one another and from what was published.
sub now {
	sleep 0.01;
	my $now = $mdash->value(q{SELECT rfc3339(clock_timestamp())});
	sleep 0.01;
	return $now;
}

sub facts ($changes) {
	return join ', ', map { "$_->{kind} $_->{path}" } @$changes;
}

# --- versions -----------------------------------------------------------------

my $empty = now();
publish($ci, 'alpha', "# the first\n" . spec('alpha', tags => '[a, b]'),
	sequence => 10, commit => 'c10', branch => 'main',
	commitTime => '2026-01-01T09:00:00+09:00',
	runUrl => 'https://ci.example/10');
my $one = now();
publish($ci, 'alpha', spec('alpha', tags => '[b, c]', tier => 2),
	sequence => 20, commit => 'c20');
my $two = now();
publish($ci, 'alpha', spec('alpha', tags => '[z]'), sequence => 15,
	commit => 'c15');
publish($ci, 'alpha', spec('alpha', tags => '[b, c]', tier => 3,
	contact => '{email: a@b.example}'), sequence => 30, commit => 'c30');
my $three = now();

my $versions = get('services/alpha/versions')->{json};
is join(' ', map { $_->{number} } $versions->{items}->@*), '4 3 2 1',
	'versions, the newest first';
is join(' ', map { $_->{current} ? 'now' : $_->{applied} ? 'was' : 'late' }
	$versions->{items}->@*), 'now late was was',
	'each says whether it applies, did, or came too late';
is_deeply {map { $_ => $versions->{items}[3]{$_} } qw(sequence commit commitTime
	branch runUrl principal changed)}, {sequence => 10, commit => 'c10',
	commitTime => '2026-01-01T00:00:00.000Z', branch => 'main',
	runUrl => 'https://ci.example/10',
	principal => $versions->{items}[0]{principal}, changed => []},
	'with where it came from';
unlike $versions->{items}[0]{principal}, qr/#/,
	'the number of a token is not shown';
is_deeply $versions->{items}[2]{changed}, ['tags[a]', 'tags[c]', 'tier'],
	'and what it changed';

my (@seen, $after);
do {
	my $page = get('services/alpha/versions?limit=1'
		. ($after ? "&after=$after" : ''))->{json};
	push @seen, map { $_->{number} } $page->{items}->@*;
	$after = $page->{next};
} while ($after);
is "@seen", '4 3 2 1', 'page by page, each once';

my $version = get('services/alpha/versions/1')->{json};
like $version->{source}, qr/^# the first\n/, 'the text as it was received';
is_deeply $version->{spec}{tags}, ['a', 'b'], 'what it said';
is facts($version->{changes}), '', 'a first version changes nothing';
is facts(get('services/alpha/versions/2')->{json}{changes}),
	'removed tags[a], added tags[c], changed tier', 'a second one does';
is facts(get('services/alpha/versions/4')->{json}{changes}),
	'added contact.email, changed tier',
	'and is compared with what was there, not with one that came too late';

for my $number (0, 5, 2147483647, 2147483648, '99999999999999999999', -1, 'x',
	'1.0') {
	is get("services/alpha/versions/$number")->{status}, 404,
		"there is no version $number";
}

# --- differences -----------------------------------------------------------------

my $diff = get('services/alpha/diff?from=1&to=4')->{json};
is_deeply $diff->{changes}, [
	{path => 'contact.email', kind => 'added', after => 'a@b.example'},
	{path => 'tags[a]', kind => 'removed', before => 'a'},
	{path => 'tags[c]', kind => 'added', after => 'c'},
	{path => 'tier', kind => 'changed', before => 1, after => 3},
], 'two versions, field by field';
is "$diff->{from}{number} $diff->{to}{number}", '1 4', 'it names both';
is facts(get('services/alpha/diff?from=4&to=1')->{json}{changes}),
	'removed contact.email, added tags[a], removed tags[c], changed tier',
	'the other way round';
is facts(get('services/alpha/diff?from=2&to=2')->{json}{changes}), '',
	'a version does not differ from itself';
my $whole = get('services/alpha/diff?from=0&to=1')->{json};
is $whole->{from}, undef, 'from 0 is from nothing';
like facts($whole->{changes}), qr/added description, .*added tier/,
	'everything is added';
for my $case (['from=1', '?to'], ['to=1', '?from'], ['from=-1&to=1', '?from'],
	['from=1&to=0', '?to'], ['from=a&to=1', '?from'],
	['from=1&to=2147483648', '?to'], ['from=1&to=2&x=1', '?x']) {
	my ($query, $pointer) = @$case;
	my $answer = get("services/alpha/diff?$query");
	is $answer->{status}, 422, "$query is refused";
	is $answer->{json}{errors}[0]{pointer}, $pointer, "  for $pointer";
}
is get("services/alpha/diff?$_")->{status}, 404, "$_: not there"
	for 'from=1&to=9', 'from=9&to=1';

# --- activity ------------------------------------------------------------------------

publish($ci, 'alpha', "serviceID: alpha\ntier: x\n");
my $activity = get('services/alpha/activity')->{json};
is join(' ', map { $_->{type} } $activity->{items}->@*), 'publish.failed '
	. 'service.updated service.updated service.created',
	'what happened, the newest first';
is join(' ', map { $_->{sequence} } $activity->{items}->@*), '4 3 2 1',
	'numbered without gaps';
is_deeply {map { $_ => $activity->{items}[1]{data}{$_} } qw(version commit
	changed)}, {version => 4, commit => 'c30',
	changed => ['contact.email', 'tier']}, 'with what changed';
@seen = ();
$after = undef;
do {
	my $page = get('services/alpha/activity?limit=2'
		. ($after ? "&after=$after" : ''))->{json};
	push @seen, map { $_->{sequence} } $page->{items}->@*;
	$after = $page->{next};
} while ($after);
is "@seen", '4 3 2 1', 'page by page, each once';
is get('services/alpha/activity?limit=1&after='
	. get('services/alpha/versions?limit=1')->{json}{next})->{status}, 422,
	'the cursor of another list is refused';
# Whoever has read the source can make a cursor.
sub forged ($list, $key) {
	my $body = "$key\x1f";
	my $check = substr sha256("$list\x1f$body"), 0, 6;
	return encode_base64("$check$body", '') =~ tr{+/}{-_}r =~ s/=+$//r;
}
is get('services/alpha/versions?limit=1&after=' . forged('versions', 2))
	->{json}{items}[0]{number}, 1, 'a cursor that is made up well is taken';
for my $number (2**31, -1, '99999999999999999999', '1x', '') {
	my $want = $number eq '' ? 200 : 422;
	is get('services/alpha/versions?after=' . forged('versions', $number))
		->{status}, $want, "versions after '$number': $want";
}
is get('services/alpha/activity?after=' . forged('activity', -1))->{status}, 422,
	'nor is there activity before the beginning';
is get("services/alpha/$_?limit=0")->{json}{errors}[0]{pointer}, '?limit',
	"$_: a page of nothing is refused" for qw(versions activity);

# --- as it was -------------------------------------------------------------------------

publish_set($ci, 'demo', [spec('beta', teamName => 'blue', tier => 4),
	spec('gamma')]);
my $four = now();
publish($ci, 'beta', spec('beta', teamName => 'green', tier => 1),
	publisher => 'demo');
publish_set($ci, 'demo', [spec('beta', teamName => 'green', tier => 1)]);
my $five = now();

sub tier_at ($when) {
	my $answer = get("services/alpha?at=$when");
	return $answer->{status} == 200 ? $answer->{json}{service}{tier}
		: $answer->{status};
}
is join(' ', map { tier_at($_) } $empty, $one, $two, $three), '404 1 2 3',
	'a service at each of its times';
like get("services/alpha?at=$empty")->{json}{detail}, qr/at that time/,
	'before it came the answer says so';
is get("services/alpha?at=$two")->{json}{service}{versions}, 2,
	'it had as many versions';
is get("services/alpha?at=$two")->{json}{service}{activity}[0]{sequence}, 2,
	'and as much activity';
is_deeply get('services/alpha?at=2100-01-01T00:00:00Z')->{json},
	get('services/alpha')->{json}, 'what is to come is as now';
is_deeply get('services/alpha?at=' . ($two =~ s/Z/%2B00:00/r))->{json},
	get("services/alpha?at=$two")->{json}, 'any zone will do';
is get("services/gamma?at=$four")->{json}{service}{tombstone}, undef,
	'a service that is gone was there then';
ok get("services/gamma?at=$five")->{json}{service}{tombstone},
	'and is gone since';

sub list_at ($when, $query = '') {
	my $answer = get("services?at=$when&facets=1&limit=200$query");
	return $answer->{status} if $answer->{status} != 200;
	my $json = $answer->{json};
	return join(' ', map { "$_->{id}:" . ($_->{tier} // '') }
		$json->{items}->@*) . " of $json->{facets}{total}";
}
is list_at($empty), ' of 0', 'at first there is nothing';
is list_at($two), 'alpha:2 of 1', 'then one';
is list_at($four), 'alpha:3 beta:4 gamma:1 of 3', 'then three';
is list_at($five), 'alpha:3 beta:1 of 2', 'then two';
is list_at($five, '&tombstoned=1'), 'gamma:1 of 1', 'one of them is gone';
is list_at($four, '&tombstoned=1'), ' of 0', 'which was not so before';
is list_at($four, '&team=blue'), 'beta:4 of 1', 'a filter asks what was';
is list_at($five, '&team=blue'), ' of 0', 'and not what is or what was before';
is list_at($four, '&q=BET'), 'beta:4 of 1', 'words are looked for likewise';
is list_at($four, '&sort=tier'), 'gamma:1 alpha:3 beta:4 of 3',
	'orders likewise';
is list_at($four, '&sort=updated'), 'beta:4 gamma:1 alpha:3 of 3',
	'also by time';
for my $sort (qw(name updated team tier)) {
	(my $all = get("services?at=$four&sort=$sort")->{json}{items})
		or die 'no list';
	my @ids;
	$after = undef;
	do {
		my $page = get("services?at=$four&sort=$sort&limit=1"
			. ($after ? "&after=$after" : ''))->{json};
		push @ids, map { $_->{id} } $page->{items}->@*;
		$after = $page->{next};
	} while ($after);
	is "@ids", join(' ', map { $_->{id} } @$all), "pages by $sort as they were";
}
is_deeply [map { $_->{value} } get("services?at=$four&facets=1")
	->{json}{facets}{team}->@*], ['red', 'blue'], 'counts as they were';

my $now = now();
for my $query ('', '&tombstoned=1', '&sort=team', '&q=a', '&team=red') {
	is_deeply get("services?facets=1$query&at=$now")->{json},
		get("services?facets=1$query")->{json},
		"at this moment the list is the list: '$query'";
}
is_deeply get("teams?at=$now")->{json}, get('teams')->{json},
	'and the teams are the teams';
is join(' ', map { "$_->{name}:$_->{services}" }
	get("teams?at=$four")->{json}{items}->@*), 'blue:1 red:2',
	'teams as they were';
is join(' ', map { $_->{id} } get("teams/blue?at=$four")->{json}{services}->@*),
	'beta', 'one team as it was';
is scalar(get("teams/blue")->{json}{services}->@*), 0,
	'that has nothing any more';

done_testing;
