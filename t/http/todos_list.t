#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Lists of items: filters, order, pages, groups; the matrix; many changes at once,
# and requests that are repeated.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::OpenApi;
use Mdash::Publish qw(publish spec);
use Mdash::Todos qw(campaign fault item_id patch traces);
use POSIX qw(strftime);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest todos)]);
my $openapi = Mdash::OpenApi->new;
my $ci = $mdash->token(scopes => ['ingest:write']);
my $red = $mdash->sign_in('rei', teams => ['red']);
my $admin = $mdash->sign_in('admin');
my $api = '/api/v1/todos';

# From the day on which the test began, also when that is over before the test is.
my $begun = time;
sub day ($ahead) { return strftime '%Y-%m-%d', gmtime $begun + 24 * 3600 * $ahead }

# 'campaign/service ...' of a list, which is as documented.
sub shown ($query, $who = $red) {
	my $answer = $who->get("$api$query");
	is join("\n", $openapi->faults('listTodos', $answer)), '', "$query: as documented";
	return join ' ', map { ($_->{campaign} // $_->{externalID}) . "/$_->{serviceID}" }
		($answer->{json}{items} // [])->@*;
}

publish($ci, $_, spec($_, teamName => 'red')) for qw(aa bb);
publish($ci, 'cc', spec('cc', teamName => 'blue'));
publish($ci, 'dd', spec('dd', teamName => undef));
campaign($mdash, 'late', due => day(-2), level => 3);
campaign($mdash, 'soon', due => day(3), level => 2);
campaign($mdash, 'also', due => day(3), level => 1);
campaign($mdash, 'far', due => day(30));
campaign($mdash, 'never');
my @order = qw(late also soon far never);
my @all = map { my $c = $_; map { "$c/$_" } qw(aa bb cc dd) } @order;

# --- order and pages ---------------------------------------------------------------------

is shown(''), "@all", 'by due date, level, and which came first';
my (@found, $after);
for (1 .. 30) {
	my $answer = $red->get("$api?limit=3" . ($after ? "&after=$after" : ''))->{json};
	push @found, map { "$_->{campaign}/$_->{serviceID}" } $answer->{items}->@*;
	$after = $answer->{next} // last;
}
is "@found", "@all", 'the same in pages, each once';
is fault($red->get("$api?after=x")), '422 ?after cursor', 'a cursor that is none';
my ($cursor) = $red->get("$api/matrix?limit=1")->{json}{next};
is fault($red->get("$api?after=$cursor")), '422 ?after cursor', 'one of another list';

# --- filters -----------------------------------------------------------------------------

is shown('?campaign=soon'), 'soon/aa soon/bb soon/cc soon/dd', 'of a campaign';
is shown('?campaign=none'), '', 'of none';
is shown('?service=cc'), join(' ', map { "$_/cc" } @order), 'of a service';
is shown('?team=blue'), join(' ', map { "$_/cc" } @order), 'of a team';
is shown('?team=-'), join(' ', map { "$_/dd" } @order), 'of services without one';
is shown('?due=overdue'), join(' ', grep { /late/ } @all), 'what is late';
is shown('?due=week'), join(' ', grep { /soon|also/ } @all), 'of this week';
is shown('?due=later'), join(' ', grep { /far|never/ } @all), 'of later, or never';
is shown('?mine=1'), join(' ', grep { m{/(?:aa|bb)} } @all), 'of my teams';
patch($admin, item_id($mdash, 'far', 'cc'), {assignee => 'user:rei'});
is shown('?mine=1&due=later'), 'far/aa far/bb far/cc never/aa never/bb', '  or for me to do';
is shown('?assignee=user:rei'), 'far/cc', 'for somebody to do';
patch($red, item_id($mdash, 'late', 'aa'), {snoozedUntil => day(2)});
is shown('?mine=1&due=overdue'), 'late/bb', 'what is put off is not shown';
is shown('?mine=1&due=overdue&snoozed=1'), 'late/aa late/bb', '  unless it is asked for';
patch($red, item_id($mdash, 'soon', 'aa'), {state => 'done'});
patch($red, item_id($mdash, 'soon', 'bb'), {state => 'waiting', waitsFor => item_id($mdash, 'soon', 'cc')});
patch($red, item_id($mdash, 'also', 'bb'), {state => 'not_applicable', reason => 'x'});
is shown('?mine=1&due=week'), 'also/aa soon/bb', 'what is settled is not shown';
is shown('?state=done'), 'soon/aa', 'but by its state';
is shown('?state=not_applicable'), 'also/bb', '  each';
is shown('?state=waiting'), 'soon/bb', '  by its own';
is shown('?campaign=soon&state=all'), 'soon/aa soon/bb soon/cc soon/dd', 'or all';
is_deeply $red->get("$api?mine=1&limit=1")->{json}{groups}, {overdue => 1, week => 2, later => 5, done => 1},
	'groups are counted over all pages';
ok !exists $red->get($api)->{json}{groups}, '  of what is mine alone';
$mdash->sql("UPDATE todo_item SET done_at = now() - interval '29 days' WHERE state = 'done'");
is $red->get("$api?mine=1")->{json}{groups}{done}, 0, 'done of late are those of 28 days';

# What a service or a campaign says later holds for the items, too.
publish($ci, 'dd', spec('dd', teamName => 'green'));
is shown('?team=green&due=overdue'), 'late/dd', 'an item goes with its service to another team';
$mdash->sql("UPDATE campaign SET due = NULL, level = 1 WHERE name = 'late'");
is shown('?team=green'), join(' ', map { "$_/dd" } qw(also soon far late never)), 'and is due as the campaign says';

for my $case (
	['?state=closed', '?state enum'],
	['?due=today', '?due enum'],
	['?mine=yes', '?mine enum'],
	['?campain=x', '?campain unknown'],
	['?team=', '?team too-short'],
	['?externalID=x', '?source required'],
	['?limit=201', '?limit range'],
	['?since=x', '?since cursor'],
	['?since=&after=x', '?after conflict'],
	['?team=red&team=blue', '?team repeated'],
	['?campaign=' . 'x' x 64, '?campaign too-long'],
) {
	my ($query, $fault) = @$case;
	is fault($red->get("$api$query")), "422 $fault", "$query is refused";
}

# --- the matrix ----------------------------------------------------------------------------

my $matrix = $red->get("$api/matrix");
is join("\n", $openapi->faults('getTodoMatrix', $matrix)), '', 'the matrix is as documented';
is join(' ', map { $_->{name} } $matrix->{json}{campaigns}->@*), 'late soon also far never', 'campaigns that run';
is join(' ', map { $_->{serviceID} } $matrix->{json}{items}->@*), 'aa bb cc dd', 'services with items';
is join(' ', map { "$_->{campaign}:$_->{state}" } $matrix->{json}{items}[0]{todos}->@*),
	'late:open soon:done also:open far:open never:open', 'with all of them';
my $page = $red->get("$api/matrix?limit=2")->{json};
is join(' ', map { $_->{serviceID} } $red->get("$api/matrix?after=$page->{next}")->{json}{items}->@*),
	'cc dd', 'in pages';
is join(' ', map { $_->{serviceID} } $red->get("$api/matrix?team=red")->{json}{items}->@*), 'aa bb', 'of a team';
$mdash->sql("UPDATE campaign SET state = 'finished' WHERE name = 'late'");
is scalar($red->get("$api/matrix")->{json}{campaigns}->@*), 4, 'without those that have ended';
is scalar($red->get("$api/matrix?campaign=late")->{json}{items}->@*), 0, '  and their services';
is fault($red->get("$api/matrix?service=x")), '422 ?service unknown', 'by no more';

# --- many at once ----------------------------------------------------------------------------

my %id = map { $_ => item_id($mdash, 'far', $_) } qw(aa bb cc dd);
sub version ($id) { return $red->get("$api/$id")->{json}{todo}{version} }
sub change ($id, $change, $version = undef) {
	return {id => 0 + $id, version => 0 + ($version // version($id)), change => $change};
}
sub bulk ($who, @items) { return $who->post("$api/bulk", {items => \@items}) }
sub result ($answer) { return join ' ', map { fault($_) =~ s/ $//r } $answer->{json}{items}->@* }

my $mixed = bulk($red, change($id{aa}, {assignee => 'user:mia'}), change($id{cc}, {state => 'done'}),
	change(999_999, {}, 1), change($id{bb}, {state => 'done', comment => 'ok'}),
	change($id{bb}, {state => 'open'}), change($id{aa}, {reason => 'x'}, 2));
is $mixed->{status}, 200, 'changes of many items';
is join("\n", $openapi->faults('changeTodos', $mixed)), '', '  as documented';
is result($mixed), '200 403 404 200 412 422 #/reason state', 'each has its own result';
is $mixed->{json}{items}[0]{todo}{assignee}, 'user:mia', '  the item';
is $mixed->{json}{items}[1]{problem}{needs}{team}, 'blue', '  or the problem';
is join(' ', map { $_->{id} } $mixed->{json}{items}->@*), "@id{qw(aa cc)} 999999 @id{qw(bb bb aa)}", '  in their order';
is $red->get("$api/$id{bb}")->{json}{todo}{state}, 'done', 'what could be done is';

my @many = map { change($id{aa}, {}, 1) } 1 .. 101;
for my $case (
	['too many', \@many, '#/items too-many'],
	['none', [], '#/items too-few'],
	['no list', {}, '#/items type'],
	['no change', [{id => 1, version => 1}], '#/items/0/change required'],
	['no version', [{id => 1, change => {}}], '#/items/0/version required'],
	['a change that is none among others', [change($id{aa}, {}, 1), change($id{bb}, {state => 'x', due => 'y'}, 1)],
		'#/items/1/change/state enum, #/items/1/change/due date'],
	['an unknown member', [{change($id{aa}, {}, 1)->%*, x => 1}], '#/items/0/x unknown'],
) {
	my ($name, $items, $fault) = @$case;
	my $before = traces($mdash);
	is fault($red->post("$api/bulk", {items => $items})), "422 $fault", "$name: refused as a whole";
	is traces($mdash), $before, '  and nothing is changed';
}
my $wrong = bulk($red, {id => 0, change => {due => 'y', state => 'x'}}, change($id{aa}, {}, 1), 7,
	{id => 1, version => 1, change => {title => undef, x => 1}});
is join(' ', map { "$_->{pointer}:$_->{code}" =~ s{^#/items/}{}r } $wrong->{json}{errors}->@*),
	'0/id:range 0/version:required 0/change/state:enum 0/change/due:date 2:type 3/change/x:unknown 3/change/title:type',
	'all that is wrong is said at once';
$wrong = bulk($red, map { {x => 1} } 1 .. 100);
is join(' ', scalar $wrong->{json}{errors}->@*, $wrong->{json}{moreErrors}), '100 300', '  as far as it is worth reading';
is bulk($red, @many[1 .. 100])->{status}, 200, 'a hundred are taken';
is bulk($red, map { change($id{aa}, {comment => 'x' x 9_000}, 1) } 1 .. 100)->{status}, 200, 'with long comments';
is $red->post("$api/bulk", {items => [], x => 'x' x (2 << 20)})->{status}, 413, 'but not with anything';

# --- once ----------------------------------------------------------------------------------

my %draft = (source => 'tracker', externalID => 'A-1', serviceID => 'aa', title => 'One');
my %key = ('idempotency-key' => 'k1');
my $made = $red->post($api, \%draft, %key);
my $again = $red->post($api, \%draft, %key);
is "$made->{status} $again->{status}", '201 201', 'a request that is repeated is answered as before';
is $again->{content}, $made->{content}, '  by the same document';
is $again->{headers}{'idempotent-replayed'}, 'true', '  and told so';
is $red->post($api, {%draft, title => 'Two'}, %key)->{status}, 422, 'the key is not for another request';
is $admin->post($api, \%draft, %key)->{status}, 200, 'and is of one caller';
my $id = $made->{json}{id};
is $red->post("$api/$id/comments", {text => 'x'}, 'idempotency-key' => 'k2')->{status}, 201, 'a comment' for 1 .. 3;
is $red->get("$api/$id")->{json}{todo}{comments}, 1, 'is said once';
my $bulk = {items => [change($id, {state => 'done'})]};
is result($red->post("$api/bulk", $bulk, 'idempotency-key' => 'k3')), 200, 'changes are done once' for 1 .. 2;
is $red->post($api, {%draft, serviceID => 'none', externalID => 'A-2'}, 'idempotency-key' => 'k4')->{status}, 422,
	'what was refused';
is $red->post($api, {%draft, externalID => 'A-2'}, 'idempotency-key' => 'k4')->{status}, 201, 'leaves no answer';
is $red->post($api, \%draft, 'idempotency-key' => $_)->{status}, 400, 'a key that is none' for 'a b', 'x' x 256;

done_testing;
