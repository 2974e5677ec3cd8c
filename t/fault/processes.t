#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A handler and nginx's workers are killed under load: a request or two fail,
# the next ones are answered, and a stopped area does not take the others down.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Victims qw(victims);
use POSIX ();
use Test::More;
use Time::HiRes qw(sleep time);

use constant READERS => 4;

# More than nginx lets through of one caller in a running installation.
my $mdash = Mdash->new(render => ['--api-rate', 10_000]);
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
is $ci->put('/api/v1/ingest/services/steady', "serviceID: steady\n",
	'content-type' => 'application/yaml')->{status}, 200, 'a spec is there';

# Reads for some seconds while $harm is done; counts answers by status.
sub under_load ($seconds, $harm) {
	my @pids;
	for my $n (1 .. READERS) {
		my $pid = fork // die "fork: $!";
		if ($pid) {
			push @pids, $pid;
			next;
		}
		my %count;
		my $end = time + $seconds;
		while (time < $end) {
			my $status = $admin->get('/api/v1/services/steady')->{status};
			$count{$status}++;
		}
		open my $out, '>', $mdash->dir . "/count-$n" or POSIX::_exit(1);
		print $out map { "$_ $count{$_}\n" } keys %count;
		close $out;
		POSIX::_exit(0);
	}
	$harm->();
	waitpid $_, 0 for @pids;
	my %sum;
	for my $n (1 .. READERS) {
		open my $in, '<', $mdash->dir . "/count-$n" or die $!;
		while (<$in>) {
			my ($status, $count) = split;
			$sum{$status} += $count;
		}
	}
	return \%sum;
}

sub bad ($sum) {
	my $bad = 0;
	$bad += $sum->{$_} for grep { $_ != 200 } keys %$sum;
	return $bad;
}

my $kills = 0;
for my $kind (qw(services auth nginx)) {
	my $sum = under_load(2, sub {
		for (1 .. 5) {
			sleep 0.3;
			my ($victim) = victims($mdash, $kind) or next;
			$kills += kill 'KILL', $victim;
		}
	});
	my $bad = bad($sum);
	cmp_ok $sum->{200}, '>', 100, "$kind killed 5 times: it goes on";
	# Each kill meets the requests in hand, and on nginx the connections.
	cmp_ok $bad, '<=', 5 * READERS * 2, "$bad requests met it";
	is join(' ', grep { !/^(?:200|502|503|599)$/ } sort keys %$sum), '',
		'with an answer that says so';
	ok wait_until(5, sub {
		$admin->get('/api/v1/services/steady')->{status} == 200 }),
		'and all is well again';
}
is $kills, 15, 'there was something to kill each time';

# Metrics survive the processes that counted.
my (undef, $metrics) = $mdash->internal('/metrics');
my ($counted) = $metrics =~
	m{^mdash_requests_total\{program="services",method="GET",route="/api/v1/services/\{id\}",status="2xx"\} (\d+)}m;
cmp_ok $counted // 0, '>', 300, 'the counters outlive the processes';

# An area that is gone: its own requests fail with a problem, others do not.
$mdash->stop('services');
my $answer = $admin->get('/api/v1/services/steady');
is $answer->{status}, 503, 'without a handler its requests are 503'
	or diag $answer->{content};
like $answer->{headers}{'content-type'}, qr{^application/problem\+json},
	'as a problem document';
ok $answer->{headers}{'retry-after'}, 'that says when to come back';
is $ci->put('/api/v1/ingest/services/steady', "serviceID: steady\n",
	'content-type' => 'application/yaml')->{status}, 200,
	'another area is not concerned';
is $mdash->client->get('/schemas/service-spec.json')->{status}, 200,
	'nor are files';
$mdash->start('services');
ok wait_until(10, sub {
	$admin->get('/api/v1/services/steady')->{status} == 200 }),
	'started again, it answers';

# The gate gone: nobody gets in, not even with a good session.
$mdash->stop('auth');
$answer = $admin->get('/api/v1/services/steady');
cmp_ok $answer->{status}, '>=', 400, 'without the gate nothing is shown'
	or diag $answer->{content};
is $admin->put('/api/v1/ingest/services/steady', "serviceID: steady\ntier: 1\n",
	'content-type' => 'application/yaml')->{status} < 300, '',
	'and nothing is written';
$mdash->start('auth');
ok wait_until(10, sub {
	$admin->get('/api/v1/services/steady')->{status} == 200 }),
	'the session is good again when it is back';

# A handler that is asked to end finishes what it does and leaves.
my ($ending) = victims($mdash, 'services');
kill 'TERM', $ending;
ok wait_until(5, sub { !kill 0, $ending }), 'SIGTERM ends a waiting handler';

done_testing;
