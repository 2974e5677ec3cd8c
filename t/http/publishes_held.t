#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Held deletions: shown, approved or rejected by an admin.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Test::More;
use Mdash;
use Mdash::Publish qw(marks moved publish publish_set spec);

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $admin = $mdash->sign_in('admin');
my $viewer = $mdash->sign_in('viewer');
my $held = '/api/v1/held-publishes';

sub set (@numbers) { return [map { spec(sprintf 'svc-%02d', $_) } @numbers] }

sub live {
	return $mdash->value(q{SELECT count(*) FROM service
		WHERE tombstoned_at IS NULL AND service_id LIKE 'svc-%'});
}

is_deeply $viewer->get($held)->{json}{items}, [], 'at first nothing is held';

publish_set($ci, 'team/mono', set(1 .. 10));
my $answer = publish_set($ci, 'team/mono', set(1 .. 4), commit => 'c1',
	runUrl => 'https://ci.example/1');
is $answer->{status}, 202, 'a set with six of ten missing is held';
my ($hold) = $viewer->get($held)->{json}{items}->@*;
is_deeply [@{$hold}{qw(publisher of commit runUrl)}],
	['team/mono', 10, 'c1', 'https://ci.example/1'], 'the hold says of whom';
is join(' ', $hold->{missing}->@*),
	join(' ', map { sprintf 'svc-%02d', $_ } 5 .. 10), 'and what is missing';

my $before = marks($mdash);
for my $case ([$viewer, 'a viewer', {role => 'admin'}],
	[$ci, 'a ci token', {scope => 'catalog:read'}]) {
	my ($who, $name, $needs) = @$case;
	for my $verb (qw(approve reject)) {
		my $refused = $who->post("$held/team%2Fmono/$verb");
		is_deeply [$refused->{status}, $refused->{json}{needs}],
			[403, $needs], "$name may not $verb";
	}
}
is $mdash->client->post("$held/team%2Fmono/approve")->{status}, 401,
	'nobody may not either';
is $admin->post("$held/other/$_")->{status}, 404, "there is nothing to $_"
	for qw(approve reject);
is moved($before, marks($mdash)), '', 'all of that wrote nothing';

$answer = $admin->post("$held/team%2Fmono/approve");
is $answer->{status}, 200, 'an admin approves';
is $answer->{json}{tombstoned}, 6, 'six are deleted';
is join(' ', map { "$_->{result} $_->{serviceID}" } $answer->{json}{items}->@*),
	join(' ', map { sprintf 'tombstoned svc-%02d', $_ } 5 .. 10),
	'the answer names them';
is live(), 4, 'four are left';
is_deeply $viewer->get($held)->{json}{items}, [], 'nothing is held any more';
is $admin->post("$held/team%2Fmono/approve")->{status}, 404,
	'it cannot be approved twice';

is publish_set($ci, 'team/mono', set(1 .. 10))->{json}{restored}, 6,
	'a full set restores them';
publish_set($ci, 'team/mono', set(1 .. 3));
$answer = $admin->post("$held/team%2Fmono/reject");
is $answer->{status}, 204, 'an admin rejects';
is live(), 10, 'and all services stay';
is_deeply $viewer->get($held)->{json}{items}, [], 'nothing is held any more';

# What came back in the meantime stays.
publish_set($ci, 'team/mono', set(1 .. 3));
publish($ci, 'svc-10', spec('svc-10', tier => 2), publisher => 'team/mono');
$answer = $admin->post("$held/team%2Fmono/approve");
is $answer->{status}, 200, 'a hold is approved after one of its services came back';
is $mdash->value(q{SELECT tombstoned_at IS NULL FROM service
	WHERE service_id = 'svc-10'}), 't', 'that one stays';
is live(), 4, 'the others go';

is join(' ', map { $_->[0] } $mdash->sql(q{SELECT type FROM event
	WHERE kind = 'publisher' AND subject = 'team/mono' ORDER BY id})),
	'publish.held publish.approved publish.held publish.rejected publish.held '
	. 'publish.approved', 'all of it is in the event log';
is $mdash->value(q{SELECT count(*) FROM audit WHERE action LIKE 'publish.%'
	AND subject = 'user:admin'}), 3, 'and in the audit log';

done_testing;
