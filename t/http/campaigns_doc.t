#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What doc/campaigns.md says is so: its requests are sent as they stand there, and
# each of its rules, and of those that the page offers, tells two services apart.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use File::Temp qw(tempdir);
use JSON::PP;
use Mdash;
use Mdash::Example qw(differs);
use Mdash::Files qw(read_source);
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(publish spec);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest todos jobs)], worker => 1, settings => {job_poll_ms => '20ms'});
my $json = JSON::PP->new->utf8;
my $text = read_source('doc/campaigns.md');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $system = $mdash->token(kind => 'system', scopes => ['todos:write'], team => 'platform');
publish($ci, 'shop-cart', spec('shop-cart', teamName => 'shop', lifecycle => 'production'));
publish($ci, 'shop-pay', spec('shop-pay', teamName => 'shop', lifecycle => 'production',
	contact => '{slack: {alertChannelId: C1}}'));

# --- the requests -------------------------------------------------------------------------

{
	local $ENV{MDASH_URL} = $mdash->origin;
	local $ENV{MDASH_TOKEN} = $system->{token};
	local $ENV{MDASH_CI_TOKEN} = $ci->{token};
	my $place = tempdir(CLEANUP => 1);
	my $examples = 0;
	my $item = q{SELECT i.id FROM todo_item i JOIN service s ON s.id = i.service
		WHERE s.service_id = 'shop-cart'};
	while ($text =~ m{^```sh\n(.*?)^```\n\n^```json\n(.*?)^```}gms) {
		my ($command, $shown) = ($1, $2);
		my ($name) = $command =~ m{(\$MDASH_URL\S*?)"};
		local $ENV{ITEM} = $mdash->value($item) // '';
		open my $curl, '-|', 'sh', '-c', "cd '$place' && $command" or die "sh: $!";
		my $answer = do { local $/; <$curl> };
		ok close($curl), "$name: the example runs" or diag $answer;
		is join("\n", differs($json->decode($shown), $json->decode($answer), '')), '',
			'  and is answered so' or diag $answer;
		$examples++;
	}
	is $examples, () = $text =~ m{^```sh$}gm, 'each example has its answer';
	cmp_ok $examples, '>', 7, 'there are some';
}

# --- the rules ------------------------------------------------------------------------------

# Two services: one has what the rules ask for, and one has not.
publish($ci, 'rule-good', <<~'YAML');
	serviceID: rule-good
	teamName: rules
	lifecycle: production
	tier: 1
	tags: [rules]
	contact: { slack: { alertChannelId: C1 } }
	links: [ { title: Runbook, url: https://wiki.example/good } ]
	YAML
publish($ci, 'rule-bad', "serviceID: rule-bad\ntier: 3\ntags: [rules]\n");
$mdash->sql(q{SELECT facts_write(ARRAY[s.id], ARRAY['api.deprecatedCalls'],
	ARRAY['["a.B/C"]'::jsonb], '{}', 'api', 'api', NULL, NULL, now())
	FROM service s WHERE s.service_id = 'rule-bad'});

sub report ($service, $format, $body, $type = 'application/xml') {
	my $answer = $ci->request('POST', "/api/v1/ingest/reports/$service/$format", body => $body,
		headers => {'content-type' => $type});
	is $answer->{status}, 202, "$service: a report ($format)" or diag $answer->{content};
	wait_until(30, sub {
		$mdash->value("SELECT state FROM job WHERE id = $answer->{json}{job}") eq 'done' })
		or die "$format of $service is not read";
	return;
}
sub bill (%version) {
	return encode_json({bomFormat => 'CycloneDX', specVersion => '1.5', components => [map {
		{type => 'library', name => $_, version => $version{$_}, purl => "$_\@$version{$_}"}
	} sort keys %version]});
}
my $log4j = 'pkg:maven/org.apache.logging.log4j/log4j-core';
report('rule-good', 'junit', '<testsuite tests="3"/>');
report($_->[0], 'cobertura', qq(<coverage line-rate="$_->[1]"/>))
	for ['rule-good', 0.8], ['rule-bad', 0.799];
report('rule-good', 'cyclonedx', bill($log4j => '2.17.1', 'pkg:npm/left-pad' => '1.3.0'),
	'application/json');
report('rule-bad', 'cyclonedx', bill($log4j => '2.14.1', 'pkg:npm/left-pad' => '1.2.0'),
	'application/json');
for (['rule-good', 24, 0], ['rule-bad', 9, 2]) {
	my ($service, $minor, $warnings) = @$_;
	is $ci->request('PUT', "/api/v1/ingest/facts/$service", body => $_)->{status}, 200,
		"$service: facts" for {family => 'image', facts => {major => 1, minor => $minor}},
			{family => 'ci', facts => {'lint-warnings' => $warnings, day => '2026-11-20'}};
}

sub effect ($rule) {
	my $preview = $system->post('/api/v1/campaigns/preview', {name => 'x', title => 'x',
		team => 'platform', rule => $rule, target => {tag => ['rules']}});
	return "$preview->{status} $preview->{content}" if $preview->{status} != 200;
	return join ' ', map({ "$_->{serviceID}:$_->{state}" } $preview->{json}{sample}->@*),
		$preview->{json}{unknownKeys}->@*;
}
my ($block) = $text =~ m{^```jsonpath\n(.*?)^```}ms;
my @rules = grep { !/^#/ } split /\n/, $block;
cmp_ok scalar(@rules), '>', 9, 'the page has rules';
my ($offered) = read_source('web/src/features/todos/draft.ts') =~ m{EXAMPLES = \[\n(.*?)^\]}ms;
my @offered = map { s/\\"/"/gr } $offered =~ /^\s*["'](.*)["'],$/mg;
cmp_ok scalar(@offered), '>', 3, 'and the editor offers some';
is effect($_), 'rule-bad:open rule-good:done', $_ for @rules, @offered;

# --- what the page says of what is not known ---------------------------------------------------

is effect('$.nothing.here == 1'), 'rule-bad:open rule-good:open nothing.here', 'false, where nothing is known';
is effect('!($.nothing.here == 1)'), 'rule-bad:done rule-good:done nothing.here', '  true when negated';
is effect('strict !($.nothing.here == 1)'), 'rule-bad:open rule-good:open nothing.here', '  false when strict';
is effect('$.spec.tier == "1"'), 'rule-bad:open rule-good:open', 'a text is no number';
is effect('$.junit.reportedAt >= "2026-01-01"'), 'rule-bad:open rule-good:done', 'times compare as texts';
is effect('$.junit.reportedAt.datetime() >= "2026-01-01T00:00:00+00:00".datetime()'),
	'rule-bad:open rule-good:open', '  and are no times with a Z';
like effect('$.ci.day.datetime() >= "2026-01-01T00:00:00+00:00".datetime()'),
	qr/^422 .*without time zone usage/, 'a day and a time with a zone do not compare';
like effect($_), qr/^422 /, 'refused: ' . substr $_, 0, 40 for '$.**.tier == 1', '$.spec.tier', 'x' x 2001,
	'$.spec.teamName like_regex "(a)\\\\1"', '$.spec.tier == 1 && $limit == 1', '$.spec.tier == 1 && $.a' . '[0,1]' x 9 . ' == 1',
	'$.spec.teamName like_regex "(?i)a"', '$.spec.teamName like_regex "((a{20}){20}){20}"', 'exists($.spec' . ' ? (1 == 1)' x 9 . ')';

done_testing;
