#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What the worker sweeps: events from the beginning of the log, failed publishes
# that are mended or of nobody; and what it must leave.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Mdash::Files qw(read_source);
use Mdash::Process qw(wait_until);
use Test::More;

my $catalogue = Mdash::Catalogue->new('sweep');

sub owner ($sql) {
	return $catalogue->{cluster}->query($catalogue->conninfo('mdash_owner'), $sql);
}

# Runs a statement of sql/queries as the worker does; how many rows are gone.
sub sweep ($name, @values) {
	my $statement = read_source("sql/queries/$name.sql") =~ s/;\s*\z//r;
	my $execute = @values ? 'EXECUTE q(' . join(', ', @values) . ')' : 'EXECUTE q';
	return $catalogue->value("PREPARE q AS $statement;\n$execute");
}

sub publish ($id, $text) {
	return $catalogue->publish([{serviceID => $id, description => $text}])
		->{body}{items}[0]{result};
}

# --- events ------------------------------------------------------------------

my $day = 24 * 3600;

# The log after a cursor: readers wait for transactions of the whole cluster, also
# for those of tests that run at the same time.
sub log_is ($cursor, $want, $name) {
	my $got;
	wait_until(120, sub {
		$got = join ' ', map { "$_->[0]:$_->[1]" } $catalogue->sql(
			'SELECT subject, subject_seq FROM '
			. "event_after('$cursor->[0]', $cursor->[1], 100)");
		$got eq $want;
	});
	is $got, $want, $name;
	return;
}

publish('acme', $_) for 1 .. 4;
is sweep('sweep_event', $day), 0, 'young events stay';
is $catalogue->value('SELECT pruned_id FROM instance'), 0, '  and so does the log';
owner("UPDATE event SET time = now() - interval '25 h' WHERE subject_seq < 3");
is sweep('sweep_event', $day), 2, 'old ones go';
my ($pruned) = $catalogue->sql('SELECT pruned_xid, pruned_id FROM instance');
log_is $pruned, 'acme:3 acme:4', 'the log begins behind them';
is sweep('sweep_event', $day), 0, 'once';
is_deeply [$catalogue->sql('SELECT pruned_xid, pruned_id FROM instance')],
	[$pruned], '  and the beginning stays where it is';
publish('acme', 5);
is $catalogue->value('SELECT max(subject_seq) FROM event'), 5,
	'the numbers of a subject go on, whatever is gone';
owner("UPDATE event SET time = now() - interval '25 h'");
is sweep('sweep_event', $day), 3, 'all may go';
is $catalogue->value('SELECT count(*) FROM service'), 1, 'but the catalogue stays';

# --- failed publishes ----------------------------------------------------------

my $options = q('{"publisher":null,"commit":null,"runUrl":null}');
my $who = q('{"subject":"t","kind":"ci","teams":[],"services":[],"admin":false}');

sub refuse ($service) {
	my $id = defined $service ? qq("$service") : 'null';
	my $refused = qq([{"serviceID":$id,"source":"x","faults":[],"faultCount":1}]);
	$catalogue->sql("SELECT publish_fail('$refused', $options, $who)");
	return;
}

sub open_ones {
	return join ' ', map { $_->[0] } $catalogue->sql(<<~'SQL');
		SELECT coalesce(service_id, '-') FROM publish_failure
		 WHERE resolved_at IS NULL ORDER BY 1
		SQL
}

sub age ($what) {
	owner("UPDATE publish_failure SET last_at = last_at - interval '$what',"
		. " resolved_at = resolved_at - interval '$what'");
	return;
}

publish('mended', 'x');
refuse($_) for 'mended', 'acme', 'typo', undef;
publish('mended', 'y');
is open_ones(), '- acme typo', 'four were refused, one was mended';
age('89 days');
is sweep('sweep_failure'), 0, 'for 90 days all stay';
refuse('typo');
age('2 days');
is sweep('sweep_failure'), 2, 'then the mended one goes, and one of nobody';
is open_ones(), 'acme typo', 'what still comes stays, and what an owner has to mend';
age('90 days');
is sweep('sweep_failure'), 1, 'what no longer comes goes, too';
is open_ones(), 'acme', 'that of a service stays until it is mended';
is publish('acme', 5), 'unchanged', '  as it is now';
is open_ones(), '', '  and it is';

owner("INSERT INTO proto_repository (name, source) VALUES ('protos', 't')");
$catalogue->sql("SELECT publish_fail_set('$_', '[{\"code\":\"x\"}]', 1, $options, $who)")
	for 'protos', 'typo';
age('91 days');
is sweep('sweep_failure'), 2, 'the mended one goes, and the descriptor set of no repository';
is $catalogue->value('SELECT repository FROM publish_failure WHERE resolved_at IS NULL'),
	'protos', '  that of one stays';

done_testing;
