#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The campaigns of the demo company find what was put there for them.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use File::Temp qw(tempdir);
use JSON::PP;
use Mdash;
use Mdash::Campaign qw(items launch told);
use Mdash::Files qw(read_source source_dir source_files);
use Mdash::Process qw(wait_until);
use Mdash::Proto qw(publish_set_of);
use Mdash::Publish qw(publish publish_set);
use Mdash::Routes qw(routes);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $specs = join '', map { read_source($_) } source_files(qr{^demo/specs/.*\.yaml$});
is publish_set($ci, 'demo', $specs)->{status}, 200, 'the company';

my %draft = map { my $draft = decode_json(read_source($_));
	("demo/campaigns/$draft->{name}.json" eq $_ ? $draft->{name} : $_ => $draft) }
	source_files(qr{^demo/campaigns/.*\.json$});
is join(' ', sort keys %draft), 'alert-channel deprecated-rpcs owner-known test-report',
	'campaigns are called as their files';
for my $name (sort keys %draft) {
	my $target = $draft{$name}{target} // {};
	launch($mdash, $name, $draft{$name}{rule}, permanent => $draft{$name}{permanent},
		facet => [map { "$_:$target->{$_}" } sort keys %$target]);
}
sub demo_spec ($id) { return (grep { /^serviceID: \Q$id\E$/m } split /^---.*\n/m, $specs)[0] }
sub open_items ($name) { return scalar(() = items($mdash, $name) =~ /:open/g) }
my %open = read_source('demo/README.md') =~ /^\| `([a-z-]+)` \| .* \| (\d+) \|$/mg;
is(open_items($_), $open{$_}, "$_: $open{$_} are open") for qw(owner-known alert-channel test-report);
is open_items('deprecated-rpcs'), 0, 'deprecated-rpcs: nothing is known yet';

SKIP: {
	skip 'no protoc on this machine', 1 if system 'command -v protoc >/dev/null';
	my $dir = tempdir(CLEANUP => 1);
	system("$Bin/../../demo/compile.sh", "$dir/set") == 0 or die 'compile.sh';
	open my $in, '<:raw', "$dir/set" or die $!;
	my $set = do { local $/; <$in> };
	is told(publish_set_of($ci, 'kazamori', $set)),
		'deprecated-rpcs/id-sms-otp reopened facts deprecated-rpcs/pay-merchant-webhook reopened facts',
		'until the APIs are published: two services call deprecated RPCs';
	is open_items('deprecated-rpcs'), $open{'deprecated-rpcs'}, '  as the table says';
	my $otp = demo_spec('id-sms-otp');
	my $answer = publish($ci, 'id-sms-otp', $otp =~ s{/SendSms\b}{/Send}r, commit => 'c1');
	is told($answer), 'deprecated-rpcs/id-sms-otp done facts', 'a version that calls another closes its item';
	is_deeply [@{$answer->{json}{todos}[0]}{qw(factsBefore facts)}], [{'api.deprecatedCalls' =>
		['kazamori.group.notification.v1.NotificationService/SendSms']}, {'api.deprecatedCalls' => undef}],
		'  with the call that is gone';
	is told(publish($ci, 'id-passkey', demo_spec('id-passkey')
		=~ s{consumes: \[\K}{kazamori.group.notification.v1.NotificationService/SendSms, }r)),
		'deprecated-rpcs/id-passkey reopened facts', 'a new caller has to do something';
}

is told(publish($ci, 'market-holiday-calendar', demo_spec('market-holiday-calendar')
	=~ s/^serviceID: .*\n\K/teamName: growth\n/r)), 'owner-known/market-holiday-calendar done facts',
	'a service that gets an owner';
is told(publish($ci, 'id-profile', demo_spec('id-profile') =~ s/(generalChannelId: \w+)/$1, alertChannelId: C9/r)),
	'alert-channel/id-profile done facts', 'one that gets a channel for alerts';
is told(publish($ci, 'id-profile', demo_spec('id-profile'))), 'alert-channel/id-profile reopened facts',
	'  and loses it';

# The step of ./dev up, which posts them.
SKIP: {
	skip 'campaigns have no routes yet', 1
		if !grep { "$_->{method} $_->{pattern}" eq 'POST /api/v1/campaigns' } routes();
	my $fresh = Mdash->new(areas => [qw(auth ingest todos)], worker => 1);
	is publish_set($fresh->token(scopes => ['ingest:write']), 'demo', $specs)->{status}, 200,
		'the company once more';
	my ($port) = $fresh->origin =~ /:(\d+)/;
	my $script = <<~'SH';
		set -euo pipefail
		top=$1 var=$2 port=$3 program=$4
		mdash() { "$program" "$@"; }
		. "$top/build-aux/dev/demo.sh"
		publish_demo_campaigns
		SH
	for my $time ('a first', 'a second') {
		my $done = $fresh->run_program('bash', '-c', $script, 'demo', source_dir(), $fresh->dir,
			$port, "$fresh->{tree}/bin/mdash");
		is $done->{status}, 0, "$time start launches them" or diag $done->{out}, $done->{err};
	}
	is $fresh->value(q{SELECT string_agg(name || ' ' || state, ', ' ORDER BY name) FROM campaign}),
		join(', ', map { "$_ running" } sort keys %draft), '  and they run';
	is scalar(() = items($fresh, 'owner-known') =~ /:open/g), $open{'owner-known'},
		'  with the items of the table';

	$fresh->user('admin');
	for my $time ('a first', 'a second') {
		my $done = $fresh->run_program('bash', '-c', $script =~ s/_campaigns$/_work/mr, 'demo',
			source_dir(), $fresh->dir, $port, "$fresh->{tree}/bin/mdash");
		is $done->{status}, 0, "$time start works on them" or diag $done->{out}, $done->{err};
	}
	is $fresh->value(q{SELECT string_agg(name || ' ' || CASE WHEN held_by IS NULL THEN state ELSE 'held' END, ', '
		ORDER BY name) FROM campaign WHERE state <> 'running' OR name = 'restore-drill'}),
		'base-image held, repository-known finished, restore-drill running, runbook-linked scheduled',
		'  and others are held, over, to come';
	is $fresh->value(q{SELECT string_agg(DISTINCT i.state, ' ' ORDER BY i.state) FROM todo_item i
		JOIN campaign c ON c.id = i.campaign AND c.state = 'running'}),
		'done exempt in_review not_applicable open waiting', '  with items in every state';
	is_deeply [map { @$_ } $fresh->sql(q{SELECT c.name || '/' || s.service_id || ' ' || (t.publish->>'commit')
		FROM todo_transition t JOIN todo_item i ON i.id = t.item JOIN service s ON s.id = i.service
		JOIN campaign c ON c.id = i.campaign WHERE t.state = 'done' AND t.cause = 'facts'
		AND c.name IN ('alert-channel', 'deprecated-rpcs') ORDER BY 1})],
		['alert-channel/id-passkey 41c9ab3e5d02', 'alert-channel/pay-card-vault 8d21f07c44be'],
		'  closed by commits';
	ok wait_until(30, sub { items($fresh, 'test-report') =~ s/[^ ]+:done/!/gr =~ tr/!// == 5 }),
		'  and by five reports' or diag items($fresh, 'test-report');
	$fresh->sql(q{UPDATE fact f SET expires_at = now() FROM service s WHERE s.id = f.service
		AND s.service_id = 'pay-ledger' AND f.key LIKE 'junit.%'});
	$fresh->value(q{SELECT job_add('expire', NULL, '{}', now())});
	ok wait_until(30, sub { items($fresh, 'test-report') =~ /\bpay-ledger:open/ }),
		'  one of which is too old one day: its item is open again';
	is $fresh->value(q{SELECT t.state_before || ' ' || t.cause || ' ' || (t.facts_before->>'junit.tests')
		|| ' ' || coalesce(t.facts->>'junit.tests', 'none') FROM todo_transition t JOIN todo_item i ON i.id = t.item
		JOIN service s ON s.id = i.service JOIN campaign c ON c.id = i.campaign
		WHERE c.name = 'test-report' AND s.service_id = 'pay-ledger' ORDER BY t.id DESC LIMIT 1}),
		'done facts_expired 4 none', '  with what is gone';
	is $fresh->value(q{SELECT count(*) FILTER (WHERE i.due < current_date) || ' of ' || count(*)
		FROM todo_item i WHERE i.assignee = 'user:admin' AND i.state = 'open'}), '1 of 3',
		'  and who signs in has something to do, one thing overdue';
}

done_testing;
