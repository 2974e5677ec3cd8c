#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# A real set of specs, the demo shop of twelve services, through its life.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Test::More;
use Mdash;
use Mdash::Publish qw(dry marks moved publish publish_set);

my $file = "$Bin/../../../shared/data/online-boutique/specs.yaml";
plan skip_all => 'the specs of the Online Boutique are not on this machine'
	if !-r $file;
my $text = do { local (@ARGV, $/) = $file; <> };
my @specs = grep { /^serviceID:/m } split /^---.*\n/m, $text;
is scalar @specs, 12, 'the set has twelve services';

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $admin = $mdash->sign_in('admin');

sub counts ($answer) {
	my $json = $answer->{json};
	return join ' ', $answer->{status}, map { "$_=$json->{$_}" } grep { $json->{$_} }
		qw(created updated unchanged superseded restored tombstoned held);
}

my $dry = dry(\&publish_set, $ci, 'boutique', $text);
my $answer = publish_set($ci, 'boutique', $text);
is counts($answer), '200 created=12', 'the full set is created';
is $answer->{content}, $dry->{content}, 'as the dry run said, byte for byte';

my $before = marks($mdash);
is counts(publish_set($ci, 'boutique', $text)), '200 unchanged=12',
	'again: all unchanged';
is moved($before, marks($mdash)), 'service_seen',
	'and no row written but when they were seen';

my ($id) = $specs[0] =~ /^serviceID:\s*(\S+)/m;
my $faulty = $specs[0] =~ s/^tier: .*/tier: 77/mr
	=~ s/^lifecycle: .*/lifecycle: sleeping/mr =~ s/^tags: .*/tags: yes please/mr;
$answer = publish($ci, $id, $faulty);
is $answer->{status}, 422, 'one file with three mistakes is refused';
my @lines = split /\n/, $faulty;
is join(' ', sort map { "$_->{pointer}:" . ($lines[$_->{line} - 1] =~ /^(\w+)/)[0] }
	$answer->{json}{errors}->@*), '#/lifecycle:lifecycle #/tags:tags #/tier:tier',
	'with three faults, each at its line' or diag $answer->{content};

my @ten = @specs[0 .. 9];
$dry = dry(\&publish_set, $ci, 'boutique', \@ten);
$answer = publish_set($ci, 'boutique', \@ten);
is counts($answer), '200 unchanged=10 tombstoned=2', 'two missing: two tombstones';
is $answer->{content}, $dry->{content}, 'as the dry run said';
is counts(publish_set($ci, 'boutique', $text)), '200 unchanged=10 restored=2',
	'and back again';

my @five = @specs[0 .. 4];
$dry = dry(\&publish_set, $ci, 'boutique', \@five);
$answer = publish_set($ci, 'boutique', \@five);
is counts($answer), '202 unchanged=5 held=7', 'seven missing: held';
is $answer->{content}, $dry->{content}, 'as the dry run said';
my $held = $admin->get('/api/v1/held-publishes')->{json}{items};
is scalar $held->[0]{missing}->@*, 7, 'the hold names the seven';
is counts($admin->post('/api/v1/held-publishes/boutique/approve')),
	'200 tombstoned=7', 'an admin approves them';
is counts(publish_set($ci, 'boutique', $text)), '200 unchanged=5 restored=7',
	'and even that can be taken back';

done_testing;
