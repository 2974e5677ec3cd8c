#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Campaigns over REST: drafting, previews, launches that go, wait or are held,
# changes of what runs, ends; who may, and what is refused with nothing written.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Publish qw(publish spec);
use POSIX qw(strftime);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest todos)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $admin = $mdash->sign_in('admin');
my $asker = $mdash->sign_in('aya', teams => ['platform']);
my $viewer = $mdash->sign_in('vera', teams => ['red']);
my $campaigns = '/api/v1/campaigns';
my $true = JSON::PP::true;

# --- what there is ------------------------------------------------------------------

publish($ci, $_->[0], spec($_->[0], teamName => $_->[1], tier => $_->[2],
	$_->[3] ? (contact => "{slack: {alertChannelId: $_->[3]}}") : ()))
	for ['ad', 'red', 1, undef], ['cart', 'red', 2, 'C1'], ['mail', 'blue', 1, undef],
		['pay', 'blue', 3, 'C2'], ['ship', undef, 4, undef];

my $rule = 'exists($.spec.contact.slack.alertChannelId)';

sub draft ($name, %with) {
	return {name => $name, title => "The $name", team => 'platform', rule => $rule, %with};
}
sub create ($name, %with) { return $asker->post($campaigns, draft($name, %with)) }
sub page ($name) { return $viewer->get("$campaigns/$name") }
sub launch ($name, $query = '') { return $asker->post("$campaigns/$name/launch$query") }

sub change ($name, $change, $version = page($name)->{json}{campaign}{version}, $who = $asker) {
	return $who->request('PATCH', "$campaigns/$name", body => $change,
		headers => {defined $version ? ('if-match' => qq("$version")) : ()});
}
sub faults ($answer) { return join ' ', map { "$_->{pointer} $_->{code}" } ($answer->{json}{errors} // [])->@* }
sub todos ($answer) {
	return join ' ', map { "$_->{serviceID}:$_->{state}" } $answer->{json}{todos}->@*;
}
sub items ($name) {
	return join ' ', map { join ':', @$_ } $mdash->sql("SELECT s.service_id, i.state FROM todo_item i
		JOIN campaign c ON c.id = i.campaign JOIN service s ON s.id = i.service
		WHERE c.name = '$name' ORDER BY 1");
}

# --- a draft --------------------------------------------------------------------------

my $made = create('alert', why => '**Pages** reach nobody', target => {tag => [], tier => 1},
	reviewTeam => undef, due => '2026-12-24', level => 1);
is $made->{status}, 201, 'a draft' or diag $made->{content};
is_deeply $made->{json}{target}, {q => undef, team => undef, corp => undef, tag => [], lifecycle => undef, tier => 1},
	'its target';
is_deeply $made->{json}{rule}{keys}, ['spec.contact'], 'and what its rule reads';
is $made->{json}{createdBy}, 'user:aya', 'who made it';
is page('alert')->{json}{why}, '**Pages** reach nobody', 'its page';
like page('alert')->{headers}{etag}, qr{^W/"1\.}, 'with its version';
is page('none')->{status}, 404, 'there is no other';
my $taken = create('alert');
is join(' ', $taken->{status}, faults($taken)), '409 #/name taken', 'a name is taken once';
is faults(create('Bad name')), '#/name format', 'and has a form';
is $viewer->post($campaigns, draft('mine'))->{status}, 403, 'another team may not';
is_deeply $viewer->post($campaigns, draft('mine'))->{json}{needs}, {team => 'platform', role => 'admin'},
	'and is told who may';
is $viewer->post($campaigns, draft('mine', team => 'red'))->{status}, 201, 'but for itself';
is $admin->post($campaigns, draft('any', team => 'red', reviewTeam => 'platform'))->{status}, 201,
	'an admin for all; a team has services, or members alone';

my $bad = create('bad', rule => '$.spec.');
is faults($bad), '#/rule rule', 'a rule that does not parse';
like $bad->{json}{errors}[0]{detail}, qr/syntax error/, 'PostgreSQL says why';
is faults(create('bad', title => ' ', due => '2026-02-30', level => 6, target => {tier => 5, tags => []},
	teamLimit => 0, dampingHours => -1, permanent => 'yes', why => undef)),
	'#/level range #/permanent type #/teamLimit range #/dampingHours range #/why type #/title too-short #/due date'
	. ' #/target/tier range #/target/tags unknown', 'every fault at once';
is create('bad', target => undef)->{status}, 422, 'a target that is null';
is faults(create('bad', reviewTeam => 'nobody')), '#/reviewTeam unknown', 'a team that looks is there';
is faults($admin->post($campaigns, draft('bad', team => 'nobody'))), '#/team unknown', 'so is the one that asks';
is faults(change('alert', {reviewTeam => 'nobody'})), '#/reviewTeam unknown', 'later, too';
# Both stand in feeds, mails and chats.
for my $odd (["a\nb", 'of two lines'], ["a\x{202e}b", 'that is turned'], ["a\x{85}b", 'with a control character']) {
	is faults(create('bad', title => $odd->[0], phase => $odd->[0])),
		'#/title control-character #/phase control-character', "a title $odd->[1]";
}
is faults(change('alert', {phase => ' '})), '#/phase too-short', 'a phase is none or says something';
is $asker->post($campaigns, '{', 'content-type' => 'application/json')->{status}, 400, 'no JSON';
is $asker->post($campaigns, 'x', 'content-type' => 'text/plain')->{status}, 415, 'no JSON at all';
is $asker->post($campaigns, '{}', 'content-type' => 'application/json', 'content-encoding' => 'gzip')
	->{json}{detail}, 'a body is not packed here', 'nor packed';
is page('bad')->{status}, 404, 'nothing of these is there';

# --- lists ----------------------------------------------------------------------------

sub names ($query) { return join ' ', map { $_->{name} } $viewer->get("$campaigns$query")->{json}{items}->@* }
is names(''), 'any mine alert', 'the newest first';
is names('?q=the+alert'), 'alert', 'by words';
is names('?q=red'), 'any mine', 'of a team';
is names('?state=running'), '', 'by state';
my $first = $viewer->get("$campaigns?limit=2")->{json};
is names("?limit=2&after=$first->{next}"), 'alert', 'by pages';
is $viewer->get("$campaigns?after=x")->{status}, 422, 'of this list';

is $viewer->post("$campaigns/preview", {}, 'content-encoding' => $_)->{status}, 200, "a body that is not packed: '$_'"
	for '', 'identity', 'Identity';

# --- previews -------------------------------------------------------------------------

my $preview = $viewer->post("$campaigns/preview", draft('x', rule => "$rule || \$.spec.teir == 1", teamLimit => 1));
is $preview->{status}, 200, 'a preview, for all' or diag $preview->{content};
is_deeply [@{$preview->{json}}{qw(services open done kept unknownKeys backTest)}],
	[5, 3, 2, 0, ['spec.teir'], undef], 'counts, and a key that nothing has' or diag $preview->{content};
is_deeply $preview->{json}{teams}, [map { {team => $_->[0], open => 1, done => $_->[1], load => 0} }
	['blue', 1], ['red', 1], [undef, 0]], 'teams';
is join(' ', map { "$_->{serviceID}:$_->{state}" } $preview->{json}{sample}->@*),
	'ad:open mail:open ship:open cart:done pay:done', 'examples';
is_deeply $preview->{json}{sample}[3]{facts}{'spec.contact'}, {slack => {alertChannelId => 'C1'}}, 'with facts';
is $viewer->post("$campaigns/preview", draft('x', target => {team => 'nobody'}))->{json}{services}, 0,
	'a target that matches nothing is no fault';
is faults($viewer->post("$campaigns/preview", draft('x', rule => '1'))), '#/rule rule', 'a rule is one';
for my $member (qw(team reviewTeam)) {
	my $unknown = draft('x', $member => 'nobody');
	is faults($viewer->post("$campaigns/preview", $unknown)), "#/$member unknown", "a team is there: $member";
	is faults($admin->post($campaigns, $unknown)), "#/$member unknown", '  as a draft says';
}
is $viewer->post("$campaigns/preview", {})->{json}{services}, 5, 'and nothing need be given';
is $viewer->post("$campaigns/preview?campaign=none", draft('x'))->{status}, 404, 'of a campaign that is there';
is $viewer->post("$campaigns/preview?at=2100-01-01T00:00:00Z", draft('x'))->{status}, 422, 'a back-test looks back';
sleep 1; # facts are younger than the second that they came in
my $then = strftime('%Y-%m-%dT%H:%M:%SZ', gmtime);
sleep 1;
publish($ci, 'ad', spec('ad', teamName => 'red', tier => 1, contact => '{slack: {alertChannelId: C3}}'));
is_deeply [@{$viewer->post("$campaigns/preview?at=$then", draft('x'))->{json}{backTest}}{qw(open doneSince)}], [3, 1],
	'what would have been done by now';
is items('x') . names('?q=x'), '', 'previews write nothing';

# --- launches -------------------------------------------------------------------------

my $dry = launch('alert', '?dryRun=1');
is $dry->{status}, 200, 'a dry run' or diag $dry->{content};
is page('alert')->{json}{campaign}{state} . items('alert'), 'draft', 'writes nothing';
is_deeply [@{$viewer->post("$campaigns/preview?campaign=alert", {})->{json}}{qw(open done)}], [1, 1],
	'nor does a preview of it, in which what is not given stays';
is $viewer->post("$campaigns/alert/launch")->{status}, 403, 'another team may not launch';
is faults($asker->post("$campaigns/alert/launch", {dryRun => $true})), '#/dryRun unknown', 'a dry run is asked for in the query';
is $asker->post("$campaigns/alert/launch", 'dryRun=1')->{status}, 415, '  and not as a form';
is items('alert'), '', '  which both launch nothing';
my $launch = $asker->post("$campaigns/alert/launch", {});
is $launch->{content}, $dry->{content}, 'and says what the launch does';
is todos($launch), 'ad:done mail:open', 'an item for each service of the target';
is items('alert'), 'ad:done mail:open', 'so they are';
is launch('alert')->{status}, 409, 'only once';
my $alert = page('alert')->{json};
is_deeply [@{$alert->{campaign}{counts}}{qw(open done)}], [1, 1], 'counts';
# Of two days when midnight was in between.
is_deeply $alert->{progress}[-1], {day => strftime('%Y-%m-%d', gmtime), total => 2, settled => 1}, 'progress';
is $alert->{progress}[0]{day}, substr($alert->{campaign}{launchedAt}, 0, 10), '  since the launch';
is $alert->{forecast}, undef, 'nothing to forecast by yet';
sub per_day ($days) {
	return $mdash->value("SELECT campaign_forecast(jsonb_populate_record(c, jsonb_build_object("
		. "'launched_at', now() - interval '$days days')), 12, 8)->>'perDay'"
		. " FROM campaign c WHERE name = 'alert'");
}
is_deeply [map { per_day($_) } 6, 7, 100], [undef, '1.00', '0.29'],
	'a pace is told once the first week is over, and is that of 28 days';
is_deeply [map { [$_->{team}, $_->{counts}{open}, $_->{load}] } $alert->{teams}->@*],
	[['blue', 1, 1], ['red', 0, 0]], 'teams';
is launch('none')->{status}, 404, 'what is not there';

create('stopped');
$mdash->sql(q{SELECT rule_quarantine(id, 'failed: too deep', '{}', now()) FROM campaign WHERE name = 'stopped'});
is launch('stopped')->{json}{detail}, 'the rule of the campaign stopped is in quarantine (failed: too deep): '
	. 'change it, or send the same again, and then launch', 'one whose rule was stopped is not launched';
is launch('stopped', '?at=2100-01-01T00:00:00Z')->{status}, 409, 'nor later';
is change('stopped', {rule => $rule})->{status}, 200, 'the same rule again';
is todos(launch('stopped')), 'ad:done cart:done mail:open pay:done ship:open', 'lets it go';
is $asker->post("$campaigns/stopped/end", {state => 'cancelled'})->{status}, 200, 'and it is over';

create('limited', teamLimit => 1, rule => 'exists($.spec.runbook)');
my $held = launch('limited');
is $held->{status}, 202, 'over the limit of a team it is held';
is_deeply [@{$held->{json}}{qw(state overLimit todos)}], ['held', ['blue', 'red'], []], 'for these';
my $shown = page('limited')->{json}{campaign};
is_deeply [$shown->{state}, $shown->{held}{by}, $shown->{held}{teams}], ['draft', 'user:aya', ['blue', 'red']],
	'and shown';
is $asker->post("$campaigns/limited/approve")->{status}, 403, 'not by anybody';
is $admin->post("$campaigns/alert/approve")->{status}, 409, 'only what is held';
is $admin->post("$campaigns/limited/approve?dryRun=1")->{status}, 422, 'nor tried';
is faults($admin->post("$campaigns/limited/approve", {version => 1})), '#/version unknown', '  nor with members';
sub approve ($version) {
	return $admin->request('POST', "$campaigns/limited/approve", headers => {'if-match' => $version});
}
# What the admin has looked at may be another launch by the time of the approval.
is $asker->request('PATCH', "$campaigns/limited", body => {title => 'Another'},
	headers => {'if-match' => qq("$shown->{version}")})->{status}, 200, 'meanwhile it is changed';
is launch('limited')->{status}, 202, '  and held again';
is approve(qq("$shown->{version}"))->{status}, 412, '  which is not what the admin has seen';
is approve('x')->{status}, 400, '  nor is this a version';
is approve('"99"')->{json}{detail}, 'there is no version 99 of the campaign limited: the current one is '
	. page('limited')->{json}{campaign}{version}, '  nor one that there is';
$shown = page('limited')->{json}{campaign};
is $shown->{state}, 'draft', '  so nothing is launched';
is approve(qq("$shown->{version}"))->{json}{open}, 5, 'an admin approves';
is page('limited')->{json}{campaign}{state}, 'running', 'and it runs';

create('short');
launch('short');
my $program = $mdash->token(kind => 'system', team => 'platform', scopes => ['todos:read', 'todos:write']);
is $program->post("$campaigns/short/end", {state => 'cancelled'})->{status}, 200, 'a program of the team ends one';
is $mdash->value("SELECT string_agg(DISTINCT t.actor_kind, ' ') FROM todo_transition t WHERE t.cause = 'ended'
	AND t.item IN (SELECT i.id FROM todo_item i JOIN campaign c ON c.id = i.campaign WHERE c.name = 'short')"),
	'system', 'which is no person';

# What is for some services only asks nothing of all.
my $pia = $mdash->sign_in('pia', teams => ['platform']);
my %bound = (system => $mdash->token(kind => 'system', team => 'platform', scopes => ['todos:write'],
		services => ['*']),
	personal => $mdash->client(token => $pia->post('/api/v1/tokens', {kind => 'personal', name => 'cart',
		scopes => ['todos:write'], services => ['cart']})->{json}{secret}));
create('bound');
my $told = $mdash->value('SELECT max(id) FROM audit');
for my $kind (sort keys %bound) {
	my $who = $bound{$kind};
	my @answers = ($who->post($campaigns, draft('theirs')), change('bound', {title => 'x'}, 1, $who),
		map { $who->post("$campaigns/bound/$_->[0]", $_->[1]) } ['launch'], ['launch?dryRun=1'],
		['end', {state => 'cancelled'}]);
	is join(' ', map { $_->{status} } @answers), '403 403 403 403 403', "no $kind token for some services";
	is_deeply [map { $_->{json}{needs} } @answers], [({role => 'admin'}) x 5], '  which is told who may';
	like $_->{json}{detail}, qr/^this token is for some services only/, '  and why' for @answers;
	is $who->post("$campaigns/preview", draft('x'))->{status}, 200, '  looking is for all';
}
is_deeply [@{page('bound')->{json}{campaign}}{qw(state version)}], ['draft', 1], 'nothing of it is done';
is $mdash->value('SELECT max(id) FROM audit'), $told, '  or told';

create('later');
is launch('later', '?at=2020-01-01T00:00:00Z')->{status}, 422, 'the past has gone';
my $later = launch('later', '?at=2100-01-01T00:00:00Z');
is_deeply [$later->{status}, $later->{json}{state}], [202, 'scheduled'], 'later';
is page('later')->{json}{campaign}{startsAt}, '2100-01-01T00:00:00.000Z', 'is shown';
is launch('later')->{json}{state}, 'running', 'or now after all';

# A launch for later that is held keeps its time, and the approval lasts until then.
create('waits', teamLimit => 1, rule => 'exists($.spec.runbook)');
is launch('waits', '?at=2100-01-01T00:00:00Z')->{json}{state}, 'held', 'later, over the limit';
is page('waits')->{json}{campaign}{startsAt}, '2100-01-01T00:00:00.000Z', '  keeps its time';
my $approved = $admin->post("$campaigns/waits/approve");
is_deeply [$approved->{status}, $approved->{json}{state}], [202, 'scheduled'], '  and waits for it when it is approved';
$shown = page('waits')->{json}{campaign};
is_deeply [@$shown{qw(state startsAt held)}], ['scheduled', '2100-01-01T00:00:00.000Z', undef], '  as is shown';
is items('waits'), '', '  without an item';
$mdash->sql(q{SELECT campaigns_due('2100-01-01T00:01:00Z')});
is page('waits')->{json}{campaign}{state}, 'running', '  then it runs, over the limit';
create('others', teamLimit => 1, rule => 'exists($.spec.runbook)', target => {team => 'red'});
launch('others', '?at=2100-01-01T00:00:00Z');
$admin->post("$campaigns/others/approve");
$mdash->sql(q{UPDATE campaign SET facet = '{}' WHERE name = 'others'; SELECT campaigns_due('2100-01-01T00:01:00Z')});
is_deeply page('others')->{json}{campaign}{held}{teams}, ['blue', 'red'], '  but no team that it was not approved for';

# --- changes --------------------------------------------------------------------------

is change('alert', {title => 'x'}, undef)->{status}, 428, 'a change says what it is of';
is change('alert', {title => 'x'}, 1)->{status}, 412, 'and not of an older version';
my $at = page('alert')->{json}{campaign}{version};
is change('alert', {title => 'x'}, 1)->{json}{detail},
	"version 1 of the campaign alert is not the current one, which is $at: somebody else has changed it", '  as is told';
for my $never (0, $at + 1) {
	my $answer = change('alert', {title => 'x'}, $never);
	is "$answer->{status} $answer->{json}{detail}",
		"412 there is no version $never of the campaign alert: the current one is $at", "nor of version $never";
}
is change('alert', {title => 'x'}, page('alert')->{json}{campaign}{version}, $viewer)->{status}, 403, 'by its team';
is change('none', {title => 'x'}, 1)->{status}, 404, 'of what is there';
is faults(change('alert', {name => 'y', title => undef})), '#/name unknown #/title type', 'not of its name';
my $changed = change('alert', {title => 'Set it', due => undef});
is_deeply [@{$changed->{json}{campaign}}{qw(title due level)}], ['Set it', undef, 1], 'what is not given stays'
	or diag $changed->{content};
my $etag = page('alert')->{headers}{etag};
is $asker->request('PATCH', "$campaigns/alert", body => {phase => 'design'}, headers => {'if-match' => $etag})
	->{json}{campaign}{phase}, 'design', 'an ETag says it, too';
is items('alert'), 'ad:done mail:open', 'items are as they were';
change('alert', {target => {team => 'red'}});
is items('alert'), 'ad:done cart:done mail:cancelled', 'another target opens and cancels';
$changed = change('alert', {rule => '$.spec.tier == 2'});
is items('alert'), 'ad:open cart:done mail:cancelled', 'another rule decides at once';
is $changed->{json}{campaign}{rule}{version}, 2, 'it is another version';
is_deeply [map { @$_ } $mdash->sql("SELECT t.cause, t.rule_version, t.actor FROM todo_transition t
	JOIN todo_item i ON i.id = t.item JOIN service s ON s.id = i.service JOIN campaign c ON c.id = i.campaign
	WHERE c.name = 'alert' AND s.service_id = 'ad' ORDER BY t.id DESC LIMIT 1")], ['rule', 2, 'user:aya'],
	'which is the cause';
is faults(change('alert', {rule => '$.'})), '#/rule rule', 'a rule that is none';
is change('alert', {permanent => $true})->{json}{campaign}{permanent}, $true, 'a standard';
is change('alert', {rule => undef})->{json}{campaign}{rule}, undef, 'people say what is done';
is change('alert', {team => 'red'})->{status}, 403, 'nobody gives it to a team that is not his';

# --- repetitions ----------------------------------------------------------------------

# None takes a key, and none is done twice.
create('again', rule => undef);
$told = $mdash->value('SELECT max(id) FROM audit');
my %key = ('idempotency-key' => 'once');
is faults($asker->post($campaigns, draft('again', rule => undef), %key)), '#/name taken', 'a draft is made once';
is $mdash->value('SELECT max(id) FROM audit'), $told, '  which writes nothing';
for my $case (['PATCH', '', {title => 'Twice'}, '200 412'], ['POST', '/launch', undef, '200 409'],
	['POST', '/end', {state => 'finished'}, '200 409'])
{
	my ($method, $where, $body, $wanted) = @$case;
	my $seen = page('again')->{headers}{etag};
	my $once = sub { return $asker->request($method, "$campaigns/again$where", defined $body ? (body => $body) : (),
		headers => {%key, $method eq 'PATCH' ? ('if-match' => $seen) : ()})->{status} };
	is join(' ', $once->(), $once->()), $wanted, "$method /again$where is done once";
}

# --- ends -----------------------------------------------------------------------------

is $asker->post("$campaigns/alert/end", {state => 'over'})->{status}, 422, 'an end is one of two';
is $asker->post("$campaigns/alert/end?dryRun=1", {state => 'finished'})->{status}, 422, 'and not tried';
is $viewer->post("$campaigns/alert/end", {state => 'finished'})->{status}, 403, 'by its team';
is $viewer->post("$campaigns/mine/end", {state => 'finished'})->{status}, 409, 'a draft is not finished';
is $viewer->post("$campaigns/mine/end", {state => 'cancelled'})->{status}, 200, 'but dropped';
my $ended = $asker->post("$campaigns/alert/end", {state => 'finished'});
is $ended->{json}{campaign}{state}, 'finished', 'the end';
is items('alert'), 'ad:cancelled cart:done mail:cancelled', 'cancels what is open';
is $asker->post("$campaigns/alert/end", {state => 'cancelled'})->{status}, 409, 'there is one end';
my $after = change('alert', {title => 'y'});
is $after->{status}, 409, 'nothing changes after it';
for my $over (['alert', 'finished'], ['mine', 'cancelled']) {
	my ($name, $state) = @$over;
	my $answer = $viewer->post("$campaigns/preview?campaign=$name", {title => 'y'});
	is "$answer->{status} $answer->{json}{detail}", "409 the campaign $name is $state", '  so nothing is previewed';
}
is $after->{json}{detail}, 'the campaign alert is finished', '  for the same reason';
is join(' ', map { $_->[0] =~ s/campaign\.//r } $mdash->sql("SELECT type FROM event WHERE kind = 'campaign'
	AND subject = 'alert' ORDER BY id")),
	'created launched' . ' changed' x 6 . ' finished', 'all of it is told';
is $mdash->value("SELECT count(*) FROM audit WHERE object = 'alert' AND action LIKE 'campaign.%'"), 9, 'and written down';

# --- many of them ---------------------------------------------------------------------

$mdash->sql("INSERT INTO campaign (name, title, team, created_by)
	SELECT 'blue-' || n, 'x', 'blue', 'user:bert' FROM generate_series(1, 199) AS n");
my $bert = $mdash->sign_in('bert', teams => ['blue']);
is $bert->post($campaigns, draft('blue-200', team => 'blue'))->{status}, 201, 'a team has 200 drafts';
my $full = $bert->post($campaigns, draft('blue-201', team => 'blue'));
is $full->{status}, 409, 'and no more';
like $full->{json}{detail}, qr/^the team blue has 200 drafts, .* launch or cancel/, 'which is said';
is $viewer->post($campaigns, draft('red-1', team => 'red'))->{status}, 201, 'others go on';
is $bert->post("$campaigns/blue-7/end", {state => 'cancelled'})->{status}, 200, 'one is dropped';
is $bert->post($campaigns, draft('blue-201', team => 'blue'))->{status}, 201, 'which gives its place';

# --- facts ----------------------------------------------------------------------------

my $facts = $viewer->get('/api/v1/facts?service=cart')->{json}{items};
my ($tier) = grep { $_->{key} eq 'spec.tier' } @$facts;
is_deeply [@$tier{qw(known value source)}], [$true, 2, 'spec'], 'a fact';
is $viewer->get('/api/v1/facts?service=carts')->{status}, 404, 'of a service';
is_deeply $viewer->get('/api/v1/facts?service=carts')->{json}{nearest}, ['cart'], 'that looks like it';
is $viewer->get('/api/v1/facts')->{status}, 422, 'of which';
my ($key) = grep { $_->{key} eq 'spec.contact' } $viewer->get('/api/v1/facts/keys')->{json}{items}->@*;
is $key->{services}, 3, 'what rules may read';
done_testing;
