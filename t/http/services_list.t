#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The service list against a recount: filters alone and together, orders, pages,
# counts, what is tombstoned, and what is refused.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use List::Util qw(any uniq);
use Mdash;
use Mdash::Publish qw(publish publish_set spec);
use Test::More;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $mdash = Mdash->new(areas => [qw(auth ingest services)]);
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);

# --- the company -------------------------------------------------------------

my @lifecycles = (qw(production experimental deprecated retired), undef);
my @words = ('Charges a wallet', '決済を受け付ける', 'ケッサイの通知', 'Ships ﾊﾞｽｹｯﾄ');
my @model = map {
	my $n = $_;
	{
		id => sprintf('%s-%02d', (qw(pay ship find))[$n % 3], $n),
		description => $words[$n % 4],
		team => (undef, 'red', 'blue', '赤')[$n % 4],
		corp => (undef, 'ACME', 'Kaze & Mori')[$n % 3],
		lifecycle => $lifecycles[$n % 5],
		tier => (undef, 1 .. 4)[$n % 5],
		tags => [uniq(('a', 'b b', '本')[$n % 3], ('a', 'c')[$n % 2])],
	}
} 0 .. 59;

sub text_of ($service, %change) {
	my %s = (%$service, %change);
	return spec($s{id}, description => $s{description}, teamName => $s{team},
		corporation => defined $s{corp} ? qq("$s{corp}") : undef,
		lifecycle => $s{lifecycle}, tier => $s{tier},
		tags => '[' . join(', ', map { qq("$_") } $s{tags}->@*) . ']');
}

sub encoded ($text) { utf8::encode($text); return $text }

my $made = publish_set($ci, 'demo', encoded(join "---\n", map { text_of($_) }
	@model));
is $made->{json}{created}, 60, 'the company is published';

# The answer to a list; parameters may hold any text.
sub list (%query) {
	my %bytes = map { my $value = $query{$_};
		($_ => ref $value ? [map { encoded($_) } @$value] : encoded($value))
	} keys %query;
	return $admin->get('/api/v1/services'
		. Mdash::Publish::query(%bytes));
}

sub ids ($answer) { return map { $_->{id} } $answer->{json}{items}->@* }

# All ids of a list, page by page, and how many pages there were.
sub all_ids ($limit, %query) {
	my ($pages, $after, @ids) = (0);
	do {
		my $answer = list(%query, limit => $limit,
			defined $after ? (after => $after) : ());
		return ("status $answer->{status}") if $answer->{status} != 200;
		push @ids, ids($answer);
		$after = $answer->{json}{next};
	} while (defined $after && ++$pages < 100);
	return @ids;
}

# --- filters -------------------------------------------------------------------

my %matches = (
	q => sub ($s, $v) {
		# Written out by hand: each word as it must be found.
		my %found = ('けっさい' => qr/ケッサイ/, '決済' => qr/決済/, 'バスケ' => qr/ﾊﾞｽｹ/,
			'PAY' => qr/^pay-/, '済' => qr/済/, 'charges wallet' => qr/Charges/,
			'通知 find' => qr/^find-.*通知/);
		return "$s->{id} $s->{description}" =~ $found{$v};
	},
	team => sub ($s, $v) { ($s->{team} // '-') eq $v },
	corp => sub ($s, $v) { ($s->{corp} // '') eq $v },
	tag => sub ($s, $v) {
		my %has = map { $_ => 1 } $s->{tags}->@*;
		!grep { !$has{$_} } ref $v ? @$v : $v;
	},
	lifecycle => sub ($s, $v) { ($s->{lifecycle} // 'unspecified') eq $v },
	tier => sub ($s, $v) { ($s->{tier} // 0) == $v },
);

sub expected ($query, @without) {
	my %filter = map { $_ => $query->{$_} } grep { $matches{$_} } keys %$query;
	delete @filter{@without};
	return grep { my $s = $_;
		!any { !$matches{$_}->($s, $filter{$_}) } keys %filter } @model;
}

my %values = (
	q => ['けっさい', '決済', 'バスケ', 'PAY', '済', 'charges wallet', '通知 find'],
	team => ['red', '赤', '-'],
	corp => ['ACME', 'Kaze & Mori'],
	tag => ['a', 'b b', '本', ['a', 'c']],
	lifecycle => ['production', 'unspecified'],
	tier => [1, 4],
);
my @single = map { my $kind = $_; map { {$kind => $_} } $values{$kind}->@* }
	sort keys %values;
my @pairs = map { my $one = $_; map { {%$one, %$_} }
	grep { (keys %$one)[0] lt (keys %$_)[0] } @single } @single;

sub said ($query) {
	return join ' ', map { my $v = $query->{$_};
		"$_=" . (ref $v ? join '+', @$v : $v) } sort keys %$query;
}

# Counts of one kind as the model has them.
sub recount ($query, $kind) {
	my %of = (
		team => sub ($s) { $s->{team} // '-' },
		corp => sub ($s) { $s->{corp} // () },
		tag => sub ($s) { $s->{tags}->@* },
		lifecycle => sub ($s) { $s->{lifecycle} // 'unspecified' },
		tier => sub ($s) { $s->{tier} // () },
	);
	my %count;
	my @left_out = $kind eq 'tag' ? () : $kind;
	$count{$_}++ for map { $of{$kind}->($_) } expected($query, @left_out);
	return \%count;
}

sub counts_as ($facets, $query) {
	for my $kind (qw(team corp tag lifecycle tier)) {
		my %got = map { ($_->{value} => $_->{count}) } $facets->{$kind}->@*;
		my $want = recount($query, $kind);
		return "$kind" if join(',', map { "$_$got{$_}" } sort keys %got)
			ne join(',', map { "$_$want->{$_}" } sort keys %$want);
		my @order = map { $_->{count} } $facets->{$kind}->@*;
		return "$kind is not in order"
			if "@order" ne join ' ', sort { $b <=> $a } @order;
	}
	return '';
}

sub right ($query) {
	my $answer = list(%$query, facets => 1, limit => 200);
	return "status $answer->{status}" if $answer->{status} != 200;
	my @want = sort map { $_->{id} } expected($query);
	return 'ids ' . join ' ', ids($answer)
		if join(' ', ids($answer)) ne "@want";
	return 'total' if $answer->{json}{facets}{total} != @want;
	return counts_as($answer->{json}{facets}, $query);
}

is right({}), '', 'without filters: everything, and counted';
is right($_), '', said($_) for @single;
my @wrong = grep { right($_) } @pairs;
is join("\n", map { said($_) . ': ' . right($_) } @wrong), '',
	scalar(@pairs) . ' pairs of filters find and count what a recount does';
my %all = (team => 'red', corp => 'ACME', tag => ['a', 'c'],
	lifecycle => 'experimental', tier => 1, q => 'PAY');
is right(\%all), '', 'so do all filters together';
is right({team => 'nobody'}), '', 'an unknown team has nothing';
is join(' ', ids(list(q => '   ', limit => 2))), join(' ', (sort map { $_->{id} }
	@model)[0, 1]), 'words of spaces are no filter';
is scalar(ids(list(q => '%'))), 0, 'a percent sign is looked for as such';
is scalar(ids(list(q => '_'))), 0, 'so is an underscore';
is scalar(ids(list(q => 'pay\\'))), 0, 'and a backslash';
ok !exists list()->{json}{facets}, 'counts come when they are asked for';
ok !exists list(facets => 0)->{json}{facets}, 'and not otherwise';

# --- orders and pages ------------------------------------------------------------

my %by_id = map { ($_->{id} => $_) } @model;
my %published = map { ($_->{id} => $_->{publishedAt}) }
	list(limit => 200)->{json}{items}->@*;
publish($ci, $_, encoded(text_of($by_id{$_}, description => 'changed')))
	for qw(ship-31 pay-03 find-59);
%published = map { ($_->{id} => $_->{publishedAt}) }
	list(limit => 200)->{json}{items}->@*;

my %key = (
	name => sub ($s) { '' },
	team => sub ($s) { encoded($s->{team} // "\x{10FFFF}") },
	tier => sub ($s) { $s->{tier} // 9 },
);
my %order = (
	(map { my $sort = $_; ($sort => [map { $_->{id} } sort {
		$key{$sort}->($a) cmp $key{$sort}->($b) || $a->{id} cmp $b->{id} }
		@model]) } keys %key),
	updated => [map { $_->{id} } sort { $published{$b->{id}} cmp
		$published{$a->{id}} || $a->{id} cmp $b->{id} } @model],
);
for my $sort (qw(name updated team tier)) {
	my @want = $order{$sort}->@*;
	for my $limit (1, 7, 59, 60, 61, 200) {
		is join(' ', all_ids($limit, sort => $sort)), "@want",
			"by $sort in pages of $limit";
	}
	my @tagged = grep { any { $_ eq 'a' } $by_id{$_}{tags}->@* } @want;
	is join(' ', all_ids(4, sort => $sort, tag => 'a')), "@tagged",
		"by $sort with a filter";
}
is join(' ', (all_ids(3, sort => 'updated'))[0 .. 2]), 'find-59 pay-03 ship-31',
	'what was published last comes first';
is scalar(ids(list())), 50, 'a page has 50 unless another length is asked for';
is list(limit => 60)->{json}{next}, undef, 'the last page says that it is';

# --- pages while others publish ----------------------------------------------------

for my $sort (qw(name team tier)) {
	my ($after, %seen, $round);
	do {
		my $answer = list(sort => $sort, limit => 7,
			defined $after ? (after => $after) : ());
		$seen{$_}++ for ids($answer);
		$after = $answer->{json}{next};
		$round++;
		# One that was seen, one that was not, and new ones on both sides.
		publish($ci, $_, encoded(text_of($by_id{$_},
			description => "$sort $round"))) for map { $model[$_]{id} }
			3 * $round, 59 - $round;
		publish($ci, "$_-$sort-$round", spec("$_-$sort-$round"))
			for qw(aa zz);
	} while (defined $after);
	is join(' ', grep { ($seen{$_} // 0) != 1 } sort keys %by_id), '',
		"by $sort each service was seen exactly once while others changed";
	is join(' ', grep { $seen{$_} > 1 } sort keys %seen), '', 'and none twice';
}

# --- tombstones --------------------------------------------------------------------

my $before = list(facets => 1)->{json}{facets}{total};
my @kept = grep { $_->{id} !~ /^(?:pay-00|ship-01)$/ } @model;
my $gone = publish_set($ci, 'demo', encoded(join "---\n",
	map { text_of($_) } @kept));
is $gone->{json}{tombstoned}, 2, 'two services are left out';
is list(facets => 1)->{json}{facets}{total}, $before - 2,
	'the list no longer has them';
my $tombs = list(tombstoned => 1, facets => 1);
is join(' ', ids($tombs)), 'pay-00 ship-01', 'the list of tombstones has';
is $tombs->{json}{facets}{total}, 2, 'and counts them';
ok $tombs->{json}{items}[0]{tombstonedAt}, 'each says since when';
is join(' ', ids(list(tombstoned => 1, team => 'red'))), 'ship-01',
	'it can be filtered';
is join(' ', ids(list(tombstoned => 1, q => 'pay'))), 'pay-00',
	'and searched';
is join(' ', all_ids(1, tombstoned => 1, sort => 'updated')),
	'pay-00 ship-01', 'and paged';
is scalar(ids(list(tombstoned => 0, q => 'pay-00'))), 0, '0 is the live ones';

# --- what is refused ---------------------------------------------------------------

my $cursor = list(limit => 1)->{json}{next};
my $other = $admin->get('/api/v1/services/pay-03/activity?limit=1')
	->{json}{next};
for my $case (
	[{team => 'x' x 63}, ''], [{team => 'x' x 64}, '?team'],
	[{team => ''}, '?team'], [{corp => 'x' x 100}, ''],
	[{corp => 'x' x 101}, '?corp'], [{corp => ''}, '?corp'],
	[{tag => 'x' x 64}, ''], [{tag => 'x' x 65}, '?tag'],
	[{tag => [('x') x 10]}, ''], [{tag => [('x') x 11]}, '?tag'],
	[{q => 'あ' x 200}, ''], [{q => 'あ' x 201}, '?q'],
	[{lifecycle => 'alive'}, '?lifecycle'], [{lifecycle => ''}, '?lifecycle'],
	[{tier => 1}, ''], [{tier => 4}, ''], [{tier => 0}, '?tier'],
	[{tier => 5}, '?tier'], [{tier => 'x'}, '?tier'],
	[{tombstoned => 2}, '?tombstoned'], [{facets => 'yes'}, '?facets'],
	[{sort => 'age'}, '?sort'], [{limit => 1}, ''], [{limit => 200}, ''],
	[{limit => 0}, '?limit'], [{limit => 201}, '?limit'],
	[{limit => '1e1'}, '?limit'], [{at => '2026-11-24'}, '?at'],
	[{at => '2026-11-24T00:00:00Z'}, ''], [{colour => 'red'}, '?colour'],
	[{team => ['a', 'b']}, '?team'], [{after => ''}, '?after'],
	[{after => $cursor}, ''], [{after => "$cursor="}, '?after'],
	[{after => substr $cursor, 0, -1}, '?after'],
	[{after => "A$cursor"}, '?after'], [{after => 'x' x 500}, '?after'],
	[{after => 'x' x 501}, '?after'], [{after => $other}, '?after'],
	[{after => $cursor, sort => 'team'}, '?after'],
	[{after => "\x{e9}"}, '?after'], [{after => '../..'}, '?after'],
) {
	my ($query, $pointer) = @$case;
	my $answer = list(%$query);
	my $name = substr said($query), 0, 40;
	is $answer->{status}, $pointer ? 422 : 200, "$name: "
		. ($pointer ? 'refused' : 'taken');
	is $answer->{json}{errors}[0]{pointer}, $pointer, '  at the parameter'
		if $pointer;
}
is join(' ', sort map { $_->{pointer} }
	list(tier => 9, sort => 'x', limit => 0, x => 1)->{json}{errors}->@*),
	'?limit ?sort ?tier ?x', 'all faults at once';
is $admin->get('/api/v1/services?q=%ff')->{status}, 422,
	'what is no UTF-8 is refused';
is $admin->post('/api/v1/services', {})->{status}, 405, 'nothing is made here';

# --- the largest page ----------------------------------------------------------------

# More than one of it, so that what a statement fetches at most shows.
my $pages = $ci->post('/api/v1/ingest/services?publisher=pages', join("---\n",
	map { "serviceID: page-$_\nteamName: team-@{[$_ % 7]}\ntier: @{[$_ % 4 + 1]}\n" }
	1 .. 450), 'content-type' => 'application/yaml');
is $pages->{json}{created}, 450, 'there are more services than fit two pages';
my @live = map { $_->[0] } $mdash->sql(
	'SELECT service_id FROM service WHERE tombstoned_at IS NULL');
for my $sort (qw(name updated team tier)) {
	my ($after, @sizes, %seen);
	do {
		my $page = list(limit => 200, sort => $sort,
			defined $after ? (after => $after) : ())->{json};
		push @sizes, scalar $page->{items}->@*;
		$seen{$_->{id}}++ for $page->{items}->@*;
		$after = $page->{next};
	} while defined $after;
	is join(' ', sort grep { $seen{$_} == 1 } keys %seen), join(' ', sort @live),
		"by $sort: each is on one page";
	is join(' ', @sizes), '200 200 ' . (@live - 400), '  and pages are full';
}

# --- not changed, no body ------------------------------------------------------------

my $fresh = list(limit => 3);
my $etag = $fresh->{headers}{etag};
ok $etag, 'the answer has an ETag';
my $again = $admin->get('/api/v1/services?limit=3', 'if-none-match' => $etag);
is $again->{status}, 304, 'which is answered by 304 while nothing changes';
is $again->{content} // '', '', 'without a body';
publish($ci, 'aa-name-1', spec('aa-name-1', description => 'new'));
is $admin->get('/api/v1/services?limit=3', 'if-none-match' => $etag)->{status},
	200, 'and by the list after a change';
my $head = $admin->request('HEAD', '/api/v1/services?limit=3');
is $head->{status}, 200, 'HEAD is answered';
is $head->{content} // '', '', 'without a body';

done_testing;
