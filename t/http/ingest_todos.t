#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Rules run inside every publish: items open, close and reopen in the same answer
# and the same transaction, and a rule that fails takes nothing with it.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Campaign qw(items launch told);
use Mdash::OpenApi;
use Mdash::Proto qw(descriptor_set publish_set_of);
use Mdash::Publish qw(dry marks moved publish publish_set result spec);
use MIME::Base64 qw(encode_base64);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $api = Mdash::OpenApi->new;
my $ci = $mdash->token(scopes => ['ingest:write']);
my $admin = $mdash->sign_in('admin');
my $rule = 'exists($.spec.contact.slack.alertChannelId)';
my $channel = '{slack: {generalChannelId: C1, alertChannelId: C2}}';

# A publish answers what its dry run answered, and what rules did.
sub tells ($expected, $name, $how, $what, $with, %options) {
	my $dry = dry($how, $ci, $what, $with, %options);
	my $answer = $how->($ci, $what, $with, %options);
	is $answer->{content}, $dry->{content}, "$name: as the dry run said";
	is told($answer), $expected, '  items';
	my $operation = $how == \&publish ? 'publishService'
		: $how == \&publish_set ? 'publishSet' : 'publishDescriptorSet';
	is join('', $api->faults($operation, $answer)), '', '  as documented';
	return $answer;
}
sub set_of ($client, $repository, $files, %query) {
	return publish_set_of($client, $repository, descriptor_set($files), %query);
}

# --- without a campaign ------------------------------------------------------------

publish($ci, 'cart', spec('cart'));
publish($ci, 'pay', spec('pay', contact => $channel));
my $before = marks($mdash);
publish($ci, 'pay', spec('pay', contact => $channel, tier => 2));
my %moved = map { $_ => 1 } split ' ', moved($before, marks($mdash));
is join(' ', grep { /^(?:fact_pending|todo|campaign)/ } sort keys %moved), '',
	'without a campaign nothing waits for rules';
is told(publish($ci, 'pay', spec('pay', contact => $channel, tier => 2))), '', 'and none is told of';

# --- by each way of publishing ---------------------------------------------------------

launch($mdash, 'alert', $rule, permanent => 1);
is items($mdash), 'alert/cart:open alert/pay:done', 'a campaign';
my $answer = tells('alert/cart done facts', 'a spec that is mended', \&publish, 'cart',
	spec('cart', contact => $channel), commit => 'c1', sequence => 10);
is_deeply $answer->{json}{todos}, [{campaign => 'alert', serviceID => 'cart', team => 'red',
	happened => 'done', stateBefore => 'open', state => 'done', cause => 'facts',
	ruleVersion => 1, factsBefore => {'spec.contact' => undef},
	facts => {'spec.contact' => {slack => {generalChannelId => 'C1', alertChannelId => 'C2'}}}}],
	'  with the proof';
is $mdash->value(q{SELECT publish->>'commit' || ' ' || (publish->>'version') || ' ' || actor_kind
	FROM todo_transition ORDER BY id DESC LIMIT 1}), 'c1 2 rule', '  and the commit';
$before = marks($mdash);
is told(publish($ci, 'cart', spec('cart', contact => $channel), commit => 'c1', sequence => 10)), '',
	'the same again';
is moved($before, marks($mdash)), 'service_seen', '  is the quick way';
$answer = tells('alert/cart reopened facts', 'the old spec with a later sequence', \&publish, 'cart',
	spec('cart'), commit => 'c0', sequence => 11);
is $mdash->value(q{SELECT reopened FROM todo_item i JOIN service s ON s.id = i.service
	WHERE s.service_id = 'cart'}), 1, '  it is the same item';
tells('', 'one that came too late', \&publish, 'cart', spec('cart', contact => $channel),
	commit => 'c2', sequence => 5);
tells('alert/late opened target', 'a new service, of a standard', \&publish, 'late', spec('late'));

$answer = $ci->post('/api/v1/ingest/pubsub', {subscription => 's', message => {messageId => '1',
	data => encode_base64(spec('cart', contact => $channel), '')}});
is told($answer), 'alert/cart done facts', 'by a Pub/Sub message';
my $event = {specversion => '1.0', type => 'mdash.service.publish', source => '/ci', id => 'e1',
	subject => 'cart', data => {serviceID => 'cart', teamName => 'red'}};
$answer = $ci->request('POST', '/api/v1/ingest/cloudevents', body => $event,
	headers => {'content-type' => 'application/cloudevents+json'});
is told($answer), 'alert/cart reopened facts', 'by a CloudEvent';
my $again = $ci->request('POST', '/api/v1/ingest/cloudevents', body => $event,
	headers => {'content-type' => 'application/cloudevents+json'});
is $again->{content}, $answer->{content}, '  which is told again when it comes again';

my @ten = map { spec(sprintf 'svc-%02d', $_) } 0 .. 9;
tells(join(' ', map { sprintf 'alert/svc-%02d opened target', $_ } 0 .. 9), 'a full set',
	\&publish_set, 'mono', \@ten, sequence => 1);
tells('alert/svc-09 cancelled target', 'a service less', \&publish_set, 'mono', [@ten[0 .. 8]],
	sequence => 2);
tells('alert/svc-09 opened target', 'and back again', \&publish_set, 'mono', \@ten, sequence => 3);
is result(publish_set($ci, 'mono', [@ten[0 .. 2]], sequence => 4,
	commit => 'abc1234')) =~ s/ .*//r, 202, 'too many less';
$answer = $admin->post('/api/v1/held-publishes/mono/approve');
is told($answer), join(' ', map { sprintf 'alert/svc-%02d cancelled target', $_ } 3 .. 9),
	'with approval';
is $mdash->value(q{SELECT string_agg(DISTINCT t.publish->>'commit', ' ') FROM todo_transition t
	JOIN todo_item i ON i.id = t.item JOIN service s ON s.id = i.service
	WHERE t.state = 'cancelled' AND s.service_id > 'svc-02' AND s.service_id < 'svc-09'}),
	'abc1234', '  by the commit that was held, as their proof says';
is join('', $api->faults('approveHeldPublish', $answer)), '', '  as documented';
is $mdash->value('SELECT count(*) FROM fact_pending'), 0, 'nothing waits';

# --- descriptor sets -------------------------------------------------------------------

sub wallet ($option, @rpcs) {
	my $all = join ' ', map { "rpc $_(M) returns (M)" . ($_ eq 'Debit' ? $option : '') . ';' } @rpcs;
	return {'wallet.proto' => "syntax = \"proto3\"; package acme.wallet.v1;\n"
		. "message M {}\nservice Wallet { $all }\n"};
}
my $deprecated = '{ option deprecated = true; }' =~ s/ //r;
publish($ci, 'caller', spec('caller', contact => $channel,
	grpc => '{consumes: [acme.wallet.v1.Wallet/Debit]}'));
publish($ci, 'wallet', spec('wallet', contact => $channel, grpc => '{provides: [acme.wallet.v1.Wallet]}'));
launch($mdash, 'old-rpc', '!exists($.api.deprecatedCalls)');
launch($mdash, 'known-rpc', '!exists($.api.undeclaredCalls)', facet => ['team:red']);
like items($mdash, 'known-rpc'), qr/caller:open.*wallet:done/, 'an RPC that nobody declares';
tells('known-rpc/caller done facts', 'the set that declares it', \&set_of, 'acme',
	wallet('{}', qw(Debit Credit)), sequence => 10);
tells('old-rpc/caller reopened facts', 'one that deprecates it', \&set_of, 'acme',
	wallet($deprecated, qw(Debit Credit)), sequence => 20, commit => 'p2');
is $mdash->value(q{SELECT t.publish->>'commit' || ' ' || (t.facts->>'api.deprecatedCalls')
	FROM todo_transition t ORDER BY id DESC LIMIT 1}),
	'p2 ["acme.wallet.v1.Wallet/Debit"]', '  with commit and call';
tells('', 'one that came too late', \&set_of, 'acme', wallet('{}', qw(Debit)), sequence => 15,
	commit => 'p1');
publish($ci, 'caller', spec('caller', contact => $channel, tier => 3,
	grpc => '{consumes: [acme.wallet.v1.Wallet/Debit]}'));
like items($mdash, 'old-rpc'), qr/caller:open/, '  says nothing later, either';
tells('known-rpc/caller reopened facts old-rpc/caller done facts', 'one without it', \&set_of,
	'acme', wallet('', qw(Credit)), sequence => 30);
tells('', 'the same set again', \&set_of, 'acme', wallet('', qw(Credit)), sequence => 30);
tells('known-rpc/caller done facts', 'the caller calls another', \&publish, 'caller',
	spec('caller', contact => $channel, grpc => '{consumes: [acme.wallet.v1.Wallet/Credit]}'));

# --- many --------------------------------------------------------------------------------

my @many = map { spec(sprintf('many-%03d', $_), corporation => 'MANY') } 1 .. 205;
$answer = dry(\&publish_set, $ci, 'many', \@many);
is scalar $answer->{json}{todos}->@*, 200, 'at most 200 changes are told';
is $answer->{json}{todosLeftOut}, 5, '  and how many more there are';
is join('', $api->faults('publishSet', $answer)), '', '  as documented';

# --- a rule that does harm -----------------------------------------------------------------

sub harmless ($name, $tier) {
	my $answer = publish($ci, 'pay', spec('pay', contact => $channel, tier => $tier,
		list => '[' . join(',', 1 .. 900) . ']', since => '"2026-01-01T00:00:00+09:00"',
		until => '"2026-01-01"'), commit => "h$tier");
	is $answer->{status}, 200, "$name: the publish is done";
	is $mdash->value(q{SELECT tier FROM service WHERE service_id = 'pay'}), $tier, '  and there';
	is join('', $api->faults('publishService', $answer)), '', '  as documented';
	return $answer;
}
# 1,000,000,000 steps for each service.
my $list = '$.spec.list[*]';
my $slow = "exists($list ? (\@ > 0 && exists($list ? (\@ > 0 && exists($list ? (\@ > 1000))))))";
is publish($ci, 'pay', spec('pay', contact => $channel, list => '[' . join(',', 1 .. 900) . ']'))
	->{status}, 200, 'a spec with a list';
launch($mdash, 'slow', $slow, permanent => 1, unchecked => 1);
$answer = harmless('a rule without end', 3);
is $mdash->value(q{SELECT string_agg(c.name, ' ') FROM campaign c JOIN campaign_rule r
	ON r.campaign = c.id WHERE r.quarantine IS NOT NULL}), 'slow', '  the rule is quarantined';
is $answer->{json}{todosPending}, JSON::PP::true, '  items come later';
cmp_ok $mdash->value('SELECT count(*) FROM fact_pending'), '>', 0, '  of what waits';
$mdash->sql(q{UPDATE campaign SET state = 'cancelled' WHERE name = 'slow'});
tells('alert/pay reopened facts', 'without it', \&publish, 'pay', spec('pay', tier => 3));
is $mdash->value('SELECT count(*) FROM fact_pending'), 0, '  nothing waits any more';
tells('alert/pay done facts', 'and back', \&publish, 'pay', spec('pay', contact => $channel, tier => 3));

launch($mdash, 'broken', '$.spec.since.datetime() < $.spec.until.datetime()', permanent => 1,
	unchecked => 1);
harmless('a rule that fails by what it reads', 4);
is $mdash->value(q{SELECT quarantine IS NOT NULL FROM campaign c JOIN campaign_rule r
	ON r.campaign = c.id WHERE c.name = 'broken'}), 't', '  is quarantined';
$mdash->sql(q{UPDATE campaign SET state = 'cancelled' WHERE name = 'broken'});
tells('alert/pay reopened facts', 'without it', \&publish, 'pay', spec('pay', tier => 4));

# --- the demo shop -------------------------------------------------------------------------

SKIP: {
	my $file = "$Bin/../../../shared/data/online-boutique/specs.yaml";
	skip 'the specs of the Online Boutique are not on this machine', 1 if !-r $file;
	my $shop = Mdash->new(areas => [qw(auth ingest)]);
	my $text = do { local (@ARGV, $/) = $file; <> };
	my $robot = $shop->token(scopes => ['ingest:write']);
	is publish_set($robot, 'boutique', $text, sequence => 1)->{status}, 200, 'the shop';
	launch($shop, 'alert-channel-set', $rule);
	is join(' ', items($shop, 'alert-channel-set') =~ /(\S+):open/g), 'adservice loadgenerator',
		'two services have no alert channel';
	my ($old) = grep { /^serviceID: adservice$/m } split /^---.*\n/m, $text;
	my $new = $old =~ s/^(\s+)(generalChannelId: .*)$/$1$2\n$1alertChannelId: C9/mr;
	my $answer = publish($robot, 'adservice', $new, commit => 'fixed', sequence => 2);
	is told($answer), 'alert-channel-set/adservice done facts', 'one is mended: done in the answer';
	is $answer->{json}{todos}[0]{facts}{'spec.contact'}{slack}{alertChannelId}, 'C9', '  by this fact';
	is $shop->value(q{SELECT publish->>'commit' FROM todo_transition ORDER BY id DESC LIMIT 1}), 'fixed',
		'  and this commit';
	$answer = publish($robot, 'adservice', $old, commit => 'reverted', sequence => 3);
	is told($answer), 'alert-channel-set/adservice reopened facts', 'the old spec reopens it';
	is items($shop, 'alert-channel-set') =~ /adservice:(\w+)/ && $1, 'open', '  with cause';
}

done_testing;
