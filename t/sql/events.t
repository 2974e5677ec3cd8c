#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A reader of the event log that goes on from its cursor sees every event once,
# in the order of the cursor, however late the transactions commit. That order is
# also the one of each subject's own numbers.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Catalogue;
use Mdash::Process qw(wait_until);
use Mdash::Session;
use POSIX ();
use Test::More;

use constant {WRITERS => 6, EACH => 60};

my $catalogue = Mdash::Catalogue->new('events');
my $place = $catalogue->{place};

# Each writer is one psql that sleeps between writing and committing.
sub writer ($number) {
	my $script = join '', map {
		my $delay = sprintf '%.4f', rand 0.03;
		"BEGIN; SELECT event_append('test', 'service', 'writer-$number', NULL,"
			. " NULL, now(), '{}'); SELECT pg_sleep($delay); COMMIT;\n"
	} 1 .. EACH;
	$place->write("writer-$number.sql", $script);
	my $pid = fork // die "fork: $!";
	return $pid if $pid;
	open STDOUT, '>', '/dev/null';
	exec Mdash::Cluster::bindir() . '/psql', '-Xq', '-v', 'ON_ERROR_STOP=1',
		'-d', $catalogue->conninfo, '-f', $place->dir . "/writer-$number.sql"
		or POSIX::_exit(127);
}

my %running = map { writer($_) => 1 } 1 .. WRITERS;
my ($xid, $id, @read) = (0, 0);

sub read_on {
	my @rows = $catalogue->sql(
		"SELECT xid, id, subject || '/' || subject_seq"
		. " FROM event_after('$xid', $id, 25)");
	($xid, $id) = $rows[-1]->@[0, 1] if @rows;
	push @read, map { $_->[2] } @rows;
	return scalar @rows;
}

my $failed = 0;
while (%running) {
	read_on();
	while ((my $pid = waitpid(-1, POSIX::WNOHANG)) > 0) {
		$failed++ if $?;
		delete $running{$pid};
	}
}
is $failed, 0, 'all writers committed';
wait_until(120, sub { read_on() == 0 && @read >= WRITERS * EACH });

my %times;
$times{$_}++ for @read;
is scalar(keys %times), WRITERS * EACH, 'every event was read';
is scalar(grep { $_ > 1 } values %times), 0, 'none was read twice';
for my $number (1 .. WRITERS) {
	my @own = map { m{^writer-$number/(\d+)$} } @read;
	is "@own", join(' ', 1 .. EACH), "events of writer $number came in order";
}

# --- who has a number first and tells second --------------------------------------------

sub append ($subject) {
	return "SELECT event_append('test', 'service', '$subject', NULL, NULL, now(), '{}')";
}

my $from = $catalogue->value('SELECT max(xid::text::bigint) FROM event');
my ($early, $late) = map { Mdash::Session->new($catalogue) } 1 .. 2;
$early->run('BEGIN; SELECT pg_current_xact_id()');
$late->run('BEGIN; ' . append('ours') . '; ' . append('another'));
is $catalogue->value("SELECT count(*) FROM event_after('$from', 999999, 9)"), 0, 'none is told of before its end';
$late->run('COMMIT');
is $catalogue->value("SELECT count(*) FROM event_after('$from', 999999, 9)"), 0,
	'nor while one may still come before it';
$early->run(append('ours') . '; ' . append('early') . '; COMMIT');
$catalogue->sql(append('ours'));
# Other tests have transactions, too.
my @told;
wait_until(120, sub {
	@told = map { "$_->[0]/$_->[1]" } $catalogue->sql(
		"SELECT subject, subject_seq FROM event_after('$from', 999999, 9)");
	return @told >= 5;
});
is "@told", 'early/1 ours/1 another/1 ours/2 ours/3', 'the events of a subject are in the order of their numbers';
$_->end for $early, $late;

done_testing;
