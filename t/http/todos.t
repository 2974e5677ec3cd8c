#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Items over HTTP: what may become of one, by which way, and what is refused.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::OpenApi;
use Mdash::Publish qw(publish spec);
use Mdash::Todos qw(campaign facts_change fault item_id patch traces);
use POSIX qw(strftime);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest todos)]);
my $openapi = Mdash::OpenApi->new;
my $ci = $mdash->token(scopes => ['ingest:write']);
my $red = $mdash->sign_in('rei', teams => ['red']);
my $blue = $mdash->sign_in('ben', teams => ['blue']);
my $asks = $mdash->sign_in('pia', teams => ['platform']);
my $reviews = $mdash->sign_in('ria', teams => ['review']);
my $admin = $mdash->sign_in('admin');
my $api = '/api/v1/todos';

# From the day on which the test began, also when that is over before the test is.
my $begun = time;
sub day ($ahead) { return strftime '%Y-%m-%d', gmtime $begun + 24 * 3600 * $ahead }
sub at ($answer, @members) { return join ' ', map { $_ // '-' } @{$answer->{json}}{@members} }
sub page ($id, $who = $red) { return $who->get("$api/$id")->{json} }
sub item ($id) { return page($id)->{todo} }

sub documented ($id, $answer, $name) {
	is join("\n", $openapi->faults($id, $answer)), '', "$name: as documented";
	return $answer;
}

# What is refused, and that it has changed nothing.
sub refused ($name, $status, $code) {
	my $before = traces($mdash);
	my $answer = $code->();
	is fault($answer) =~ s/ $//r, $status, $name;
	is traces($mdash), $before, '  and nothing is changed';
	return $answer;
}

publish($ci, $_, spec($_, teamName => 'red')) for qw(cart pay);
publish($ci, 'ship', spec('ship', teamName => 'blue'));
publish($ci, 'lone', spec('lone', teamName => undef));
campaign($mdash, 'manual', due => day(3), level => 2, phase => 'design',
	why => '# Why', how => 'So');
campaign($mdash, 'checked', review_team => 'review');
campaign($mdash, 'ruled', rule => 'exists($.spec.contact)');
campaign($mdash, 'both', rule => 'exists($.spec.links)', review_team => 'review');

# --- one item ------------------------------------------------------------------------

my $id = item_id($mdash, 'manual', 'cart');
my $read = documented('getTodo', $red->get("$api/$id"), 'an item');
is $read->{status}, 200, 'an item can be read';
is join(' ', map { $_ // '-' } @{$read->{json}{todo}}{qw(campaign title serviceID team state
	due level phase version comments)}), 'manual Do manual cart red open ' . day(3)
	. ' 2 design 1 0', 'with what the campaign and the service say';
is at($read, qw(why how rule campaignTeam reviewTeam)), '# Why So - platform -', 'and why and how';
is join(' ', $read->{json}{may}->@*), 'waiting done not_applicable',
	'and what its team may make of it';
is join(' ', page($id, $asks)->{may}->@*), 'exempt', 'those who ask grant exemptions';
is join(' ', page($id, $blue)->{may}->@*), '', 'others may nothing';
is join(' ', page($id, $admin)->{may}->@*), 'waiting done not_applicable exempt', 'an admin all';
like $read->{headers}{etag}, qr{^W/"1\.[0-9a-f]{32}"$}, 'its ETag begins with its version';
is $red->get("$api/$id", 'if-none-match' => $read->{headers}{etag})->{status}, 304,
	'which is asked for again';

my $done = documented('changeTodo', $red->request('PATCH', "$api/$id",
	body => {state => 'done', evidence => 'https://x.example/1', comment => 'With *Monday*'},
	headers => {'if-match' => $read->{headers}{etag}}), 'a change');
is at($done, qw(state byRule evidence comments version)), 'done 0 https://x.example/1 1 2',
	'its team says that it is done, by the ETag';
ok $done->{json}{doneAt}, 'since when';
is join(' ', map { $_ // '-' } @{page($id)->{transitions}[0]}{qw(stateBefore state actorKind
	actor cause ruleVersion)}), 'open done person user:rei With *Monday* -', 'the transition says who';
is join(' ', map { $_->[0] } $mdash->sql("SELECT type FROM event WHERE kind = 'todo'
	AND subject = '$id' ORDER BY subject_seq")), 'todo.opened todo.done todo.commented', 'events say so';
is_deeply [map { @$_ } $mdash->sql("SELECT subject, detail->>'before', detail->>'after'
	FROM audit WHERE action = 'todo.change'")], ['user:rei', 'open', 'done'], 'and the audit log';

my $again = patch($red, $id, {state => 'open'});
is at($again, qw(state reopened version)), 'open 1 3', 'and that it is not';
is_deeply page($id)->{transitionsLeftOut}, 0, 'all transitions are shown';

# --- versions ------------------------------------------------------------------------

my $stale = refused('of a version that is past', '412',
	sub { patch($red, $id, {assignee => 'user:mia'}, 2) });
is $stale->{json}{type}, '/problems/stale', '  it is called stale';
like $stale->{json}{detail}, qr/^version 2 of item $id is not the current one, which is 3/, '  and told';
for my $never (0, 4) {
	is refused("of version $never, which it has not", '412', sub { patch($red, $id, {assignee => 'user:mia'}, $never) })
		->{json}{detail}, "there is no version $never of item $id: the current one is 3", '  which is told';
}
my $none = refused('without a version', '428', sub {
	$red->request('PATCH', "$api/$id", body => {assignee => 'user:mia'}) });
is $none->{json}{type}, '/problems/precondition-required', '  it has a type of its own';
for my $header ('*', '3', '"x"', '"3", "4"', '') {
	refused("If-Match: $header", $header eq '' ? '428' : '400', sub {
		$red->request('PATCH', "$api/$id", body => {due => undef}, headers => {'if-match' => $header}) });
}
is patch($red, $id, {})->{json}{version}, 3, 'a change of nothing is none';
is patch($red, $id, {state => 'open', assignee => undef})->{json}{version}, 3, 'nor one to what it is';
is patch($red, $id, {comment => 'x'})->{json}{version}, 3, 'a comment makes no version old';
is patch($red, $id, {comment => 'x'}, 3)->{json}{comments}, 3, '  so it is made again when it is repeated';
is $red->request('PATCH', "$api/$id", body => {assignee => 'user:mia'},
	headers => {'if-match' => '"3.abc"'})->{status}, 200, 'only the version of an ETag counts';

# --- states --------------------------------------------------------------------------

my $na = item_id($mdash, 'manual', 'pay');
refused('not applicable without a reason', '422 #/reason required',
	sub { patch($red, $na, {state => 'not_applicable'}) });
refused('  with a blank one', '422 #/reason too-short',
	sub { patch($red, $na, {state => 'not_applicable', reason => " \n"}) });
is at(patch($red, $na, {state => 'not_applicable', reason => 'No users'}), qw(state reason)),
	'not_applicable No users', 'not applicable';
is page($na)->{transitions}[0]{cause}, 'No users', '  for a reason';
is at(patch($red, $na, {reason => 'Nobody'}), qw(state reason version)), 'not_applicable Nobody 3',
	'  that can be mended';
refused('another state at once', '409 #/state transition', sub { patch($red, $na, {state => 'done'}) });
is at(patch($red, $na, {state => 'open'}), qw(state reason)), 'open -', '  it can be taken back';
refused('a reason alone', '422 #/reason state', sub { patch($red, $na, {reason => 'x'}) });
refused('an item of a campaign cannot be cancelled', '409 #/state campaign-decides',
	sub { patch($red, $na, {state => 'cancelled'}) });

my %exempt = (state => 'exempt', reason => 'Sunset', until => day(30));
is refused('its team grants no exemption', '403', sub { patch($red, $na, {%exempt}) })
	->{json}{needs}{team}, 'platform', '  but those who ask';
refused('an exemption without end', '422 #/until required', sub { patch($asks, $na, {%exempt, until => undef}) });
refused('  that is over', '422 #/until range', sub { patch($asks, $na, {%exempt, until => day(-1)}) });
refused('  too far away', '422 #/until range', sub { patch($asks, $na, {%exempt, until => day(400)}) });
is at(patch($asks, $na, {%exempt}), qw(state approver reason until)),
	'exempt user:pia Sunset ' . day(30), 'those who ask grant one';
refused('its team does not make it longer', '403', sub { patch($red, $na, {until => day(60)}) });
is at(patch($admin, $na, {until => day(60)}), qw(approver until)), 'user:admin ' . day(60), 'an admin does';
is at(patch($red, $na, {state => 'open'}), qw(state approver until)), 'open - -', 'who has it may give it up';

# --- waiting ---------------------------------------------------------------------------

my %item = map { $_ => item_id($mdash, 'manual', $_) } qw(cart pay ship lone);
my $mend = sub ($from, $to) { patch($admin, $item{$from}, {state => 'waiting', waitsFor => $to}) };
refused('waiting for nothing', '422 #/waitsFor required', sub { patch($red, $item{cart}, {state => 'waiting'}) });
refused('  for itself', '422 #/waitsFor same-service', sub { $mend->('cart', $item{cart}) });
refused('  for another item of the service', '422 #/waitsFor same-service',
	sub { $mend->('cart', item_id($mdash, 'checked', 'cart')) });
refused('  for none that is there', '422 #/waitsFor unknown', sub { $mend->('cart', 999_999) });
is at($mend->('cart', $item{pay}), qw(state waitsFor)), "waiting $item{pay}", 'an item waits for another';
is at($mend->('pay', $item{ship}), qw(state waitsFor)), "waiting $item{ship}", '  which waits, too';
refused('in a circle', '422 #/waitsFor circle', sub { $mend->('ship', $item{cart}) });
refused('what waits for what is no state', '422 #/waitsFor state', sub { patch($red, $item{cart}, {state => 'open',
	waitsFor => $item{pay}}) });
is patch($blue, $item{ship}, {state => 'done'})->{status}, 200, 'the last of them is done';
is item($item{pay})->{state} . item($item{cart})->{state}, 'openwaiting', 'so the next is open again';
is page($item{pay})->{transitions}[0]{cause}, 'unblocked', '  by itself';
refused('for what is done', '422 #/waitsFor settled', sub { $mend->('lone', $item{ship}) });
is patch($red, $item{pay}, {state => 'not_applicable', reason => 'x'})->{status}, 200, 'what will not be done';
is item($item{cart})->{state}, 'open', 'is not waited for either';

# --- a team that reviews ------------------------------------------------------------------

my $checked = item_id($mdash, 'checked', 'cart');
is at(patch($red, $checked, {state => 'done'}), qw(state byRule)), 'in_review 0', 'what is done is looked at';
is refused('its team does not settle that', '403', sub { patch($red, $checked, {state => 'done'}) })
	->{json}{needs}{team}, 'review', '  but the team that reviews';
is join(' ', page($checked, $reviews)->{may}->@*), 'open done', '  as it is told';
is at(patch($reviews, $checked, {state => 'open', comment => 'Not quite'}), 'state'), 'open', 'it may say no';
patch($red, $checked, {state => 'done'});
is at(patch($reviews, $checked, {state => 'done'}), 'state'), 'done', 'or yes';
refused('nobody reviews the other campaign', '409 #/state no-review',
	sub { patch($red, $id, {state => 'in_review'}) });

# --- rules -----------------------------------------------------------------------------

my $ruled = item_id($mdash, 'ruled', 'cart');
my $page = documented('getTodo', $red->get("$api/$ruled"), 'an item with a rule')->{json};
is join(' ', $page->{may}->@*), 'waiting not_applicable', 'by hand it cannot be done';
is_deeply $page->{facts}, [{key => 'spec.contact', known => JSON::PP::false, value => undef,
	source => undef, commit => undef, since => undef, expiresAt => undef}], 'what the rule reads is told';
is join(' ', $page->{rule}{version}, $page->{rule}{predicate}), '1 exists($.spec.contact)', '  and the rule';
refused('done by hand', '409 #/state rule-decides', sub { patch($red, $ruled, {state => 'done'}) });
refused('  by an admin', '409 #/state rule-decides', sub { patch($admin, $ruled, {state => 'done'}) });
is at(patch($red, $ruled, {assignee => 'user:rei', snoozedUntil => day(5)}), qw(assignee snoozedUntil)),
	'user:rei ' . day(5), 'who does it, and when, is said by hand';
patch($red, $ruled, {state => 'not_applicable', reason => 'x'});
publish($ci, 'cart', spec('cart', teamName => 'red', contact => '{email: a@x.example}'), commit => 'c7');
facts_change($mdash);
is item($ruled)->{state}, 'not_applicable', 'what is not applicable stays so';
my $opened = patch($red, $ruled, {state => 'open'});
is at($opened, qw(state byRule)), 'done 1', 'opened again the rule looks at it at once';
$page = page($ruled);
is $page->{facts}[0]{commit}, 'c7', 'the fact says where it is from';
is_deeply $page->{transitions}[0]{facts}, {'spec.contact' => {email => 'a@x.example'}}, 'and the proof what it was';
refused('a rule is not contradicted', '409 #/state rule-decides', sub { patch($red, $ruled, {state => 'open'}) });

my $both = item_id($mdash, 'both', 'cart');
publish($ci, 'cart', spec('cart', teamName => 'red', links => '[{title: a, url: "https://a.example"}]'));
facts_change($mdash);
is item($both)->{state}, 'in_review', 'with a rule and a review it is looked at';
is at(patch($reviews, $both, {state => 'done'}), qw(state byRule)), 'done 1', '  and confirmed';
publish($ci, 'cart', spec('cart', teamName => 'red'));
facts_change($mdash);
is item($both)->{state}, 'open', '  and taken back by the facts';

$mdash->sql("UPDATE campaign SET state = 'finished' WHERE name = 'both'");
refused('of a campaign that has ended', '409 #/state campaign-ended',
	sub { patch($red, $both, {state => 'not_applicable', reason => 'x'}) });
$mdash->sql("UPDATE campaign SET state = 'running' WHERE name = 'both'");

my $outside = item_id($mdash, 'manual', 'ship');
patch($blue, $outside, {state => 'not_applicable', reason => 'x'});
$mdash->sql("UPDATE campaign SET facet = '{team:red}' WHERE name = 'manual'");
is at(patch($blue, $outside, {state => 'open'}), 'state'), 'cancelled',
	'opened again for a service that the campaign is not for any more';
$mdash->sql("UPDATE campaign SET facet = '{}' WHERE name = 'manual'");

# --- what cannot be read ------------------------------------------------------------------

for my $case (
	['an unknown state', {state => 'closed'}, '#/state enum'],
	['no state', {state => undef}, '#/state type'],
	['a number for a text', {state => 1}, '#/state type'],
	['an unknown member', {stat => 'done'}, '#/stat unknown'],
	['a text for a number', {waitsFor => '7'}, '#/waitsFor type'],
	['an item that cannot be', {waitsFor => 0}, '#/waitsFor range'],
	['a time for a day', {due => '2027-01-01T00:00:00Z'}, '#/due too-long'],
	['a day that is none', {due => '2027-02-30'}, '#/due date'],
	['another day that is none', {until => '27-2-3'}, '#/until date'],
	['nobody', {assignee => 'mia'}, '#/assignee format'],
	['a team', {assignee => 'user:'}, '#/assignee format'],
	['an address that is none', {evidence => 'javascript:alert(1)'}, '#/evidence format'],
	['one with a user', {evidence => 'https://a:b@x.example/'}, '#/evidence format'],
	['one of no host', {evidence => 'https://[::1'}, '#/evidence format'],
	['one of no port', {evidence => 'https://x.example:999999/'}, '#/evidence format'],
	['one that is too long', {externalUrl => 'https://x.example/' . 'a' x 2000}, '#/externalUrl too-long'],
	['a blank comment', {comment => "\x{3000}"}, '#/comment too-short'],
	['a comment that is too long', {comment => '決' x 10_001}, '#/comment too-long'],
	['a title of a campaign', {title => 'x'}, '#/title campaign'],
	['a title of two lines', {title => "a\nb"}, '#/title control-character'],
	['a snooze that is over', {snoozedUntil => day(0)}, '#/snoozedUntil range'],
	['two faults', {state => 'x', due => 'y'}, '#/state enum, #/due date'],
	['a list', [], '# type'],
) {
	my ($name, $change, $fault) = @$case;
	refused($name, "422 $fault", sub { patch($red, $id, $change) });
}
is patch($red, $id, '{', item($id)->{version})->{status}, 415, 'no type';
is $red->request('PATCH', "$api/$id", body => '{', headers => {'if-match' => '"9"',
	'content-type' => 'application/json'})->{status}, 400, 'no JSON';
for my $none (0, 999_999, 'x', -1, '9' x 30) {
	my $at = "$api/$none";
	my %answer = (change => $red->request('PATCH', $at, body => {}, headers => {'if-match' => '"1"'}),
		read => $red->get($at), discuss => $red->get("$at/comments"),
		comment => $red->post("$at/comments", {text => 'x'}));
	is join(' ', $answer{$_}{status}, $answer{$_}{json}{detail}), "404 there is no item $none", "none to $_: $none"
		for sort keys %answer;
}
is patch($red, $id, {comment => '決' x 10_000})->{status}, 200, 'the longest comment';
is patch($asks, $id, {due => day(9)})->{json}{due}, day(9), 'those who ask say until when';
is patch($asks, $id, {due => undef})->{json}{due}, day(3), '  or leave it to the campaign';
refused('its team does not', '403', sub { patch($red, $id, {due => day(9)}) });

# --- from outside --------------------------------------------------------------------------

my %draft = (source => 'tracker', externalID => 'PAY-1', serviceID => 'cart', title => 'Rotate it');
my $made = documented('createTodo', $red->post($api, {%draft, due => day(2), externalUrl => 'https://t.example/1'}),
	'an item from outside');
is $made->{status}, 201, 'an item from outside is made';
is at($made, qw(campaign title state due source externalID externalUrl)),
	'- Rotate it open ' . day(2) . ' tracker PAY-1 https://t.example/1', 'as it was said';
my $same = documented('createTodo', $red->post($api, {%draft, title => 'Another'}), 'the second time');
is "$same->{status} " . at($same, qw(id title)), "200 $made->{json}{id} Rotate it", 'it is there already';
is $red->get("$api?source=tracker&externalID=PAY-1")->{json}{items}[0]{id}, $made->{json}{id}, 'and found by its key';
my $own = $made->{json}{id};
is at(patch($red, $own, {title => 'Rotate both', due => day(4)}), qw(title due)), 'Rotate both ' . day(4),
	'what comes from outside is changed from there';
is at(patch($red, $own, {state => 'cancelled'}), 'state'), 'cancelled', 'it can be cancelled';
is at(patch($red, $own, {state => 'open'}), 'state'), 'open', '  and opened again';
is at(patch($red, $own, {state => 'in_review'}), 'state'), 'in_review', 'it may be in review';
is at(patch($red, $own, {state => 'done'}), 'state'), 'done', '  and done';
for my $case (
	['no service', {serviceID => 'none'}, '#/serviceID unknown'],
	['no title', {title => undef}, '#/title required'],
	['a blank one', {title => ' '}, '#/title too-short'],
	['a system in other letters', {source => 'Tracker'}, '#/source format'],
	['a key of two lines', {externalID => "a\nb"}, '#/externalID control-character'],
	['a key that is too long', {externalID => 'x' x 201}, '#/externalID too-long'],
	['a state', {state => 'done'}, '#/state unknown'],
	['an address that is none', {externalUrl => 'ftp://x'}, '#/externalUrl format'],
) {
	my ($name, $with, $fault) = @$case;
	refused($name, "422 $fault", sub { $red->post($api, {%draft, externalID => 'PAY-2', %$with}) });
}

# --- comments ------------------------------------------------------------------------------

my $said = documented('commentTodo', $blue->post("$api/$own/comments", {text => "One\n\n*two*"}), 'a comment');
is at($said, qw(author text)), "user:ben One\n\n*two*", 'everybody may say something';
is $blue->post("$api/$own/comments", {text => "no $_"})->{status}, 201, 'again' for 2 .. 5;
my $first = documented('listTodoComments', $red->get("$api/$own/comments?limit=3"), 'comments');
is join(',', map { $_->{text} } $first->{json}{items}->@*), "One\n\n*two*,no 2,no 3", 'the oldest first';
is join(',', map { $_->{text} } $red->get("$api/$own/comments?after=$first->{json}{next}")->{json}{items}->@*),
	'no 4,no 5', 'in pages';
is_deeply $red->get("$api/$item{lone}/comments")->{json}, {items => [], next => undef}, 'none yet';
is $red->get("$api/999999/comments")->{status}, 404, 'of no item';
is item($own)->{comments}, 5, 'they are counted';
refused('a blank one', '422 #/text too-short', sub { $red->post("$api/$own/comments", {text => ' '}) });
refused('of no item', '404', sub { $red->post("$api/999999/comments", {text => 'x'}) });

# --- time ----------------------------------------------------------------------------------

patch($asks, $item{pay}, {state => 'open'});
patch($asks, item_id($mdash, 'ruled', 'pay'), {%exempt});
patch($red, item_id($mdash, 'ruled', 'ship'), {}) ;
is $mdash->value('SELECT exemptions_expire(now(), 10)'), 0, 'an exemption lasts through its last day';
is $mdash->value("SELECT exemptions_expire(now() + interval '31 days', 10)"), 1, 'and no longer';
my $expired = page(item_id($mdash, 'ruled', 'pay'));
is join(' ', $expired->{todo}{state}, $expired->{transitions}[0]->@{qw(cause actorKind)}),
	'open expired system', 'then the item is open again';
is $mdash->value("SELECT exemptions_expire(now() + interval '31 days', 10)"), 0, '  once';
is patch($red, $id, {snoozedUntil => day(2)})->{json}{snoozedUntil}, day(2), 'an item is put off';
is $mdash->value('SELECT snoozes_end(now(), 10)'), 0, 'not yet';
is $mdash->value("SELECT snoozes_end(now() + interval '2 days', 10)"), 1, 'until its day';
is item($id)->{snoozedUntil}, undef, 'then it is something to do';

done_testing;
