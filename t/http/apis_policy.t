#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What breaks a proto repository: by its policy, package by package, and except
# for what somebody lets pass; the same in a dry run, a publish and a diff.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of);
use Mdash::Publish qw(publish);
use POSIX qw(strftime);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest apis)]);
my $ci = $mdash->token(scopes => [qw(ingest:write catalog:read)]);
my $validate = $mdash->token(scopes => ['ingest:validate']);
my $viewer = $mdash->sign_in('viewer');
my $admin = $mdash->sign_in('admin');
my $api = '/api/v1/apis/acme';

# --- what there is ------------------------------------------------------------------

# Each package has a message that loses a field in the second version.
my @packages = qw(acme.pay acme.pay.v1 acme.pay.v2beta1 acme.payments.v1);

sub proto ($package, $fields) {
	my $service = $package eq 'acme.pay.v1'
		? "service Pay { rpc Charge(Order) returns (Order); }\n" : '';
	return ($package =~ tr{.}{/}r . '/order.proto') => <<~"PROTO";
		syntax = "proto3";
		package $package;
		${service}message Order { $fields }
		message Kept { string id = 1; }
		PROTO
}

my %full = map { proto($_, 'string id = 1; string note = 2;') } @packages;
my %less = map { proto($_, 'string id = 1;') } @packages;
my $full = descriptor_set(\%full);
my $less = descriptor_set(\%less);
is publish_set_of($ci, 'acme', $full)->{json}{result}, 'created', 'a repository';
is publish($ci, 'till', "serviceID: till\ngrpc: {consumes: [acme.pay.v1.Pay]}\n")->{status},
	200, 'and a service that calls it';

# "package=verdict" of the findings of one rule, and how many of each verdict.
sub verdicts ($answer, $rule = 'FIELD_NO_DELETE') {
	my $json = $answer->{json};
	my @findings = $json->{packages}
		? map { $_->{findings}->@* } $json->{packages}->@* : ($json->{findings} // [])->@*;
	return join ' ', map { ($_->{package} =~ s/^acme\.//r) . "=$_->{verdict}" }
		sort { $a->{package} cmp $b->{package} }
		grep { $_->{rule} eq $rule } @findings;
}

sub counts ($of) { return join ' ', map { "$_ $of->{$_}" } qw(breaking allowed waived) }

sub dry () { return publish_set_of($validate, 'acme', $less, dryRun => 1) }

sub policy ($version, @items) {
	return $admin->put("$api/policy", {version => $version, items => \@items});
}

sub item ($prefix, %with) {
	return {prefix => $prefix, use => ['FILE'], except => [],
		ignoreUnstable => JSON::PP::false, %with};
}

# --- the policy -----------------------------------------------------------------------

is_deeply $viewer->get("$api/policy")->{json},
	{version => 0, changedBy => undef, changedAt => undef, items => [item('')]},
	'without a policy FILE breaks, everywhere';
my $all = join ' ', map { s/^acme\.//r . '=breaking' } @packages;
is verdicts(dry()), $all, 'and so a dry run says';
is verdicts(dry(), 'REMOVED_WITHOUT_DEPRECATION'), $all =~ s/breaking/allowed/gr,
	'rules of other categories are allowed';
is counts(dry()->{json}{verdicts}), 'breaking 4 allowed 12 waived 0', 'they are counted';
is join(' ', map { $_->{verdict} } dry()->{json}{findings}->@*),
	join(' ', ('breaking') x 4, ('allowed') x 12), 'those that break come first';

my @items = (item('acme.payments', use => []), item('acme.pay.v2beta1',
		ignoreUnstable => JSON::PP::true), item('acme.pay', use => [qw(WIRE MDASH)],
		except => ['REMOVED_WITHOUT_DEPRECATION']), item('', use => ['PACKAGE']));
my $set = policy(0, @items);
is $set->{status}, 200, 'an admin sets a policy';
is_deeply $set->{json}, $viewer->get("$api/policy")->{json}, 'which all can read';
is_deeply $set->{json}{items}, [reverse(@items[2, 3]), $items[1], $items[0]], 'by prefix';
is_deeply [@{$set->{json}}{qw(version changedBy)}], [1, 'user:admin'], 'with who did it';
like $set->{json}{changedAt}, qr/^\d{4}-.*Z$/, 'and when';

my $dry = dry();
is verdicts($dry), join(' ', map { "$_=allowed" } qw(pay pay.v1 pay.v2beta1 payments.v1)),
	'the longest prefix of a package holds';
is verdicts($dry, 'FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED'),
	'pay=breaking pay.v1=breaking pay.v2beta1=allowed payments.v1=allowed',
	'it asks for the rules of its categories';
is verdicts($dry, 'REMOVED_WITHOUT_DEPRECATION'), $all =~ s/breaking/allowed/gr,
	'but for those that are excepted';

is policy(1, item('acme', use => ['FIELD_NO_DELETE'], except => ['PACKAGE']))->{json}{version}, 2,
	'another one';
is verdicts(dry()), $all =~ s/breaking/allowed/gr, 'an exception may be a category';
policy(2, item('acme', use => ['FIELD_NO_DELETE'], ignoreUnstable => JSON::PP::true));
is verdicts(dry()), $all =~ s/(beta1)=breaking/$1=allowed/r,
	'unstable packages may be let alone, and a rule may be named';
policy(3, item('acme.payments', use => []));
is verdicts(dry()), $all =~ s/(payments.v1)=breaking/$1=allowed/r,
	'a package that no prefix fits has the default';
is_deeply policy(4)->{json}{items}, [item('')], 'nothing stored is the default again';

is policy(4, item(''))->{status}, 409, 'who has seen an older version does not replace it';
is policy(0, item(''))->{status}, 409, 'nor who has seen none';
is policy(6, item(''))->{status}, 409, 'nor who has seen a later one';
like policy(4, item(''))->{json}{detail}, qr/^version 4 .* somebody else has changed it$/,
	'and is told so';
is $viewer->get("$api/policy")->{json}{version}, 5, 'it stays as it was';
is_deeply [map { @$_ } $mdash->sql("SELECT detail->>'version', detail->'before'->0->>'prefix',
	detail->'after'->0->>'prefix', object, outcome FROM audit WHERE action = 'api.policy'
	ORDER BY id LIMIT 1 OFFSET 3")], ['4', 'acme', 'acme.payments', 'acme', 'changed'],
	'the audit log has what it was and what it is';

# What cannot be set: [what, items or body, the fault].
my $items = sub (@given) { return {version => 5, items => [@given]} };
for my $case (
	['a word that is none', $items->(item('', use => ['FILE', 'FILES'])), '#/items/0/use/1 enum'],
	['an exception that is none', $items->(item(''), item('a', except => ['x'])),
		'#/items/1/except/0 enum'],
	['a word twice', $items->(item('', use => ['FILE', 'FILE'])), '#/items/0/use/1 duplicate'],
	['a text for a list', $items->(item('', use => 'FILE')), '#/items/0/use type'],
	['a prefix twice', $items->(item('a'), item(''), item('a')), '#/items/2/prefix duplicate'],
	(map { ["the prefix $_", $items->(item($_)), '#/items/0/prefix format'] }
		'acme.', '.acme', 'acme..pay', '1acme', 'acme pay', 'acme/pay'),
	['a prefix in other letters', $items->(item('決済')), '#/items/0/prefix format'],
	['a prefix that is too long', $items->(item('a' x 501)), '#/items/0/prefix too-long'],
	['no prefix', $items->({item('')->%*, prefix => undef}), '#/items/0/prefix required'],
	['a flag that is none', $items->(item('', ignoreUnstable => 1)), '#/items/0/ignoreUnstable type'],
	['an unknown member', $items->(item('', ignore => [])), '#/items/0/ignore unknown'],
	['an item that is none', $items->('FILE'), '#/items/0 type'],
	['too many items', $items->(map { item("a$_") } 1 .. 201), '#/items too-many'],
	['no list', {version => 5, items => {}}, '#/items type'],
	['no items', {version => 5}, '#/items required'],
	['no version', {items => []}, '#/version required'],
	['a version below 0', {version => -1, items => []}, '#/version range'],
	['a version that is no number', {version => '5', items => []}, '#/version type'],
	['more than there is', {version => 5, items => [], prefix => ''}, '#/prefix unknown'],
) {
	my ($name, $body, $fault) = @$case;
	my $answer = $admin->put("$api/policy", $body);
	is "$answer->{status} " . join(', ', map { "$_->{pointer} $_->{code}" }
		$answer->{json}{errors}->@*), "422 $fault", $name;
}
is $admin->put("$api/policy", '{', 'content-type' => 'application/json')->{status}, 400,
	'no JSON';
is $admin->put("$api/policy", '{}', 'content-type' => 'text/plain')->{status}, 415, 'a text';
is $admin->put("$api/policy", {version => 5, items => [], x => 'x' x 70_000})->{status}, 413,
	'too much';
is $admin->put('/api/v1/apis/none/policy', {version => 0, items => []})->{status}, 404,
	'of a repository that is not there';
is $viewer->get('/api/v1/apis/none/policy')->{status}, 404, 'which has none to read';
is $viewer->get("$api/policy?x=1")->{json}{errors}[0]{pointer}, '?x', 'there is no parameter';
is $mdash->value('SELECT count(*) FROM breaking_policy'), 0, 'none of these was stored';
is policy(5, map { item("a$_") } 1 .. 200)->{status}, 200, '200 items can be set';
is policy(6)->{status}, 200, 'and taken away';

# --- waivers ------------------------------------------------------------------------

my $day = 24 * 3600;
sub at ($ahead) { return strftime '%Y-%m-%dT%H:%M:%SZ', gmtime time + $ahead }

sub draft (%with) {
	return {rule => undef, subject => 'acme.pay.v1.Order', reason => 'nobody reads it',
		until => at($day), %with};
}

sub grant (%with) { return $admin->post("$api/waivers", draft(%with)) }

# Grants a waiver, tells the verdicts, and ends it again.
sub with_waiver (%with) {
	my $made = grant(%with);
	my $found = verdicts(dry());
	$admin->delete("$api/waivers/$made->{json}{id}");
	return join ' ', map { s/=.*//r } grep { /=waived/ } split / /, $found;
}

my $until = at(3 * $day);
my $made = grant(rule => 'FIELD_NO_DELETE', until => $until);
is $made->{status}, 201, 'an admin lets a breaking change pass';
my %waiver = $made->{json}->%*;
like delete $waiver{grantedAt}, qr/^\d{4}-.*Z$/, 'the answer says when';
is_deeply \%waiver, {id => $waiver{id}, rule => 'FIELD_NO_DELETE',
	subject => 'acme.pay.v1.Order', reason => 'nobody reads it',
	until => $until =~ s/Z/.000Z/r, grantedBy => 'user:admin', endedBy => undef,
	endedAt => undef, state => 'active'}, 'what, why, until when and by whom';
is_deeply $viewer->get("$api/waivers")->{json}, {items => [$made->{json}], next => undef},
	'all can see it';

$dry = dry();
is verdicts($dry), $all =~ s/pay\.v1=breaking/pay.v1=waived/r, 'it lets that pass, and no more';
is counts($dry->{json}{verdicts}), 'breaking 3 allowed 12 waived 1', 'it is counted';
my ($waived) = grep { $_->{verdict} eq 'waived' } $dry->{json}{findings}->@*;
is_deeply $waived->{waiver}, {map { $_ => $made->{json}{$_} } qw(id reason until grantedBy)},
	'the finding names it';
is scalar(grep { $_->{waiver} } $dry->{json}{findings}->@*), 1, 'no other finding does';
is_deeply [map { $_->{service} } $waived->{impact}->@*], ['till'], 'and still says who is hit';
is join(' ', map { $_->{verdict} } $dry->{json}{findings}->@*),
	join(' ', ('breaking') x 3, 'waived', ('allowed') x 12), 'waived ones come after breaking ones';

my $later = grant(until => at(5 * $day), reason => 'lasts longer');
is verdicts(dry()), $all =~ s/pay\.v1=breaking/pay.v1=waived/r, 'two may fit';
($waived) = grep { $_->{verdict} eq 'waived' } dry()->{json}{findings}->@*;
is $waived->{waiver}{reason}, 'lasts longer', 'then the one that lasts longer is told';
policy(7, item('', use => ['MDASH']));
is verdicts(dry()), $all =~ s/breaking/allowed/gr, 'what is allowed is not waived';
is verdicts(dry(), 'REMOVED_WITHOUT_DEPRECATION'), $all =~ s/pay\.v1=breaking/pay.v1=waived/r,
	'a waiver without a rule is for every rule';
policy(8);

$mdash->sql("UPDATE breaking_waiver SET until = now() - interval '1 second'
	WHERE id = $later->{json}{id}");
($waived) = grep { $_->{verdict} eq 'waived' } dry()->{json}{findings}->@*;
is $waived->{waiver}{reason}, 'nobody reads it', 'one that has expired lets nothing pass';
is_deeply [map { "$_->{id} $_->{state}" } $viewer->get("$api/waivers?state=past")->{json}{items}->@*],
	["$later->{json}{id} expired"], 'it is a past one';
is $admin->delete("$api/waivers/$later->{json}{id}")->{status}, 204, 'to end it is fine';
is $viewer->get("$api/waivers?state=past")->{json}{items}[0]{state}, 'expired',
	'and changes nothing';

is $admin->delete("$api/waivers/$waiver{id}")->{status}, 204, 'an admin ends the other';
is verdicts(dry()), $all, 'then it lets nothing pass';
my ($ended) = $viewer->get("$api/waivers?state=all")->{json}{items}->[1];
is_deeply [@{$ended}{qw(id state endedBy)}], [$waiver{id}, 'ended', 'user:admin'],
	'it is kept, with who ended it';
is $admin->delete("$api/waivers/$waiver{id}")->{status}, 204, 'ending twice is fine';
is $viewer->get("$api/waivers?state=all")->{json}{items}[1]{endedAt}, $ended->{endedAt},
	'and changes nothing';
is_deeply $viewer->get("$api/waivers")->{json}{items}, [], 'none is in force';
is_deeply [map { "$_->[0] $_->[1] $_->[2]" } $mdash->sql("SELECT outcome, object, detail->>'id'
	FROM audit WHERE action = 'api.waiver' ORDER BY id")], ["granted acme $waiver{id}",
	"granted acme $later->{json}{id}", "ended acme $waiver{id}"], 'the audit log has each deed';

for my $case (
	['of a field', 'acme.pay.v1.Order.note', 'pay.v1'],
	['of its message', 'acme.pay.v1.Order', 'pay.v1'],
	['of a message beside it', 'acme.pay.v1.Kept', ''],
	['of the beginning of a name', 'acme.pay.v1.Ord', ''],
	['of a package', 'acme.pay', 'pay pay.v1 pay.v2beta1'],
	['of a file', 'acme/pay/v1/order.proto', 'pay.v1'],
	['of a folder', 'acme/pay/v1', ''],
) {
	my ($name, $subject, $packages) = @$case;
	is with_waiver(subject => $subject), $packages, "a waiver $name";
}
is with_waiver(rule => 'FIELD_SAME_NAME'), '', 'a waiver of another rule';
is grant(reason => "one\n\ntwo")->{json}{reason}, "one\n\ntwo", 'a reason may have lines';
is grant(until => '2020-11-24T09:30:00.1234567+09:00')->{json}{errors}[0]{code}, 'range',
	'a time may have a zone';
like grant(until => at(366 * $day - 60) =~ s/Z/.123456789+00:00/r)->{json}{until},
	qr/\.123Z$/, 'and a fraction';
is grant(reason => '決' x 1000, subject => 'a' x 1000)->{status}, 201, 'the longest ones';

# What cannot be granted: [what, members, the fault].
for my $case (
	['a rule that is none', {rule => 'FILE'}, '#/rule enum'],
	['a rule that is too long', {rule => 'F' x 101}, '#/rule too-long'],
	['no subject', {subject => ''}, '#/subject too-short'],
	['a subject that is too long', {subject => 'a' x 1001}, '#/subject too-long'],
	(map { ["the subject $_", {subject => $_}, '#/subject format'] } '.acme.Order', 'acme.',
		'/acme/order.proto', 'acme/', ' acme', 'acme ', '.', "acme\nOrder"),
	['no reason', {reason => undef}, '#/reason required'],
	['a blank reason', {reason => " \n\x{3000}"}, '#/reason too-short'],
	['a reason that is too long', {reason => 'x' x 1001}, '#/reason too-long'],
	['a reason with a control character', {reason => "x\x07"}, '#/reason control-character'],
	['no time', {until => 'tomorrow'}, '#/until time'],
	['a date alone', {until => '2027-01-01'}, '#/until time'],
	['a time that is over', {until => at(-60)}, '#/until range'],
	['a time too far ahead', {until => at(366 * $day + 60)}, '#/until range'],
	['an unknown member', {package => 'x'}, '#/package unknown'],
	['two faults', {subject => '.', until => 'x'}, '#/subject format, #/until time'],
) {
	my ($name, $with, $fault) = @$case;
	my $answer = grant(%$with);
	is "$answer->{status} " . join(', ', map { "$_->{pointer} $_->{code}" }
		$answer->{json}{errors}->@*), "422 $fault", $name;
}
is $admin->post('/api/v1/apis/none/waivers', draft())->{status}, 404, 'in no repository';
is $viewer->get('/api/v1/apis/none/waivers')->{status}, 404, 'which has none to list';
is $admin->delete("$api/waivers/$_")->{status}, 404, "there is no waiver $_"
	for 0, 999_999, 'x', '9' x 30;
publish_set_of($ci, 'other', $full);
is $admin->delete("/api/v1/apis/other/waivers/$waiver{id}")->{status}, 404,
	'nor of another repository';
is $viewer->get("$api/waivers?$_")->{json}{errors}[0]{pointer}, '?' . s/=.*//r, "no list by $_"
	for 'state=ended', 'limit=0', 'after=x', 'x=1';

$mdash->sql("INSERT INTO breaking_waiver (repository, subject, reason, until, granted_by)
	SELECT r.id, 'x' || n, 'r', now() + interval '1 day', 'user:admin'
	  FROM generate_series(1, 1000 - (SELECT count(*) FROM breaking_waiver
	         WHERE ended_at IS NULL AND until > now())) AS n, proto_repository r
	 WHERE r.name = 'acme'");
is grant()->{status}, 409, 'more than 1,000 in force are refused';
my (@seen, $after);
do {
	my $page = $viewer->get("$api/waivers?limit=200" . ($after ? "&after=$after" : ''))->{json};
	push @seen, map { $_->{id} } $page->{items}->@*;
	$after = $page->{next};
} while ($after);
is_deeply \@seen, [sort { $b <=> $a } map { $_->[0] } $mdash->sql(
	'SELECT id FROM breaking_waiver WHERE ended_at IS NULL AND until > now()')],
	'the list has all of them, the newest first';
$after = $viewer->get("$api/waivers?limit=1")->{json}{next};
is $viewer->get("$api/waivers?state=all&after=$after")->{json}{errors}[0]{pointer}, '?after',
	'a place in one list is none in another';
$mdash->sql("UPDATE breaking_waiver SET until = now() WHERE until > now()");
is grant(rule => 'FIELD_NO_DELETE')->{status}, 201, 'when they are over there is room again';

# --- who may ---------------------------------------------------------------------------

for my $case ([$viewer, 'a viewer'], [$ci, 'a ci token'],
	[$mdash->sign_in('mila', teams => ['red']), 'a member of a team']) {
	my ($who, $name) = @$case;
	is $who->put("$api/policy", {version => 9, items => []})->{status}, 403,
		"$name may not set the policy";
	is $who->post("$api/waivers", draft())->{status}, 403, '  nor let anything pass';
	is $who->delete("$api/waivers/$waiver{id}")->{status}, 403, '  nor end that';
	is $who->get("$api/$_")->{status}, 200, "  but may read the $_" for qw(policy waivers);
}

# --- the same in all answers ---------------------------------------------------------------

policy(9, item('acme', use => ['FILE']), item('acme.payments', use => []));
$dry = dry();
my $published = publish_set_of($ci, 'acme', $less, sequence => 1);
is $published->{content}, $dry->{content}, 'a publish answers what the dry run did';
is counts($published->{json}{verdicts}), 'breaking 2 allowed 13 waived 1', 'with its verdicts';
my $diff = $viewer->get("$api/diff?from=1&to=2");
is verdicts($diff, $_), verdicts($published, $_), "and so does a diff: $_"
	for qw(FIELD_NO_DELETE REMOVED_WITHOUT_DEPRECATION);
is counts($diff->{json}{counts}), counts($published->{json}{verdicts}), '  as many of each';

# Of the last event of the repository; from the table, since the log waits for others.
sub event () {
	return $mdash->value("SELECT concat_ws(' ', type, data->>'version', data->>'breaking',
		data->>'services') FROM event WHERE kind = 'api' AND subject = 'acme'
		ORDER BY id DESC LIMIT 1");
}

sub breaking () { return $viewer->get("$api/revisions")->{json}{items}[0]{breaking} }

is event(), 'api.breaking 2 2', 'the event counts what breaks, and names nobody hit by the rest';
is breaking(), 2, 'so does the revision';
is $mdash->value("SELECT detail->>'breaking' FROM audit WHERE action = 'descriptor.publish'
	AND object = 'acme' ORDER BY id DESC LIMIT 1"), 2, 'and the audit log';
publish_set_of($ci, 'acme', $full, sequence => 2);
$mdash->sql('UPDATE breaking_waiver SET until = now() WHERE until > now()');
publish_set_of($ci, 'acme', $less, sequence => 3);
is event(), 'api.breaking 4 3 ["till"]', 'without the waiver it is one more, for whom it hits';
is breaking(), 3, '  as in the revision';
is verdicts($viewer->get("$api/diff?from=1&to=2")), verdicts($viewer->get("$api/diff?from=3&to=4")),
	'a diff of earlier revisions is judged by what holds today';
publish_set_of($ci, 'acme', $full, sequence => 4);
policy(10, item('', use => []));
publish_set_of($ci, 'acme', $less, sequence => 5);
is event(), 'api.updated 6', 'where nothing breaks it is an update';
is breaking(), 0, '  in the revision, too';

done_testing;
