#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Which publish wins: by sequence, else by commit time, else as they arrive; and
# deletions have their place in that order too.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Test::More;

my $catalogue = Mdash::Catalogue->new('order');

sub spec ($id, $text = 'one') {
	return {serviceID => $id, description => $text, teamName => 'red'};
}

# 'updated 2' for a single publish; '200 a created, b held' for a set.
sub put ($id, $text, %with) {
	my $answer = $catalogue->publish([spec($id, $text)], %with);
	return $answer->{status} if $answer->{status} != 200;
	my ($item) = $answer->{body}{items}->@*;
	return "$item->{result} $item->{version}";
}

sub set ($publisher, $ids, %with) {
	my $answer = $catalogue->publish([map { spec($_) } @$ids], set => 1,
		publisher => $publisher, %with);
	return $answer->{status} if $answer->{status} >= 400;
	return join ' ', $answer->{status},
		map { "$_->{serviceID} $_->{result}" } $answer->{body}{items}->@*;
}

# What the catalogue shows: its text, or 'gone'.
sub shown ($id) {
	return $catalogue->value(<<~SQL);
		SELECT CASE WHEN s.tombstoned_at IS NULL
		            THEN v.spec->>'description' ELSE 'gone' END
		  FROM service s
		  JOIN service_version v ON v.id = s.version_id
		 WHERE s.service_id = '$id'
		SQL
}

sub held ($publisher) {
	return $catalogue->value("SELECT array_to_string(missing, ' ')"
		. " FROM publish_hold WHERE publisher = '$publisher'");
}

my $admin = q{'{"subject":"user:admin","kind":"session","admin":true}'};

# --- rows of publishes of one service ------------------------------------------

my ($early, $late) = ('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z');
for my $case (
	['a higher sequence wins',
		[a => {sequence => 1}, 'created 1'], [b => {sequence => 2}, 'updated 2'],
		shows => 'b'],
	['a lower one is kept, not shown',
		[a => {sequence => 2}, 'created 1'], [b => {sequence => 1}, 'superseded 2'],
		shows => 'a'],
	['and is kept once, however often it comes',
		[a => {sequence => 2}, 'created 1'], [b => {sequence => 1}, 'superseded 2'],
		[b => {sequence => 1}, 'superseded 2'], shows => 'a'],
	['what has not changed moves the order on',
		[a => {sequence => 1}, 'created 1'], [a => {sequence => 3}, 'unchanged 1'],
		[b => {sequence => 2}, 'superseded 2'], shows => 'a'],
	['sequences come before commit times',
		[a => {sequence => 1, commitTime => $late}, 'created 1'],
		[b => {sequence => 2, commitTime => $early}, 'updated 2'], shows => 'b'],
	['a later commit time wins',
		[a => {commitTime => $early}, 'created 1'],
		[b => {commitTime => $late}, 'updated 2'], shows => 'b'],
	['an earlier one does not',
		[a => {commitTime => $late}, 'created 1'],
		[b => {commitTime => $early}, 'superseded 2'], shows => 'a'],
	['without a key that both have, what comes later wins',
		[a => {sequence => 9}, 'created 1'],
		[b => {commitTime => $early}, 'updated 2'], shows => 'b'],
	['and so without any', [a => {}, 'created 1'], [b => {}, 'updated 2'],
		[a => {}, 'updated 3'], shows => 'a'],
	['one sequence has one content',
		[a => {sequence => 1}, 'created 1'], [b => {sequence => 1}, 409],
		shows => 'a'],
	['one commit too', [a => {commit => 'c'}, 'created 1'],
		[b => {commit => 'c'}, 409], shows => 'a'],
	['also a commit that was unchanged',
		[a => {commit => 'c'}, 'created 1'], [a => {commit => 'd'}, 'unchanged 1'],
		[b => {commit => 'd'}, 409], shows => 'a'],
	['also one of long ago',
		[a => {commit => 'c'}, 'created 1'], [b => {commit => 'd'}, 'updated 2'],
		[z => {commit => 'c'}, 409], shows => 'b'],
	['a commit may come again after one without',
		[a => {commit => 'c'}, 'created 1'], [b => {}, 'updated 2'],
		[a => {commit => 'c'}, 'updated 3'], shows => 'a'],
	['also one that was unchanged',
		[a => {}, 'created 1'], [a => {commit => 'c'}, 'unchanged 1'],
		[b => {}, 'updated 2'], [a => {commit => 'c'}, 'updated 3'],
		shows => 'a'],
	['and a sequence',
		[a => {sequence => 5}, 'created 1'], [b => {}, 'updated 2'],
		[a => {sequence => 5}, 'updated 3'], shows => 'a'],
	['what is superseded by its sequence leaves no time behind',
		[a => {sequence => 2, commitTime => $early}, 'created 1'],
		[b => {sequence => 1, commitTime => $late}, 'superseded 2'],
		[z => {commitTime => '2026-01-01T12:00:00Z'}, 'updated 3'],
		shows => 'z'],
	['what is superseded by its time leaves no sequence behind',
		[a => {commitTime => $late}, 'created 1'],
		[b => {sequence => 9, commitTime => $early}, 'superseded 2'],
		[z => {sequence => 8, commitTime => '2026-01-03T00:00:00Z'}, 'updated 3'],
		shows => 'z'],
	['an admin may force an older one',
		[a => {sequence => 2}, 'created 1'],
		[b => {sequence => 1, force => 1}, 'updated 2'], shows => 'b'],
	['from which the order goes on',
		[a => {sequence => 500}, 'created 1'],
		[b => {sequence => 1, force => 1}, 'updated 2'],
		[z => {sequence => 2}, 'updated 3'],
		[b => {sequence => 1}, 'superseded 2'], shows => 'z'],
	['also past the numbers of before',
		[a => {sequence => 2}, 'created 1'], [b => {sequence => 9}, 'updated 2'],
		[a => {sequence => 1, force => 1}, 'updated 3'],
		[z => {sequence => 2}, 'updated 4'], shows => 'z'],
	['to force what has not changed is to begin anew, too',
		[a => {sequence => 500}, 'created 1'],
		[a => {sequence => 1, force => 1}, 'unchanged 1'],
		[b => {sequence => 2}, 'updated 2'], shows => 'b'],
	['without order keys it stays as it was',
		[a => {sequence => 5}, 'created 1'], [b => {force => 1}, 'updated 2'],
		[z => {sequence => 4}, 'superseded 3'], shows => 'b'],
	['and other content under one commit',
		[a => {commit => 'c'}, 'created 1'],
		[b => {commit => 'c', force => 1}, 'updated 2'], shows => 'b'],
	['another publisher has other numbers',
		[a => {publisher => 'p', sequence => 500}, 'created 1'],
		[b => {publisher => 'q', sequence => 3}, 409],
		[b => {publisher => 'q', sequence => 3, takeover => 1}, 'updated 2'],
		[z => {publisher => 'q', sequence => 4}, 'updated 3'],
		[a => {publisher => 'q', sequence => 2}, 'superseded 4'], shows => 'z'],
	['the same of which do no harm',
		[a => {publisher => 'p', sequence => 1}, 'created 1'],
		[b => {publisher => 'p', sequence => 3}, 'updated 2'],
		[b => {publisher => 'q', sequence => 1, takeover => 1}, 'updated 3'],
		[z => {publisher => 'q', sequence => 3}, 'updated 4'], shows => 'z'],
	['taken over without a number',
		[a => {publisher => 'p', sequence => 500}, 'created 1'],
		[b => {publisher => 'q', takeover => 1}, 'updated 2'],
		[z => {publisher => 'q', sequence => 1}, 'updated 3'], shows => 'z'],
) {
	my ($name, @steps) = @$case;
	my (undef, $shows) = splice @steps, -2;
	my $id = 'one-' . $name =~ s/\W+/-/gr =~ s/^(.{50}).*/$1/r =~ s/-$//r;
	my @got = map { put($id, $_->[0], $_->[1]->%*) } @steps;
	is_deeply [@got, shown($id)], [map({ $_->[2] } @steps), $shows], $name;
}

# --- deletions -------------------------------------------------------------------

is set('north', [qw(na nb)], sequence => 3), '200 na created nb created',
	'a set';
is set('north', ['na'], sequence => 5), '200 nb tombstoned',
	'a later one without nb deletes it';
is put('nb', 'two', sequence => 4), 'superseded 2',
	'a late publish that is older than the deletion does not bring it back';
is shown('nb'), 'gone', '  and it stays gone';
is put('nb', 'three', sequence => 6), 'restored 3', 'a newer one does';
is shown('nb'), 'three', '  and it is shown';

is set('north', ['na'], sequence => 5), '200',
	'a late set deletes nothing that was published since';
is shown('nb'), 'three', '  nb stays';

is set('times', [qw(ta tb)], commitTime => $early), '200 ta created tb created',
	'a set with a commit time';
is set('times', ['ta'], commitTime => $late), '200 tb tombstoned',
	'a later one deletes';
is put('tb', 'x', commitTime => '2026-01-01T12:00:00Z'), 'superseded 2',
	'and commit times hold for deletions too';

# --- deletions that wait -----------------------------------------------------------

my @many = map { "h$_" } 10 .. 29;
my @few = @many[0 .. 9];
my @rest = @many[10 .. 19];
is set('hold', \@many, sequence => 8), join(' ', 200, map { "$_ created" } @many),
	'twenty services';
is set('hold', \@few, sequence => 10), join(' ', 202, map { "$_ held" } @rest),
	'leaving out half of them waits for approval';
is set('hold', \@many, sequence => 9), '200', 'a late older set changes nothing';
is held('hold'), "@rest", '  nor does it call the deletions off';
is put('h29', 'one', sequence => 11), 'unchanged 1', 'h29 is published after all';
is_deeply [$catalogue->sql(
		"SELECT status FROM hold_approve('hold', $admin)")], [[200]],
	'an admin approves';
is_deeply [map { shown($_) } @many],
	[('one') x 10, ('gone') x 9, 'one'],
	'all go but the one that was published since';
is put('h28', 'two', sequence => 9), 'superseded 2',
	'a publish older than the set that was approved brings none back';
is put('h28', 'two', sequence => 12), 'restored 3', 'a newer one does';

is set('again', [map { "g$_" } 10 .. 29]), join(' ', 200,
	map { "g$_ created" } 10 .. 29), 'without order keys';
like set('again', ['g10']), qr/^202 /, 'deletions wait too';
is set('again', [map { "g$_" } 10 .. 29]), '200', 'the next full set';
is held('again'), undef, '  calls them off';

# The hold is of the last set that left them out.
my @last = map { "l$_" } 10 .. 21;
my $held_events = q{SELECT count(*) FROM event WHERE subject = 'last'};
set('last', \@last, sequence => 1);
set('last', [@last[0 .. 3]], sequence => $_) for 2, 5;
is $catalogue->value($held_events), 1, 'the same deletions are told once';
is set('last', \@last, sequence => 3), '200', 'a set from between the two';
is held('last'), "@last[4 .. 11]", '  does not call them off';
is set('last', \@last, sequence => 6), '200', 'one that is newer than both';
is held('last'), undef, '  does';

# A number on one side only: what comes later is newer.
my @kept = map { "k$_" } 10 .. 21;
is set('kept', \@kept, sequence => 1), join(' ', 200, map { "$_ created" } @kept),
	'twelve services';
like set('kept', [@kept[0 .. 3]], sequence => 2), qr/^202 /, 'eight are left out';
is put('k14', 'two'), 'updated 2', 'one is published by hand';
is put('k15', 'one'), 'unchanged 1', 'another one as it was';
is put('k16', 'two', sequence => 1, force => 1), 'updated 2', 'a third by force';
is held('kept'), "@kept[7 .. 11]", 'they are no longer among the missing';
$catalogue->sql("SELECT status FROM hold_approve('kept', $admin)");
is_deeply [map { shown($_) } @kept[4 .. 7]], ['two', 'one', 'two', 'gone'],
	'and stay when the others go';
like set('none', [map { "n$_" } 10 .. 21]), qr/^200 /, 'twelve more';
like set('none', [map { "n$_" } 10 .. 15]), qr/^202 /, 'six are left out';
put("n$_", 'one') for 16 .. 21;
is held('none'), undef, 'published after all, nothing of them is held';
is set('none', [map { "n$_" } 10 .. 21], sequence => 7, force => 1), '200',
	'a forced set';
is set('none', [map { "n$_" } 10 .. 20], sequence => 3, force => 1),
	'200 n21 tombstoned', 'and an older one deletes';
is put('n21', 'two', sequence => 4), 'restored 2', 'the order goes on from it';

# --- a clock that was put back -----------------------------------------------------

put('clock', 'one');
$catalogue->{cluster}->query($catalogue->conninfo('mdash_owner'), <<~SQL);
	UPDATE service_version SET valid_from = now() + interval '1 hour',
	       received_at = now() + interval '1 hour'
	 WHERE spec->>'serviceID' = 'clock'
	SQL
is put('clock', 'two'), 'updated 2', 'a publish after the clock was put back';
is $catalogue->value("SELECT detail_json::json->>'description' FROM service"
	. " WHERE service_id = 'clock'"), 'two', 'is the one that is shown';

done_testing;
