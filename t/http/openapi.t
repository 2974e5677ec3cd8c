#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Every operation of doc/openapi.yaml is called at least once, and whatever it
# answers has the shape that the document promises.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use MIME::Base64 qw(encode_base64);
use Mdash;
use Mdash::OpenApi;
use Mdash::Proto qw(descriptor_set shop);
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(spec);
use POSIX qw(strftime);
use Test::More;

my $mdash = Mdash->new(worker => 1, cluster => {}, settings => {
	webhook_allow => '127.0.0.0/8', webhook_schemes => 'http', webhook_ports => 9});
my $api = Mdash::OpenApi->new;
my $admin = $mdash->sign_in('admin');
my $person = $mdash->sign_in('aoi', teams => ['red']);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $nobody = $mdash->client;
my %called;

# Calls an operation and holds the answer against the document.
sub call ($who, $id, $status, $name, %with) {
	my $operation = $api->operation($id);
	my $path = $operation->{path};
	my %path = ($with{path} // {})->%*;
	$path =~ s/\{(\w+)\}/$path{$1} \/\/ die "no $1"/ge;
	$path .= "?$with{query}" if defined $with{query};
	my $answer = $who->request($operation->{method}, $path,
		body => $with{body}, headers => $with{headers} // {});
	$called{$id}++;
	is $answer->{status}, $status, "$id: $name: $status";
	is join("\n", $api->faults($id, $answer)), '', '  as documented';
	return $answer;
}

my %yaml = (headers => {'content-type' => 'application/yaml'});

# --- ingest first, so that there is something to read ---------------------------

my $full = <<~'YAML';
	serviceID: payment
	description: Charges a wallet
	corporation: ACME
	teamName: red
	contact: {email: pay@acme.example, slack: {generalChannelId: C1}}
	lifecycle: production
	tier: 1
	tags: [payments]
	repository: https://git.example/payment
	links: [{title: Runbook, url: "https://wiki.example/payment"}]
	grpc: {provides: [acme.payment.v1.PaymentService]}
	dependsOn: [wallet]
	kubernetes: [{environment: production, cluster: prod-1, namespace: payment}]
	previousServiceIDs: [pay]
	lifecicle: typo
	YAML
my %payment = (path => {id => 'payment'}, %yaml);
call($ci, 'publishService', 200, 'a dry run', %payment, body => $full,
	query => 'dryRun=1');
call($ci, 'publishService', 200, 'a new service', %payment, body => $full,
	query => 'sequence=1&commit=c1&commitTime=2026-11-24T00:00:00Z&branch=main'
	. '&runUrl=https://ci.example/1');
call($ci, 'publishService', 200, 'a change', %payment,
	body => $full =~ s/tier: 1/tier: 2/r, query => 'sequence=2');
call($ci, 'publishService', 200, 'one that comes too late', %payment,
	body => $full =~ s/tier: 1/tier: 3/r, query => 'sequence=0&commit=c0');
call($ci, 'publishService', 409, 'a conflict', %payment,
	body => $full =~ s/tier: 1/tier: 4/r, query => 'sequence=2');
call($ci, 'publishService', 400, 'no YAML', %payment, body => '[');
call($ci, 'publishService', 422, 'faults', %payment,
	body => "serviceID: payment\ntier: 9\nlifecycle: x\n");
call($ci, 'publishService', 415, 'another type', path => {id => 'payment'},
	headers => {'content-type' => 'text/plain'}, body => 'x');
call($ci, 'publishService', 413, 'too much', %payment, body => 'x' x (2 << 20));
call($person, 'publishService', 403, 'somebody else', path => {id => 'wallet'},
	%yaml, body => spec('wallet', teamName => 'blue'));

my @set = map { spec("set-$_") } 'a' .. 'l';
call($ci, 'publishSet', 200, 'a full set', %yaml, query => 'publisher=mono',
	body => join "---\n", @set);
call($ci, 'publishSet', 202, 'one that would delete too much', %yaml,
	query => 'publisher=mono', body => $set[0]);
call($ci, 'publishSet', 422, 'without a publisher', %yaml, body => $set[0]);
call($ci, 'receivePubSub', 200, 'a message',
	body => {message => {data => encode_base64(spec('from-pubsub'), ''),
		messageId => '1'}, subscription => 's'});
call($ci, 'receivePubSub', 400, 'none', body => '{',
	headers => {'content-type' => 'application/json'});
call($ci, 'receiveCloudEvent', 200, 'an event',
	headers => {'content-type' => 'application/cloudevents+json'},
	body => {specversion => '1.0', id => '1', source => '/ci',
		type => 'mdash.service.publish', subject => 'from-event',
		data => {serviceID => 'from-event'}});

my %facts = (path => {service => 'payment'});
call($ci, 'publishFacts', 200, 'facts', %facts,
	body => {family => 'ci', facts => {lintVersion => '1.2', warnings => 0},
		ttlSeconds => 86_400, commit => '5f2c1e0'});
call($ci, 'publishFacts', 422, 'of another type', %facts,
	body => {family => 'ci', facts => {lintVersion => 1}});
call($ci, 'publishFacts', 400, 'no JSON', %facts, body => '{',
	headers => {'content-type' => 'application/json'});
call($ci, 'publishFacts', 415, 'another type', %facts, body => 'x', %yaml);
call($ci, 'publishFacts', 404, 'of nobody', path => {service => 'paymnt'},
	body => {family => 'ci', facts => {}});

my %junit = (path => {service => 'payment', format => 'junit'},
	headers => {'content-type' => 'application/xml'});
call($ci, 'receiveReport', 202, 'a report', %junit, query => 'commit=5f2c1e0&ttlSeconds=60',
	body => '<testsuite tests="2"/>');
call($ci, 'receiveReport', 400, 'nothing', %junit, body => '');
call($ci, 'receiveReport', 404, 'of nobody', %junit, body => '<testsuite/>',
	path => {service => 'paymnt', format => 'junit'});
call($ci, 'receiveReport', 415, 'another type', %junit, body => '{}',
	headers => {'content-type' => 'application/json'});
call($ci, 'receiveReport', 422, 'a short life', %junit, body => '<testsuite/>',
	query => 'ttlSeconds=59');

# --- failed and held publishes ----------------------------------------------------

my $failed = call($person, 'listFailedPublishes', 200, 'what was refused');
cmp_ok scalar $failed->{json}{items}->@*, '>', 0, 'there is something';
call($person, 'getFailedPublish', 200, 'one of them',
	path => {id => $failed->{json}{items}[0]{id}});
call($person, 'getFailedPublish', 404, 'none', path => {id => 999_999});
call($person, 'listHeldPublishes', 200, 'what waits');
call($person, 'approveHeldPublish', 403, 'not by anybody',
	path => {publisher => 'mono'});
call($admin, 'approveHeldPublish', 200, 'by an admin',
	path => {publisher => 'mono'});
call($admin, 'approveHeldPublish', 404, 'once', path => {publisher => 'mono'});
call($ci, 'publishSet', 200, 'the set again', %yaml, query => 'publisher=mono',
	body => join "---\n", @set);
call($ci, 'publishSet', 202, 'too much again', %yaml, query => 'publisher=mono',
	body => $set[0]);
call($admin, 'rejectHeldPublish', 204, 'kept', path => {publisher => 'mono'});
call($admin, 'rejectHeldPublish', 404, 'once', path => {publisher => 'mono'});

# --- the catalogue -------------------------------------------------------------------

my $time = 'at=2030-01-01T00:00:00Z';
call($person, 'listServices', 200, 'the list', query => 'facets=1');
call($person, 'listServices', 200, 'a page', query => 'limit=2&sort=updated');
call($person, 'listServices', 200, 'at a time', query => "facets=1&$time");
call($person, 'listServices', 200, 'tombstones', query => 'tombstoned=1');
call($person, 'listServices', 422, 'a bad filter', query => 'tier=0&x=1');
call($person, 'getService', 200, 'a service', path => {id => 'payment'});
call($person, 'getService', 200, 'at a time', path => {id => 'payment'},
	query => $time);
call($person, 'getService', 200, 'one with little', path => {id => 'from-event'});
call($person, 'getService', 404, 'none', path => {id => 'paymant'});
call($person, 'getService', 308, 'an earlier name', path => {id => 'pay'});
call($person, 'listVersions', 200, 'versions', path => {id => 'payment'});
call($person, 'listVersions', 404, 'none', path => {id => 'paymant'});
call($person, 'getVersion', 200, 'a version',
	path => {id => 'payment', number => 2});
call($person, 'getVersion', 404, 'none',
	path => {id => 'payment', number => 99});
call($person, 'diffVersions', 200, 'a difference', path => {id => 'payment'},
	query => 'from=1&to=2');
call($person, 'diffVersions', 200, 'from nothing', path => {id => 'payment'},
	query => 'from=0&to=1');
call($person, 'diffVersions', 422, 'of what', path => {id => 'payment'});
call($person, 'diffVersions', 404, 'none', path => {id => 'payment'},
	query => 'from=1&to=99');
call($person, 'listActivity', 200, 'activity', path => {id => 'payment'});
call($person, 'listActivity', 404, 'none', path => {id => 'paymant'});
call($person, 'serviceFeed', 200, 'a feed', path => {id => 'payment'});
call($person, 'serviceFeed', 404, 'none', path => {id => 'paymant'});
call($person, 'listTeams', 200, 'teams');
call($person, 'listTeams', 200, 'at a time', query => $time);
call($person, 'getTeam', 200, 'a team', path => {team => 'red'});
call($person, 'getTeam', 404, 'none', path => {team => 'rde'});
call($person, 'teamFeed', 200, 'a feed', path => {team => 'red'});
call($person, 'teamFeed', 404, 'none', path => {team => 'rde'});
call($person, 'getDependencies', 200, 'around a service', query => 'center=payment');
call($person, 'getDependencies', 200, 'of teams', query => 'by=team');
call($person, 'getDependencies', 404, 'none', query => 'center=paymant');
call($person, 'getDependencies', 422, 'of nothing');
call($person, 'listDependencies', 200, 'list', query => 'center=payment&hops=3');
call($person, 'reportDependencies', 200, 'report');
call($person, 'search', 200, 'words', query => 'q=a');
call($person, 'search', 422, 'none');
call($ci, 'publishService', 200, 'a good one that changes nothing', %payment,
	body => $full =~ s/tier: 1/tier: 2/r);

# --- campaigns and facts --------------------------------------------------------------

my $asker = $mdash->sign_in('aki', teams => ['platform']);
my %draft = (name => 'ask', title => 'Ask', team => 'platform', rule => 'exists($.spec.runbook)');
my %ask = (path => {campaign => 'ask'});
my %text = (headers => {'content-type' => 'text/plain'}, body => 'x');
my %broken = (headers => {'content-type' => 'application/json'}, body => '{');
my %long = (headers => {'content-type' => 'application/json'}, body => ' ' x (300 << 10));
call($asker, 'createCampaign', 201, 'a draft', body => \%draft);
call($asker, 'createCampaign', 201, 'all of it', body => {%draft, name => 'all', why => 'w', how => 'h',
	target => {q => 'pay', team => 'red', corp => undef, tag => ['payments'], lifecycle => 'production', tier => 2},
	reviewTeam => 'red', level => 2, phase => 'design', due => '2030-01-01', permanent => JSON::PP::true,
	teamLimit => 5, dampingHours => 24});
call($asker, 'createCampaign', 409, 'there already', body => \%draft);
call($asker, 'createCampaign', 422, 'a bad rule', body => {%draft, name => 'bad', rule => '$.'});
call($asker, 'createCampaign', 400, 'no JSON', %broken);
call($asker, 'createCampaign', 413, 'too much', %long);
call($asker, 'createCampaign', 415, 'a text', %text);
call($person, 'createCampaign', 403, 'another team', body => \%draft);
call($person, 'previewCampaign', 200, 'a preview', body => {%draft, rule => 'exists($.spec.x)'},
	query => 'at=2020-01-01T00:00:00Z');
call($person, 'previewCampaign', 404, 'of none', body => \%draft, query => 'campaign=none');
call($person, 'previewCampaign', 422, 'a bad rule', body => {%draft, rule => '$.'});
call($person, 'previewCampaign', 400, 'no JSON', %broken);
call($person, 'previewCampaign', 413, 'too much', %long);
call($person, 'previewCampaign', 415, 'a text', %text);
call($asker, 'launchCampaign', 200, 'a dry run', %ask, query => 'dryRun=1');
call($asker, 'launchCampaign', 202, 'later', %ask, query => 'at=2100-01-01T00:00:00Z');
call($asker, 'launchCampaign', 200, 'now', %ask);
call($asker, 'launchCampaign', 409, 'twice', %ask);
call($asker, 'launchCampaign', 422, 'in the past', %ask, query => 'at=2000-01-01T00:00:00Z');
call($asker, 'launchCampaign', 404, 'none', path => {campaign => 'none'});
call($person, 'launchCampaign', 403, 'another team', %ask);
call($asker, 'createCampaign', 201, 'a limit', body => {%draft, name => 'limited', teamLimit => 1,
	rule => 'exists($.spec.nothing)'});
call($asker, 'launchCampaign', 202, 'held', path => {campaign => 'limited'});
call($person, 'getCampaign', 200, 'held', path => {campaign => 'limited'});
call($asker, 'approveCampaign', 403, 'not by everybody', path => {campaign => 'limited'});
call($admin, 'approveCampaign', 200, 'by an admin', path => {campaign => 'limited'});
call($admin, 'approveCampaign', 409, 'once', path => {campaign => 'limited'});
call($admin, 'approveCampaign', 404, 'none', path => {campaign => 'none'});
call($person, 'listCampaigns', 200, 'campaigns');
call($person, 'listCampaigns', 422, 'in no state', query => 'state=x');
call($person, 'getCampaign', 200, 'one', %ask);
call($person, 'getCampaign', 404, 'none', path => {campaign => 'none'});
my $match = sub (%headers) { return (%ask, headers => {'if-match' => '"3"', %headers}) };
call($asker, 'changeCampaign', 428, 'of no version', %ask, body => {});
call($asker, 'changeCampaign', 412, 'of another', %ask, headers => {'if-match' => '"1"'}, body => {});
call($asker, 'changeCampaign', 400, 'no JSON', $match->('content-type' => 'application/json'), body => '{');
call($asker, 'changeCampaign', 413, 'too much', $match->('content-type' => 'application/json'),
	body => ' ' x (300 << 10));
call($asker, 'changeCampaign', 415, 'a text', $match->('content-type' => 'text/plain'), body => 'x');
call($asker, 'changeCampaign', 422, 'a bad rule', $match->(), body => {rule => '$.'});
call($asker, 'changeCampaign', 404, 'none', $match->(), path => {campaign => 'none'}, body => {});
call($person, 'changeCampaign', 403, 'another team', $match->(), body => {});
call($asker, 'changeCampaign', 200, 'a change', $match->(), body => {rule => 'exists($.spec.tier)', due => undef});
call($asker, 'endCampaign', 422, 'in no state', %ask, body => {state => 'x'});
call($asker, 'endCampaign', 400, 'no JSON', %ask, %broken);
call($asker, 'endCampaign', 413, 'too much', %ask, %long);
call($asker, 'endCampaign', 415, 'a text', %ask, %text);
call($asker, 'endCampaign', 404, 'none', path => {campaign => 'none'}, body => {state => 'finished'});
call($person, 'endCampaign', 403, 'another team', %ask, body => {state => 'finished'});
call($asker, 'endCampaign', 200, 'the end', %ask, body => {state => 'finished'});
call($asker, 'endCampaign', 409, 'once', %ask, body => {state => 'finished'});
call($person, 'previewCampaign', 409, 'of what is over', query => "campaign=$ask{path}{campaign}", body => {});
call($asker, 'endCampaign', 200, 'dropped', path => {campaign => 'all'}, body => {state => 'cancelled'});
$mdash->sql(q{SELECT rule_quarantine(id, 'slow', '{}', now()) FROM campaign WHERE name = 'limited'});
call($person, 'getCampaign', 200, 'with a rule that was stopped', path => {campaign => 'limited'});
call($asker, 'changeCampaign', 409, 'after it', %ask, headers => {'if-match' => '"5"'}, body => {});
call($person, 'listFacts', 200, 'facts', query => 'service=payment');
call($person, 'listFacts', 404, 'of none', query => 'service=paymant');
call($person, 'listFacts', 422, 'of what');
call($person, 'listFactKeys', 200, 'keys');

# --- gRPC APIs ---------------------------------------------------------------------

my %set = (path => {repository => 'shop'},
	headers => {'content-type' => 'application/x-protobuf'});
call($ci, 'publishDescriptorSet', 200, 'a set', %set, body => descriptor_set(shop()));
my %less = shop()->%*;
s/\n\s+rpc Watch[^\n]+//, s/message Receipt/message Added { string a = 1; }\nmessage Receipt/
	for values %less;
my $publish = call($ci, 'publishDescriptorSet', 200, 'one that breaks', %set,
	body => descriptor_set(\%less, source_info => 0));
cmp_ok scalar $publish->{json}{findings}->@*, '>', 0, 'and says so';
call($ci, 'publishDescriptorSet', 200, 'the same again', %set,
	body => descriptor_set(\%less, source_info => 0));
call($ci, 'publishDescriptorSet', 200, 'the first again, without a change', %set,
	body => descriptor_set({%less, 'acme/extra.proto' => 'syntax = "proto3";'}));
call($ci, 'publishDescriptorSet', 400, 'no set', %set, body => 'x');
call($ci, 'publishDescriptorSet', 415, 'no protobuf', path => {repository => 'shop'},
	headers => {'content-type' => 'text/plain'}, body => 'x');
call($ci, 'publishDescriptorSet', 422, 'a wrong name', body => 'x',
	path => {repository => 'Shop'}, headers => $set{headers});
call($person, 'publishDescriptorSet', 403, 'not by everybody', %set, body => 'x');
call($person, 'listApiRepositories', 200, 'repositories');
call($person, 'getApiRepository', 200, 'one', path => {repository => 'shop'});
call($person, 'getApiRepository', 404, 'none', path => {repository => 'none'});
call($person, 'listApiRevisions', 200, 'revisions', path => {repository => 'shop'});
call($person, 'listApiRevisions', 404, 'none', path => {repository => 'none'});
for my $name (qw(acme.shop.v1 acme.shop acme.shop.v1.ShopService acme.shop.v1.ShopService.Place
		acme.shop.v1.Order acme.shop.v1.Order.lines acme.shop.v1.Kind -)) {
	call($person, 'getApiSymbol', 200, $name, path => {repository => 'shop', name => $name});
}
call($person, 'getApiSymbol', 200, 'as it was', query => 'revision=1',
	path => {repository => 'shop', name => 'acme.shop.v1.ShopService.Watch'});
call($person, 'getApiSymbol', 404, 'none', path => {repository => 'shop', name => 'Ordre'});
my %order = (path => {repository => 'shop', name => 'acme.shop.v1.Order'});
call($person, 'listApiUses', 200, 'uses', %order);
call($person, 'listApiUses', 404, 'of nothing', path => {repository => 'shop', name => 'x'});
call($person, 'getApiFile', 200, 'a file', path => {repository => 'shop'},
	query => 'path=acme/shop/v1/shop.proto');
call($person, 'getApiFile', 404, 'none', path => {repository => 'shop'}, query => 'path=x');
call($person, 'diffApiRevisions', 200, 'a difference', path => {repository => 'shop'},
	query => 'from=1&to=2');
call($person, 'diffApiRevisions', 422, 'of one', path => {repository => 'shop'},
	query => 'from=1');
call($person, 'diffApiRevisions', 404, 'none', path => {repository => 'shop'},
	query => 'from=1&to=99');
call($person, 'getDescriptorSet', 200, 'the set', path => {repository => 'shop'});
call($person, 'getDescriptorSet', 404, 'none', path => {repository => 'shop'},
	query => 'symbol=x');
my %shop = (path => {repository => 'shop'});
my %json = (headers => {'content-type' => 'application/json'});
my %item = (prefix => 'acme', use => ['FILE'], except => [], ignoreUnstable => JSON::PP::true);
call($person, 'getApiPolicy', 200, 'that of everybody', %shop);
call($admin, 'putApiPolicy', 200, 'another', %shop, body => {version => 0, items => [\%item]});
call($person, 'getApiPolicy', 200, 'that is read', %shop);
call($admin, 'putApiPolicy', 409, 'too late', %shop, body => {version => 0, items => []});
call($admin, 'putApiPolicy', 422, 'a wrong one', %shop, body => {version => 1, items => [1]});
call($admin, 'putApiPolicy', 400, 'no JSON', %shop, %json, body => '{');
call($admin, 'putApiPolicy', 415, 'a text', %shop, body => 'x',
	headers => {'content-type' => 'text/plain'});
call($admin, 'putApiPolicy', 413, 'too much', %shop, %json, body => ' ' x 70_000);
call($admin, 'putApiPolicy', 404, 'of nothing', path => {repository => 'none'},
	body => {version => 0, items => []});
call($person, 'putApiPolicy', 403, 'not by everybody', %shop, body => {});
call($person, 'getApiPolicy', 404, 'none', path => {repository => 'none'});
my %waiver = (rule => undef, subject => 'acme.shop.v1.ShopService', reason => 'x',
	until => strftime('%Y-%m-%dT%H:%M:%SZ', gmtime time + 3600));
my $waiver = call($admin, 'grantApiWaiver', 201, 'a waiver', %shop, body => \%waiver);
call($admin, 'grantApiWaiver', 201, 'of one rule', %shop,
	body => {%waiver, rule => 'RPC_NO_DELETE'});
call($admin, 'grantApiWaiver', 422, 'a wrong one', %shop, body => {%waiver, rule => 'x'});
call($admin, 'grantApiWaiver', 400, 'no JSON', %shop, %json, body => '{');
call($admin, 'grantApiWaiver', 415, 'a text', %shop, body => 'x',
	headers => {'content-type' => 'text/plain'});
call($admin, 'grantApiWaiver', 413, 'too much', %shop, %json, body => ' ' x 40_000);
call($admin, 'grantApiWaiver', 404, 'of nothing', path => {repository => 'none'}, body => \%waiver);
call($person, 'grantApiWaiver', 403, 'not by everybody', %shop, body => \%waiver);
call($person, 'diffApiRevisions', 200, 'with what is let pass', %shop, query => 'from=1&to=2');
call($person, 'diffApiRevisions', 200, 'one package', %shop,
	query => 'from=1&to=2&package=acme.shop.v1');
call($ci, 'publishDescriptorSet', 200, 'judged so', %set, query => 'dryRun=1',
	body => descriptor_set({%less, 'acme/extra.proto' => 'syntax = "proto2";'}));
my %mine_to_end = (path => {repository => 'shop', id => $waiver->{json}{id}});
call($admin, 'endApiWaiver', 204, 'ended', %mine_to_end);
call($admin, 'endApiWaiver', 404, 'none', path => {repository => 'shop', id => 999_999});
call($person, 'endApiWaiver', 403, 'not by everybody', %mine_to_end);
call($person, 'listApiWaivers', 200, 'all waivers', %shop, query => 'state=all');
call($person, 'listApiWaivers', 200, 'a page', %shop, query => 'state=all&limit=1');
call($person, 'listApiWaivers', 422, 'of no kind', %shop, query => 'state=x');
call($person, 'listApiWaivers', 404, 'of nothing', path => {repository => 'none'});
call($person, 'getServiceGrpc', 200, 'of a service', path => {id => 'payment'});
call($person, 'getServiceGrpc', 404, 'of none', path => {id => 'paymant'});

# --- webhooks -------------------------------------------------------------------

my %hook = (name => 'one', url => 'http://127.0.0.1:9/', types => ['*']);
my $hook = call($admin, 'createWebhook', 201, 'a webhook', body => \%hook)->{json}{webhook};
my %hook_path = (path => {id => $hook->{id}});
my %no_hook = (path => {id => 999_999});
call($admin, 'createWebhook', 409, 'the same name', body => \%hook);
call($admin, 'createWebhook', 422, 'a wrong one', body => {%hook, url => 'https://[::1]/'});
call($admin, 'createWebhook', 400, 'no JSON', %json, body => '{');
call($admin, 'createWebhook', 413, 'too much', %json, body => ' ' x 70_000);
call($admin, 'createWebhook', 415, 'a text', body => 'x', headers => {'content-type' => 'text/plain'});
call($person, 'createWebhook', 403, 'not by everybody', body => \%hook);
call($admin, 'listWebhooks', 200, 'all');
call($person, 'listWebhooks', 403, 'not by everybody');
call($admin, 'getWebhook', 200, 'one', %hook_path);
call($admin, 'getWebhook', 404, 'none', %no_hook);
call($admin, 'changeWebhook', 200, 'a change', %hook_path,
	body => {ordered => JSON::PP::true, teams => [], campaigns => ['x'], state => 'paused'},
	headers => {'if-match' => '"1"'});
call($admin, 'changeWebhook', 200, 'a pause', %hook_path, body => {state => 'paused'});
call($admin, 'changeWebhook', 412, 'one that is past', %hook_path, body => {teams => []}, headers => {'if-match' => '"1"'});
call($admin, 'changeWebhook', 428, 'of what was not seen', %hook_path, body => {teams => []});
call($admin, 'changeWebhook', 422, 'a wrong one', %hook_path, body => {types => ['X']});
call($admin, 'changeWebhook', 404, 'of none', %no_hook, body => {}, headers => {'if-match' => '"1"'});
call($admin, 'rotateWebhook', 200, 'a new secret', %hook_path, query => 'overlapHours=1');
call($admin, 'rotateWebhook', 422, 'for too long', %hook_path, query => 'overlapHours=1000');
call($admin, 'rotateWebhook', 404, 'of none', %no_hook);
my $delivery = call($admin, 'testWebhook', 202, 'a test', %hook_path)->{json}{id};
call($admin, 'testWebhook', 404, 'of none', %no_hook);
call($admin, 'replayWebhook', 202, 'all of it', %hook_path,
	body => {since => '2026-01-01T00:00:00Z'});
call($admin, 'replayWebhook', 422, 'of nothing', %hook_path, body => {});
call($admin, 'replayWebhook', 410, 'a foreign cursor', %hook_path, body => {after => 'a.1.1'});
call($admin, 'replayWebhook', 404, 'of none', %no_hook, body => {subject => 'payment'});
call($admin, 'listWebhookDeliveries', 200, 'deliveries', %hook_path);
call($admin, 'listWebhookDeliveries', 200, 'a page', %hook_path, query => 'limit=1&state=waiting');
call($admin, 'listWebhookDeliveries', 422, 'of no state', %hook_path, query => 'state=x');
call($admin, 'listWebhookDeliveries', 404, 'of none', %no_hook);
call($admin, 'retryWebhookDelivery', 202, 'once more', path => {%{$hook_path{path}}, delivery => $delivery});
call($admin, 'retryWebhookDelivery', 404, 'of none', path => {%{$hook_path{path}}, delivery => 999_999});
$mdash->sql("SELECT webhook_disable($hook->{id}, 'every delivery of five days failed')");
call($admin, 'retryWebhookDelivery', 409, 'while disabled',
	path => {%{$hook_path{path}}, delivery => $delivery});
call($admin, 'getWebhook', 200, 'while disabled', %hook_path);
call($admin, 'enableWebhook', 200, 'enabled', %hook_path);
call($admin, 'enableWebhook', 404, 'none', %no_hook);
call($admin, 'deleteWebhook', 204, 'its end', %hook_path);
call($admin, 'deleteWebhook', 404, 'of none', %no_hook);
# --- jobs ----------------------------------------------------------------------------

$mdash->sql("INSERT INTO todo_item (service, title, state, due, opened_at, changed_at)"
	. " SELECT id, 'x', 'open', current_date - 2, now(), now() FROM service WHERE service_id = 'payment'");
call($person, 'listSchedules', 200, 'schedules');
my %digest = (path => {schedule => 'digest'});
my $job = call($admin, 'runSchedule', 200, 'a run', %digest);
call($admin, 'runSchedule', 404, 'of nothing', path => {schedule => 'none'});
call($person, 'runSchedule', 403, 'not by everybody', %digest);
ok wait_until(20, sub { $mdash->value(
	"SELECT count(*) FROM event WHERE type = 'team.digest'") }), 'a team is told';
call($admin, 'changeSchedule', 200, 'one that rests', %digest, body => {paused => JSON::PP::true});
call($admin, 'changeSchedule', 422, 'how', %digest, body => {});
call($admin, 'changeSchedule', 400, 'no JSON', %digest, %json, body => '{');
call($admin, 'changeSchedule', 413, 'too much', %digest, %json, body => ' ' x 5_000);
call($admin, 'changeSchedule', 415, 'a text', %digest, body => 'x',
	headers => {'content-type' => 'text/plain'});
call($admin, 'changeSchedule', 404, 'none', path => {schedule => 'none'},
	body => {paused => JSON::PP::true});
call($person, 'changeSchedule', 403, 'not by everybody', %digest, body => {});
call($person, 'listJobs', 200, 'jobs');
call($person, 'listJobs', 200, 'parts of a run', query => "parent=$job->{json}{id}");
call($person, 'listJobs', 422, 'of no state', query => 'state=x');
my %job = (path => {id => $job->{json}{id}});
my %no_job = (path => {id => 999_999});
call($person, 'getJob', 200, 'one', %job);
call($person, 'getJob', 404, 'none', %no_job);
my %waiting = (path => {id => $mdash->value("SELECT job_add('unknown', NULL, '{}', now())")});
call($admin, 'retryJob', 409, 'one that waits', %waiting);
call($admin, 'cancelJob', 200, 'one that waits', %waiting);
call($admin, 'cancelJob', 409, 'once', %waiting);
call($admin, 'retryJob', 200, 'anew', %waiting);
call($admin, 'retryJob', 404, 'none', %no_job);
call($admin, 'cancelJob', 404, 'none', %no_job);
call($person, 'retryJob', 403, 'not by everybody', %no_job);
call($person, 'cancelJob', 403, 'not by everybody', %no_job);
# --- items ------------------------------------------------------------------------

my %todo = (source => 'tracker', externalID => '1', serviceID => 'payment', title => 'Rotate');
my $todo = call($person, 'createTodo', 201, 'an item', body => \%todo);
call($person, 'createTodo', 200, 'again', body => \%todo);
call($person, 'createTodo', 422, 'a bad one', body => {%todo, title => ''});
call($person, 'createTodo', 400, 'no JSON', %json, body => '{');
call($person, 'createTodo', 415, 'a text', body => 'x', headers => {'content-type' => 'text/plain'});
call($person, 'createTodo', 413, 'too much', %json, body => ' ' x 40_000);
my %todo_item = (path => {id => $todo->{json}{id}});
call($person, 'listTodos', 200, 'items');
call($person, 'listTodos', 200, 'of mine', query => 'mine=1');
call($person, 'listTodos', 200, 'by change', query => 'since=');
call($person, 'listTodos', 410, 'a foreign cursor', query => 'since=a.1.1');
call($person, 'listTodos', 422, 'in no state', query => 'state=x');
call($person, 'getTodo', 200, 'one', %todo_item);
call($person, 'getTodo', 404, 'none', path => {id => 999_999});
my $first = sub (%headers) { return (%todo_item, headers => {'if-match' => '"1"', %headers}) };
call($person, 'changeTodo', 428, 'of no version', %todo_item, body => {});
call($person, 'changeTodo', 422, 'a bad change', $first->(), body => {state => 'x'});
call($person, 'changeTodo', 400, 'no JSON', $first->('content-type' => 'application/json'), body => '{');
call($person, 'changeTodo', 415, 'a text', $first->('content-type' => 'text/plain'), body => 'x');
call($person, 'changeTodo', 413, 'too much', $first->('content-type' => 'application/json'),
	body => ' ' x 70_000);
call($person, 'changeTodo', 403, 'not by everybody', $first->(), body => {state => 'exempt'});
call($person, 'changeTodo', 404, 'none', $first->(), path => {id => 999_999}, body => {});
call($person, 'changeTodo', 200, 'a change', $first->(), body => {state => 'done', comment => 'x'});
call($person, 'changeTodo', 412, 'an old version', $first->(), body => {state => 'open'});
call($person, 'changeTodo', 409, 'what cannot be', %todo_item, headers => {'if-match' => '"2"'},
	body => {state => 'cancelled'});
my $bulk = {items => [{id => $todo->{json}{id}, version => 2, change => {state => 'open'}}]};
call($person, 'changeTodos', 200, 'many', body => $bulk);
call($person, 'changeTodos', 422, 'none', body => {items => []});
call($person, 'changeTodos', 400, 'no JSON', %json, body => '{');
call($person, 'changeTodos', 415, 'a text', body => 'x', headers => {'content-type' => 'text/plain'});
call($person, 'changeTodos', 413, 'too much', %json, body => ' ' x (2 << 20));
call($person, 'commentTodo', 201, 'a comment', %todo_item, body => {text => 'x'});
call($person, 'commentTodo', 422, 'a bad one', %todo_item, body => {});
call($person, 'commentTodo', 404, 'of none', path => {id => 999_999}, body => {text => 'x'});
call($person, 'listTodoComments', 200, 'comments', %todo_item);
call($person, 'listTodoComments', 404, 'of none', path => {id => 999_999});
call($person, 'listTodoComments', 422, 'no cursor', %todo_item, query => 'after=x');
# Every state that there is, and so every event.
my $other = $mdash->value("SELECT service_id FROM service WHERE service_id <> 'payment'
	AND tombstoned_at IS NULL LIMIT 1");
my $before = call($admin, 'createTodo', 201, 'what is first', body => {%todo, externalID => '2',
	serviceID => $other})->{json}{id};
my $version = 3;
for my $change ((map { ($_, {state => 'open'}) } {state => 'waiting', waitsFor => $before},
	{state => 'in_review'}, {state => 'not_applicable', reason => 'x'}, {state => 'cancelled'},
	{state => 'exempt', reason => 'x', until => strftime('%Y-%m-%d', gmtime time + 24 * 3600)}), {assignee => 'user:aoi'}) {
	call($admin, 'changeTodo', 200, join(' ', %$change), %todo_item, body => $change,
		headers => {'if-match' => '"' . $version++ . '"'});
}
call($person, 'getTodoMatrix', 200, 'the matrix');
call($person, 'getTodoMatrix', 422, 'no cursor', query => 'after=x');

my $events = call($person, 'listEvents', 200, 'the log', query => 'limit=500');
call($person, 'listEvents', 200, 'now', query => 'after=now');
call($person, 'listEvents', 422, 'no cursor', query => 'after=x');
call($person, 'listEvents', 410, 'a foreign cursor', query => 'after=a.1.1');
my %type = map { $_->{type} => 1 } $events->{json}{items}->@*;
is join(' ', grep { !$type{$_} } $api->document->{components}{schemas}{Event}
	{properties}{type}{enum}->@*), '', 'events of every kind were looked at';

# Server-sent events: what they carry has a shape, too.
my $stream = $person->stream('/events/stream');
$called{streamEvents}++;
is $stream->{status}, 200, 'streamEvents: the stream opens';
$ci->put('/api/v1/ingest/services/payment', $full =~ s/tier: 1/tier: 4/r,
	'content-type' => 'application/yaml');
my $hint = $stream->next_event(10);
is join("\n", $api->violations({'$ref' => '#/components/schemas/ChangeHint'},
	JSON::PP->new->utf8->decode($hint->{data} // '{}'), '#')), '',
	'  with hints as documented';
$stream->close;

# --- accounts ------------------------------------------------------------------------

my %page = (headers => {origin => $mdash->origin});
call($nobody, 'login', 401, 'a wrong password', %page,
	body => {username => 'aoi', password => 'wrong'});
call($nobody, 'login', 422, 'nothing', %page, body => {});
call($nobody, 'login', 200, 'the right one', %page,
	body => {username => 'aoi', password => $mdash->user('aoi')});
call($nobody, 'getSession', 401, 'nobody');
call($person, 'getSession', 200, 'a person');
call($ci, 'getSession', 200, 'a token');
my %token = (kind => 'personal', name => 'mine', scopes => ['catalog:read']);
my $token = call($person, 'createToken', 201, 'a token', body => \%token);
call($person, 'createToken', 422, 'a bad one', body => {kind => 'x'});
call($person, 'createToken', 403, 'one for programs',
	body => {kind => 'system', name => 'x', scopes => ['events:read']});
call($person, 'listTokens', 200, 'tokens');
my %mine = (path => {id => $token->{json}{token}{id}});
my $successor = call($person, 'rotateToken', 201, 'its successor', %mine);
call($person, 'rotateToken', 404, 'none', path => {id => 999_999});
call($person, 'revokeToken', 204, 'revoked', %mine);
call($person, 'rotateToken', 409, 'not after that', %mine);
call($person, 'revokeToken', 404, 'none', path => {id => 999_999});
call($person, 'changePassword', 422, 'too short',
	body => {current => $mdash->user('aoi'), new => 'short'});
call($person, 'changePassword', 422, 'a wrong one',
	body => {current => 'wrong', new => 'something longer'});
call($person, 'changePassword', 204, 'changed',
	body => {current => $mdash->user('aoi'), new => 'something longer'});
call($person, 'logout', 204, 'signed out');

# --- health --------------------------------------------------------------------------

call($nobody, 'health', 200, 'alive');
call($nobody, 'ready', 200, 'ready');

is join(' ', grep { !$called{$_} } map { $_->{id} } $api->operations), '',
	'every documented operation was called';

is join(' ', map { $_->{id} } grep { $_->{method} ne 'GET' && !$_->{responses}{422} } $api->operations), '',
	'every write may be refused for a parameter that it does not know';

# --- the check itself ------------------------------------------------------------------

for my $case (
	[{type => 'integer'}, '1', 1], [{type => 'integer'}, 1, 0],
	[{type => ['string', 'null']}, undef, 0], [{type => 'string'}, 5, 1],
	[{type => 'object', required => ['a']}, {}, 1],
	[{type => 'object', properties => {a => {}}}, {b => 1}, 1],
	[{type => 'string', format => 'date-time'}, '2026-11-24', 1],
	[{enum => ['a']}, 'b', 1], [{oneOf => [{type => 'null'}]}, 'x', 1],
	[{type => 'array', items => {type => 'string'}}, ['x', 1], 1],
) {
	my ($schema, $value, $faults) = @$case;
	is scalar(() = $api->violations($schema, $value, '#')), $faults,
		"the check sees $faults faults in "
		. JSON::PP->new->canonical->allow_nonref->encode($value);
}

done_testing;
