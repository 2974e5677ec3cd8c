#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What rules cost a publish: no statement and no row while no campaign runs, three
# statements with any number of them, and none for a publish that changes nothing.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Campaign qw(launch told);
use Mdash::Publish qw(marks moved publish spec);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest)], workers => 1,
	cluster => {settings => {log_statement => "'all'", log_line_prefix => "'%a '"}});
my $ci = $mdash->token(scopes => ['ingest:write']);
my $n = 0;

sub logged () {
	return map { /^ingest LOG:  ((?:statement|execute [^:]*): .*)/ } split /\n/, $mdash->cluster->log;
}
# The statements of a publish; the second one, for the first prepares them.
sub statements (%with) {
	publish($ci, 'cart', spec('cart', number => ++$n));
	my $before = logged();
	my $answer = publish($ci, 'cart', spec('cart', number => $with{same} ? $n : ++$n));
	is $answer->{status}, 200, 'a publish';
	my @all = logged();
	return @all[$before .. $#all];
}

my @without = statements();
cmp_ok scalar @without, '>', 3, 'statements are counted';
is scalar(grep { /SAVEPOINT|rules_follow/ } @without), 0, 'without a campaign none is for rules';
my $before = marks($mdash);
publish($ci, 'cart', spec('cart', number => ++$n));
unlike moved($before, marks($mdash)), qr/fact_pending|todo|campaign/, '  and no row';
my @same = statements(same => 1);
is scalar @same, 1, 'a publish that changes nothing is one statement' or diag join "\n", @same;

launch($mdash, "rule-$_", "\$.spec.number > $_") for 1 .. 20;
my @with = statements();
is scalar(@with), @without + 3, 'twenty rules are three statements'
	or diag join "\n", @with;
is scalar(grep { /rules_follow/ } @with), 1, '  of which one is for all of them';
@same = statements(same => 1);
is scalar @same, 1, 'a publish that changes nothing is still one' or diag join "\n", @same;

done_testing;
