#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# spec_diff(): what differs between two specs, by path.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash::Catalogue;
use Test::More;

my $catalogue = Mdash::Catalogue->new('spec_diff');
my $json = JSON::PP->new->canonical->allow_nonref;

# The changes as lines: '+path after', '-path before', '~path before after'.
sub changes ($before, $after) {
	my ($old, $new) = map { Mdash::Catalogue::quote($_) } $before, $after;
	my $changes = $json->decode($catalogue->value("SELECT spec_diff($old, $new)"));
	my %sign = (added => '+', removed => '-', changed => '~');
	return [map {
		my $change = $_;
		join ' ', "$sign{$change->{kind}}$change->{path}",
			map { exists $change->{$_} ? $json->encode($change->{$_}) : () }
			qw(before after)
	} @$changes];
}

for my $case (
	['nothing of nothing', '{}', '{}', []],
	['a spec and itself', '{"a":[1,{"b":[]}]}', '{"a":[1,{"b":[]}]}', []],
	['a missing side is empty', undef, '{"a":1}', ['+a 1']],
	['the other one too', '{"a":1}', undef, ['-a 1']],
	['a value', '{"tier":1}', '{"tier":2}', ['~tier 1 2']],
	['a type', '{"tier":1}', '{"tier":"1"}', ['~tier 1 "1"']],
	['null is a value', '{"a":null}', '{}', ['-a null']],
	['a nested value', '{"contact":{"slack":{"alertChannelId":"C1"}}}',
		'{"contact":{"slack":{"alertChannelId":"C2"}}}',
		['~contact.slack.alertChannelId "C1" "C2"']],
	['members of a list of texts', '{"tags":["a","b"]}', '{"tags":["b","c"]}',
		['-tags[a] "a"', '+tags[c] "c"']],
	['their order', '{"tags":["a","b"]}', '{"tags":["b","a"]}', []],
	['other members go by number', '{"links":[{"title":"x","url":"u"}]}',
		'{"links":[{"title":"x","url":"v"},{"title":"y"}]}',
		['~links[0].url "u" "v"', '+links[1].title "y"']],
	['an object that came', '{}', '{"o":{}}', ['+o {}']],
	['a list that was filled', '{"l":[]}', '{"l":["x"]}', ['-l []', '+l[x] "x"']],
	['an object in place of a value', '{"a":1}', '{"a":{"b":2}}',
		['-a 1', '+a.b 2']],
	['Japanese', '{"d":"決済"}', '{"d":"けっさい"}', ['~d "決済" "けっさい"']],
	['paths in the order of their bytes', '{"b":1,"a":1,"B":1}', '{}',
		['-B 1', '-a 1', '-b 1']],
	# A text may look like the number of another member.
	['two members of one path', '{"l":["2",5,7],"k":1}', '{"l":["2",5,7],"k":2}',
		['~k 1 2']],
	['one of them changed', '{"l":["2",5,7]}', '{"l":["2",5,8]}',
		['~l[2] 7 8']],
	['a dot in a key', '{"a.b":1,"a":{"b":2}}', '{"a.b":1,"a":{"b":3}}',
		['~a.b 2 3']],
) {
	my ($name, $before, $after, $want) = @$case;
	is_deeply changes($before, $after), $want, $name;
}

is $catalogue->value(
	q{SELECT changed_paths(spec_diff('{"a":1,"t":["x"]}', '{"a":2,"t":[]}'))}),
	'{a,t,t[x]}', 'the paths alone';

# --- very much ---------------------------------------------------------------

# An object with so many members under each of some names.
sub object ($members, @names) {
	my $object = sprintf q{(SELECT jsonb_object_agg('m' || i, i)
		FROM generate_series(1, %d) AS i)}, $members;
	$object = "jsonb_build_object($_, $object)" for reverse @names;
	return $object;
}

sub first_path ($sql) {
	return $catalogue->value("SELECT d->0->>'path' || ' of '
		|| jsonb_array_length(d) FROM spec_diff('{}', $sql) AS d");
}

is first_path(object(2, map { "'a'" } 1 .. 9)),
	join('.', ('a') x 9) . '.m1 of 2', 'what lies ten levels deep is told apart';
is first_path(object(2, map { "'a'" } 1 .. 10)), join('.', ('a') x 10) . ' of 1',
	'what lies deeper, as one';
is first_path(object(9_998, "'a'")), 'a.m1 of 9998', 'so are many members';
is first_path(object(10_000, "'a'")), 'a of 1', 'more than that are one';
is first_path(object(1, "repeat('k', 201)")), 'k' x 200 . '….m1 of 1',
	'of a long name there is its beginning';
is $catalogue->value(sprintf <<~'SQL', object(9_000, (q{repeat('k', 100000)}) x 9)), 't',
	SELECT length(spec_diff('{}', %s)::text) < 20000000
	SQL
	'a small spec with long names over many members is no gigabytes of paths';
is $catalogue->value(sprintf <<~'SQL', object(201, "repeat('k', 1000)")), '201 …',
	SELECT cardinality(p) || ' ' || p[201]
	  FROM changed_paths(spec_diff('{}', %s)) AS p
	SQL
	'of very many paths the first 200 are named';

done_testing;
