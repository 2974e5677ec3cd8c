#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A process that is asked to end, or has worked enough, finishes the request in
# hand and takes no other; the next process goes on, and no client notices.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Cluster;
use Mdash::Process qw(started_at wait_until);
use Mdash::Publish qw(publish spec);
use Mdash::Raw qw(answers connect_to);
use Mdash::Victims qw(victims);
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);

my $mdash = Mdash->new(workers => 2, render => ['--api-rate', 10_000],
	settings => {recycle_requests => 40});
my ($host) = $mdash->origin =~ m{//(.*)};
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
is publish($ci, 'pay', spec('pay'))->{status}, 200, 'a service is there';

# --- worn out -------------------------------------------------------------------

my %pids;
$pids{$_}++ for map { victims($mdash, $_) } qw(services auth);
my %status;
for my $n (1 .. 300) {
	$status{$admin->get('/api/v1/services/pay')->{status}}++;
	next if $n % 20;
	$pids{$_}++ for map { victims($mdash, $_) } qw(services auth);
}
is_deeply \%status, {200 => 300}, 'while processes are replaced each request is answered';
cmp_ok scalar keys %pids, '>=', 10, keys(%pids) . ' processes have done it in turn';
my @ends = $mdash->log_of('services') =~ /"event":"end","requests":(\d+)/g;
is join(' ', grep { $_ != 40 } @ends), '', 'each of which ended after its 40 requests';

# --- asked to end, in the middle of a request --------------------------------------

# Holds a table that a route reads or writes, until the function returns.
sub while_locked ($table, $do) {
	my $conninfo = $mdash->conninfo('mdash_owner');
	my $pid = open my $psql, '|-', Mdash::Cluster::bindir() . '/psql', '-Xqd', $conninfo
		or die "psql: $!";
	$psql->autoflush;
	print $psql "BEGIN;\nLOCK TABLE $table;\n";
	wait_until(5, sub { $mdash->value("SELECT count(*) FROM pg_locks l JOIN pg_class c
		ON c.oid = l.relation WHERE relname = '$table' AND granted
		AND mode = 'AccessExclusiveLock'") == 1 }) or die "no lock\n";
	my @result = $do->(sub { print $psql "COMMIT;\n"; close $psql });
	return @result;
}

# Waits until a program waits for the database.
sub wait_blocked {
	return wait_until(5, sub { $mdash->value("SELECT count(*) FROM pg_locks l
		JOIN pg_class c ON c.oid = l.relation WHERE NOT granted") > 0 })
		|| die "nobody waits\n";
}

sub begin ($method, $path, $who, $body = '') {
	my $socket = connect_to($mdash);
	my %headers = (Host => $host, Connection => 'close', 'Content-Length' => length $body,
		'Content-Type' => 'application/yaml', $who->identity_headers);
	print $socket join("\r\n", "$method $path HTTP/1.1",
		(map { "$_: $headers{$_}" } sort keys %headers), '', $body);
	return $socket;
}

sub finish ($socket) {
	local $/;
	return (answers(<$socket> // ''))[0] // {status => 0};
}

for my $case (
	['services', 'service', 'GET', '/api/v1/services/pay', $admin, ''],
	['auth', 'api_token', 'GET', '/api/v1/tokens', $admin, ''],
	['ingest', 'service', 'PUT', '/api/v1/ingest/services/pay', $ci, spec('pay', tier => 2)],
) {
	my ($program, $table, $method, $path, $who, $body) = @$case;
	my @old = victims($mdash, $program);
	my ($answer, $still) = while_locked($table, sub ($release) {
		my $socket = begin($method, $path, $who, $body);
		wait_blocked();
		kill 'TERM', @old;
		sleep 0.3;
		my $still = grep { started_at($_) ne '' } @old;
		$release->();
		return (finish($socket), $still);
	});
	cmp_ok $still, '>=', 1, "$program: a process in a request does not end at once";
	is $answer->{status}, 200, '  but finishes it' or diag $answer->{content};
	ok wait_until(5, sub { !grep { started_at($_) ne '' } @old }), '  then it ends';
	is $who->request($method, $path, body => $body, headers =>
		{'content-type' => 'application/yaml'})->{status}, 200, '  and others go on';
}
is $mdash->value("SELECT spec->>'tier' FROM service_version ORDER BY id DESC LIMIT 1"), 2,
	'what was published meanwhile is there';

# --- asked to end again and again, under load ------------------------------------------

# They read so often, and until processes were asked often enough: to find those takes
# a busy machine longer than to read.
use constant {READ => 250, ASK => 20};
my $enough = $mdash->dir . '/enough';
my $end = time + 120;
my @readers = map {
	my $pid = fork // die "fork: $!";
	if ($pid == 0) {
		my $reader = $mdash->client(cookie => $admin->{cookie});
		my $bad = 0;
		for (my $n = 0; time < $end && ($n < READ || !-e $enough); $n++) {
			$bad++ if $reader->get('/api/v1/services/pay')->{status} != 200;
		}
		POSIX::_exit($bad > 99 ? 99 : $bad);
	}
	$pid;
} 1 .. 2;
my $asked = 0;
my %done;
while (keys %done < @readers && time < $end + 20) {
	for (grep { !exists $done{$_} } @readers) {
		$done{$_} = $? >> 8 if waitpid($_, POSIX::WNOHANG) == $_;
	}
	$asked += kill 'TERM', (victims($mdash, 'services'))[0] // next,
		(victims($mdash, 'auth'))[0] // next;
	open my $out, '>', $enough or die $! if $asked > ASK;
	sleep 0.05;
}
is join(' ', values %done), '0 0', "processes were asked to end $asked times: no request failed";
cmp_ok $asked, '>', ASK, 'which was often enough';

# --- the whole of it ---------------------------------------------------------------------

my @all = map { victims($mdash, $_) } qw(auth services apis todos jobs ingest);
my $start = time;
ok $mdash->stop($_), "$_ stops when it is asked" for qw(services apis todos jobs ingest auth nginx);
cmp_ok time - $start, '<', 10, 'in a moment';
ok wait_until(5, sub { !grep { started_at($_) ne '' } @all }), 'and no process stays';

done_testing;
