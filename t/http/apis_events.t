#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A change of a gRPC API that breaks services is told where these are looked at:
# their activity, their page, their feed and that of their team. And what a service
# shows of an API is what was published last, whoever has copies of it.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Catalogue;
use Mdash::OpenApi;
use Mdash::Proto qw(descriptor_set publish_set_of);
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(publish spec);
use Mdash::Session;
use POSIX ();
use Test::More;

my $mdash = Mdash->new;
my $api = Mdash::OpenApi->new;
my $ci = $mdash->token(scopes => [qw(ingest:write catalog:read)]);

sub wallet (@rpcs) {
	my $all = join ' ', map { "rpc $_(M) returns (M);" } @rpcs;
	return {'wallet.proto' => "syntax = \"proto3\"; package acme.wallet.v1;\n"
		. "message M {}\nservice Wallet { $all }\n"};
}
sub published ($repository, $files) {
	my $answer = publish_set_of($ci, $repository, descriptor_set($files));
	is $answer->{status}, 200, "$repository is published" or diag $answer->{content};
	return;
}
sub activity ($service) {
	my $answer = $ci->get("/api/v1/services/$service/activity");
	is_deeply [$api->faults('listActivity', $answer)], [], "activity of $service";
	return map { "$_->{type}:$_->{subject}" } $answer->{json}{items}->@*;
}
sub recent ($service) {
	return map { $_->{type} } $ci->get("/api/v1/services/$service")->{json}{service}{activity}->@*;
}
sub feed ($path) { return $ci->get("/api/v1/$path/activity.atom")->{content} }

for my $id (qw(wallet cart idle)) {
	my $grpc = {wallet => '{provides: [acme.wallet.v1.Wallet]}',
		cart => '{consumes: [acme.wallet.v1.Wallet/Debit, acme.wallet.v1.Wallet/Credit]}'}->{$id};
	is publish($ci, $id, spec($id, teamName => "team-$id", $grpc ? (grpc => $grpc) : ()))
		->{status}, 200, $id;
}
published('acme', wallet(qw(Debit Credit)));
is((activity('cart'))[0], 'service.created:cart', 'a first revision hits nobody');
published('acme', wallet(qw(Credit Refund)));

for my $id (qw(cart wallet)) {
	is((activity($id))[0], 'api.breaking:acme', 'a change that breaks it is told');
	is((recent($id))[0], 'api.breaking', '  on its page');
	my $origin = $mdash->origin;
	like feed("services/$id"), qr{acme has a revision that breaks services}, '  in its feed';
	like feed("services/$id"), qr{\Q$origin\E/apis/acme/diff\?from=1&amp;to=2},
		'  with the difference';
	like feed("teams/team-$id"), qr{acme has a revision that breaks services},
		'  and in that of its team';
}
is join(' ', activity('idle')), 'service.created:idle', 'but not to others';
unlike feed('teams/team-idle'), qr/breaks/, '  nor to their teams';
my ($page) = $ci->get('/api/v1/services/cart/activity?limit=1')->{json};
my $next = $ci->get("/api/v1/services/cart/activity?limit=1&after=$page->{next}")->{json};
is "$page->{items}[0]{type} $next->{items}[0]{type}", 'api.breaking service.created',
	'page after page';
is $ci->get('/api/v1/services/cart?at=' . $next->{items}[0]{time})->{json}{service}{activity}[0]{type},
	'service.created', 'and not before it happened';

# --- copies ------------------------------------------------------------------------

my $copy = descriptor_set(wallet(qw(Debit Credit)));
is publish_set_of($ci, 'beta', $copy)->{status}, 200, 'another repository has an old copy';
my $shown = $ci->get('/api/v1/services/wallet/grpc')->{json}{provides}[0];
is join(' ', sort map { $_->{name} } $shown->{methods}->@*), 'Credit Refund',
	'what was read last is shown';
is "@{$shown->{repositories}}", 'acme beta', '  and who declares it';
my %known = map { $_->{method} => $_->{known} ? 1 : 0 }
	$ci->get('/api/v1/services/cart/grpc')->{json}{consumes}->@*;
is_deeply \%known, {Debit => 0, Credit => 1}, '  also to callers';

# --- at once -----------------------------------------------------------------------

# A service that comes while the change is made: its publish is through when that of
# the API has found out what breaks, and goes on.
my $session = Mdash::Session->new($mdash);
$session->run('BEGIN; ' . Mdash::Catalogue::publish_call([{serviceID => 'late', teamName => 'team-late',
	grpc => {consumes => ['acme.wallet.v1.Wallet/Refund']}}]));
my $pid = fork // die "fork: $!";
if (!$pid) {
	my $answer = publish_set_of($ci, 'acme', descriptor_set(wallet('Credit')));
	my @hit = map { $_->{service} } $answer->{json}{impact}->@*;
	POSIX::_exit(grep({ $_ eq 'late' } @hit) ? 0 : 1);
}
ok wait_until(60, sub { $mdash->value(q{SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
	WHERE d.datname = current_database() AND NOT l.granted}) }), 'an API that changes waits for a service';
$session->run('COMMIT');
$session->end;
waitpid $pid, 0;
is $?, 0, '  which it breaks, and says so';
is((activity('late'))[0], 'api.breaking:acme', '  to that service, too');

done_testing;
