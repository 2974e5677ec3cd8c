#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Who may do what with items: by session, by personal token, by the token of
# another system, with a team and without one.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Publish qw(publish spec);
use Mdash::Todos qw(campaign item_id patch);
use POSIX qw(strftime);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest todos)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $rei = $mdash->sign_in('rei', teams => ['red']);
my $ria = $mdash->sign_in('ria', teams => ['review']);
my $tomorrow = strftime '%Y-%m-%d', gmtime time + 24 * 3600;

sub personal ($who, @scopes) {
	my $made = $who->post('/api/v1/tokens', {kind => 'personal', name => "p@scopes", scopes => \@scopes});
	return $mdash->client(token => $made->{json}{secret});
}
my %caller = (
	nobody => $mdash->client,
	viewer => $mdash->sign_in('vera'),
	owner => $rei,
	asks => $mdash->sign_in('pia', teams => ['platform']),
	reviews => $ria,
	admin => $mdash->sign_in('admin'),
	reads => personal($rei, 'todos:read'),
	person => personal($rei, 'todos:write'),
	catalog => personal($rei, 'catalog:read'),
	system => $mdash->token(kind => 'system', scopes => ['todos:write']),
	red => $mdash->token(kind => 'system', scopes => ['todos:write'], team => 'red'),
	blue => $mdash->token(kind => 'system', scopes => ['todos:write'], team => 'blue'),
	asking => $mdash->token(kind => 'system', scopes => ['todos:write'], team => 'platform'),
	follows => $mdash->token(kind => 'system', scopes => ['todos:read']),
	ci => $ci,
);
my @callers = qw(nobody viewer owner asks reviews admin reads person catalog system red blue
	asking follows ci);
publish($ci, 'cart', spec('cart', teamName => 'red'));
publish($ci, 'lone', spec('lone', teamName => undef));
campaign($mdash, 'one', review_team => 'review');
my %item = map { $_ => item_id($mdash, 'one', $_) } qw(cart lone);

sub fresh ($state) {
	$mdash->sql("UPDATE todo_item SET state = '$state', reason = 'r', approver = 'user:x',"
		. " until = current_date, waits_for = NULL, due = NULL WHERE campaign IS NOT NULL");
	return;
}
my $drafts = 0;
my %exempt = (state => 'exempt', reason => 'r', until => $tomorrow);
# What is done, in which state, and the status for each caller.
my @table = (
	#                                     nob vie own ask rev adm rea per cat sys red blu asg fol ci
	['GET', undef, 'open',              '401 200 200 200 200 200 200 200 403 200 200 200 200 200 403'],
	['lists', undef, 'open',            '401 200 200 200 200 200 200 200 403 200 200 200 200 200 403'],
	['cart', {assignee => 'user:x'}, 'open',  '401 403 200 403 403 200 403 200 403 200 200 403 403 403 403'],
	['cart', {state => 'done'}, 'open',       '401 403 200 403 403 200 403 200 403 200 200 403 403 403 403'],
	['cart', {state => 'done'}, 'in_review',  '401 403 403 403 200 200 403 403 403 403 403 403 403 403 403'],
	['cart', {state => 'open'}, 'in_review',  '401 403 403 403 200 200 403 403 403 403 403 403 403 403 403'],
	['cart', {state => 'open'}, 'done',       '401 403 200 403 403 200 403 200 403 200 200 403 403 403 403'],
	['cart', \%exempt, 'open',                '401 403 403 200 403 200 403 403 403 403 403 403 200 403 403'],
	['cart', {state => 'open'}, 'exempt',     '401 403 200 200 403 200 403 200 403 200 200 403 200 403 403'],
	['cart', {due => $tomorrow}, 'open',      '401 403 403 200 403 200 403 403 403 403 403 403 200 403 403'],
	['cart', {comment => 'x'}, 'open',        '401 403 200 200 200 200 403 200 403 200 200 403 200 403 403'],
	['lone', {state => 'done'}, 'open',       '401 403 403 403 403 200 403 403 403 200 403 403 403 403 403'],
	['comments', 'cart', 'open',              '401 201 201 201 201 201 403 201 403 201 201 403 201 403 403'],
	['create', 'cart', 'open',                '401 403 201 403 403 201 403 201 403 201 201 403 403 403 403'],
	['create', 'lone', 'open',                '401 403 403 403 403 201 403 403 403 201 403 403 403 403 403'],
	['bulk', undef, 'open',                   '401 200 200 200 200 200 403 200 403 200 200 200 200 403 403'],
);
sub call ($who, $what, $with) {
	my $api = '/api/v1/todos';
	return $who->get("$api/$item{cart}") if $what eq 'GET';
	return $who->get("$api?state=all") if $what eq 'lists';
	return $who->post("$api/bulk", {items => [{id => 0 + $item{cart}, version => 1, change => {}}]})
		if $what eq 'bulk';
	return $who->post("$api/$item{$with}/comments", {text => 'x'}) if $what eq 'comments';
	return $who->post($api, {source => 'x', externalID => 'e' . ++$drafts, serviceID => $with, title => 't'})
		if $what eq 'create';
	return patch($who, $item{$what}, $with,
		$mdash->value("SELECT version FROM todo_item WHERE id = $item{$what}"));
}
for my $row (@table) {
	my ($what, $with, $state, $want) = @$row;
	my @is = map { fresh($state); call($caller{$_}, $what, $with)->{status} } @callers;
	my $name = join ' ', $state, $what, ref $with ? map { "$_=$with->{$_}" } sort keys %$with : $with // ();
	is "@is", $want, $name or diag "@callers";
}

# A token that is for some services has to do with the items of those only.
my %of_lone = (system => $mdash->token(kind => 'system', scopes => ['todos:write'], services => ['lone*']),
	person => $mdash->client(token => $rei->post('/api/v1/tokens', {kind => 'personal', name => 'lone',
		scopes => ['todos:write'], services => ['lone*']})->{json}{secret}));
for my $who (map { $of_lone{$_} } qw(system person)) {
	fresh('open');
	is join(' ', map({ call($who, @$_)->{status} } ['cart', {assignee => 'user:x'}], ['cart', {comment => 'x'}],
		['comments', 'cart'], ['create', 'cart'], ['GET', undef])), '403 403 403 403 200', 'other services are read only';
	is_deeply $who->get("/api/v1/todos/$item{cart}")->{json}{may}, [], '  and it may do nothing there';
	my $bulk = $who->post('/api/v1/todos/bulk', {items => [{id => 0 + $item{cart}, version => 1, change => {}}]});
	is $bulk->{json}{items}[0]{status}, 403, '  nor with many at once';
}
is join(' ', map({ call($of_lone{system}, @$_)->{status} } ['lone', {assignee => 'user:x'}], ['comments', 'lone'],
	['create', 'lone'])), '200 201 201', 'its own it changes';

# Who did it is told, and what is told of a token is not its number.
fresh('open');
patch($caller{red}, $item{cart}, {state => 'not_applicable', reason => 'No'});
my $last = $rei->get("/api/v1/todos/$item{cart}")->{json}{transitions}[0];
is $last->{actorKind}, 'system', 'another system is no person';
like $last->{actor}, qr/^token:[^#]+$/, 'and is named';
fresh('open');
patch($caller{person}, $item{cart}, {state => 'not_applicable', reason => 'No'});
is $rei->get("/api/v1/todos/$item{cart}")->{json}{transitions}[0]{actorKind}, 'person', 'a personal token is';

done_testing;
