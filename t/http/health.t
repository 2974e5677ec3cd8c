#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What machines ask: health and readiness by anybody, metrics on the internal
# socket alone and in the format of Prometheus.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Socket::UNIX;
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Raw qw(answers exchange);
use Mdash::Victims qw(victims);
use Test::More;

my $mdash = Mdash->new(worker => 1);
my $nobody = $mdash->client;
my $admin = $mdash->sign_in('admin');

# --- health ---------------------------------------------------------------------

for my $path (qw(/healthz /readyz)) {
	my $answer = $nobody->get($path);
	is $answer->{status}, 200, "$path is for anybody";
	is_deeply $answer->{json}, {status => 'ok'}, '  and says that all is well';
	is $answer->{headers}{'cache-control'}, 'no-cache', '  freshly each time';
	is $nobody->request('HEAD', $path)->{status}, 200, '  also to HEAD';
	my $post = $nobody->post($path);
	is "$post->{status} $post->{headers}{allow}", '405 GET, HEAD', '  but not to POST';
	my ($other) = exchange($mdash, "GET $path HTTP/1.1\r\nHost: 10.0.0.1\r\n"
		. "Connection: close\r\n\r\n")->{answers}->@*;
	is $other->{status}, 200, '  under any name, as load balancers ask';
}
my ($other) = exchange($mdash, "GET / HTTP/1.1\r\nHost: evil.example\r\n"
	. "Connection: close\r\n\r\n")->{answers}->@*;
is $other->{status}, 421, 'nothing else is answered under another name';
is $other->{json}{type}, '/problems/bad-request', 'but by a problem';

for my $area (qw(services auth apis todos jobs)) {
	$mdash->stop($area);
	is $nobody->get('/healthz')->{status}, 200, "without $area others say so";
}
$mdash->stop('ingest');
is $nobody->get('/healthz')->{status}, 503, 'with nobody left it is 503';
is $nobody->get('/readyz')->{status}, 503, 'as is readiness';
$mdash->start($_) for qw(auth services apis todos jobs ingest);
$mdash->wait_ready;
ok wait_until(5, sub { $nobody->get('/readyz')->{status} == 200 }),
	'and all is well when they are back';

# --- a database of another version ------------------------------------------------

# New processes with connections of their own: the schema is looked at once for
# each.
sub reconnect {
	my @old = map { victims($mdash, $_) } qw(auth services apis todos jobs ingest);
	kill 'TERM', @old;
	return ok wait_until(5, sub { !kill 0, @old }), 'handlers begin anew';
}
$mdash->sql("INSERT INTO schema_migration (number, topic) VALUES (999, 'later')");
reconnect();
my $answer = $nobody->get('/readyz');
is $answer->{status}, 503, 'with a schema of another version it is not ready';
like $answer->{json}{detail}, qr/schema 999.*mdash-migrate/, 'and says what to do';
is $answer->{headers}{'retry-after'}, 1, 'and when to come back';
is $admin->get('/api/v1/services')->{status}, 503, 'nothing is read from it';
is $nobody->get('/healthz')->{status}, 200, 'the programs live';
$mdash->sql('DELETE FROM schema_migration WHERE number = 999');
reconnect();
is $nobody->get('/readyz')->{status}, 200, 'with the right one it is ready';
is $admin->get('/api/v1/services')->{status}, 200, 'and answers';

# --- where metrics are --------------------------------------------------------------

for my $who ($nobody, $admin) {
	is $who->get($_)->{status}, 404, "$_ is not public"
		for qw(/metrics /ready/auth /publish/events);
}
($other) = exchange($mdash, "GET /metrics HTTP/1.1\r\nHost: internal\r\n"
	. "Connection: close\r\n\r\n")->{answers}->@*;
is $other->{status}, 421,
	'whatever the name of the host is';
is +($mdash->internal("/ready/$_"))[0], 200, "$_ is ready by the internal socket"
	for qw(auth services ingest);
is +($mdash->internal($_))[0], 404, "$_ is not there"
	for '/', '/api/v1/services', '/ready/x', '/metrics/', '/_auth';

# --- what they say --------------------------------------------------------------------

my $secret_id = 'not-to-be-a-label';
is $admin->get("/api/v1/services/$secret_id")->{status}, 404, 'a service that is not there';
ok wait_until(10, sub { ($mdash->internal('/metrics'))[1] =~ /^mdash_worker_/m }),
	'the worker adds its own';
my $socket = IO::Socket::UNIX->new(Peer => "$mdash->{run}/internal.sock") or die;
print $socket "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
my ($metrics) = answers(do { local $/; <$socket> });
is $metrics->{headers}{'content-type'}, 'text/plain; version=0.0.4',
	'they are text of Prometheus';
my $text = $metrics->{content};
like $text, qr/\n\z/, 'whose last line ends';
unlike $text, qr/$secret_id/, 'with routes as labels, not what was asked for';

# The text format, version 0.0.4: each family is one group and begins with its
# type; each sample is there once.
my $name = qr/[a-z][a-z0-9_]*/;
my $label = qr/$name="[^"\\\n]*"/;
my (%type, %seen, %value, @faults);
my $family = '';
for my $line (split /\n/, $text) {
	if ($line =~ /^# HELP ($name) \S/) {
		push @faults, "$1: its help comes late" if exists $type{$1};
	} elsif ($line =~ /^# TYPE ($name) (counter|gauge|histogram)$/) {
		push @faults, "$1: a second type" if exists $type{$1};
		($family, $type{$1}) = ($1, $2);
	} elsif ($line =~ /^($name)(?:\{($label(?:,$label)*)\})? (-?\d+(?:\.\d+)?)$/) {
		my ($sample, $labels, $value) = ($1, $2 // '', $3);
		my $of = ($type{$family} // '') eq 'histogram'
			? $sample =~ s/_(?:bucket|sum|count)$//r : $sample;
		push @faults, "$sample: within $family" if $of ne $family;
		push @faults, "$sample {$labels} twice" if $seen{"$sample $labels"}++;
		$value{$sample}{$labels} = $value;
	} else {
		push @faults, "no line of metrics: $line";
	}
}
is join("\n", @faults), '', 'every line is well-formed and in its place';
is join(' ', grep { !/^mdash_/ } keys %type), '', 'all names begin with mdash_';
is join(' ', grep { ($type{$_} eq 'counter') ne /_total$/ } keys %type), '',
	'counters and only they end in _total';
is join(' ', grep { /(?:ms|_us|millis)\b/ } keys %type), '', 'times are in seconds';
is $type{mdash_request_seconds}, 'histogram', 'how long requests took is a histogram';

my (%bucket, %last);
my $count = $value{mdash_request_seconds_count};
for my $labels (keys $value{mdash_request_seconds_bucket}->%*) {
	my ($of, $edge) = $labels =~ /^(.*),le="([^"]*)"$/;
	$bucket{$of}{$edge} = $value{mdash_request_seconds_bucket}{$labels};
}
is_deeply [sort keys %bucket], [sort keys %$count], 'each route has buckets and a count';
my @odd = grep {
	my $of = $bucket{$_};
	my @edges = sort { $a <=> $b } grep { $_ ne '+Inf' } keys %$of;
	my $before = 0;
	my $falls = grep { my $less = $of->{$_} < $before; $before = $of->{$_}; $less } @edges, '+Inf';
	$falls || $of->{'+Inf'} != $count->{$_};
} keys %bucket;
is join(' ', @odd), '', 'which add up';
my $route = 'program="services",method="GET",route="/api/v1/services/{id}"';
is $value{mdash_requests_total}{"$route,status=\"4xx\""}, 1,
	'what was answered is counted by route and kind of status';
is $count->{$route}, 1, 'once';
for my $program (qw(auth services ingest)) {
	cmp_ok $value{mdash_db_connections_total}{"program=\"$program\""} // 0, '>', 0,
		"$program counts its connections";
}

done_testing;
