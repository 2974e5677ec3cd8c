#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Campaigns over random services, rules and targets: a dry run says what the launch
# does, byte for byte, and after any publishes and changes the items are what an
# evaluation from scratch says. MDASH_SEED=N repeats a run.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use List::Util qw(uniq);
use Mdash::Catalogue;
use Test::More;

use constant {
	SERVICES => 40,
	CAMPAIGNS => 12,
	ROUNDS => 12,
};

my $seed = $ENV{MDASH_SEED} // int rand 2**31;
srand $seed;
note "MDASH_SEED=$seed";

my $catalogue = Mdash::Catalogue->new('campaigns');
my $json = JSON::PP->new->canonical;
my $q = \&Mdash::Catalogue::quote;
my $who = $q->($json->encode({subject => 'user:aya', kind => 'session', admin => JSON::PP::true,
	teams => ['platform'], services => [], address => '127.0.0.1', requestId => 't'}));

# {status, pointer, detail, body} of a function that changes campaigns; a dry run is
# taken back.
sub ask ($call, $dry = 0) {
	my $sql = "SELECT status, pointer, detail, body FROM $call";
	my ($row) = $catalogue->sql($dry ? "BEGIN; $sql; ROLLBACK" : $sql);
	my %answer;
	@answer{qw(status pointer detail body)} = @$row;
	$answer{json} = $json->decode($answer{body}) if defined $answer{body};
	return \%answer;
}

sub create (%draft) { return ask("campaign_create(@{[$q->($json->encode(\%draft))]}, $who)") }

sub change ($name, %change) {
	my $version = $catalogue->value("SELECT version FROM campaign WHERE name = '$name'");
	return ask("campaign_change('$name', $version, @{[$q->($json->encode(\%change))]}, $who)");
}

sub rows ($sql) { return join ' ', map { join '/', map { $_ // '-' } @$_ } $catalogue->sql($sql) }

my $commit = 0;

sub publish (@specs) {
	$commit++;
	my $call = Mdash::Catalogue::publish_call(\@specs, commit => "c$commit");
	$call =~ s/^SELECT status, detail, extra, body FROM (.*)$/SELECT p.status, p.detail,
		todo_follow('{"commit":"c$commit"}', $who) FROM $1 AS p/s or die $call;
	my ($row) = $catalogue->sql($call);
	is $row->[0], 200, "publish $commit" or diag $row->[1];
	return $json->decode($row->[2]);
}

# --- random things ------------------------------------------------------------------

sub one (@of) { return $of[rand @of] }
sub maybe ($name, $value) { return rand() < 0.6 ? ($name => $value) : () }

sub random_spec ($i) {
	return {serviceID => "svc-$i", description => one(qw(pays ships finds)) . " $i",
		maybe(teamName => one(qw(red blue green))), maybe(tier => 1 + int rand 4),
		maybe(odd => one(JSON::PP::true, JSON::PP::null, 7, 'text', [], {}, [1, 'x'], {deep => {er => 1}})),
		maybe(lifecycle => one(qw(production deprecated))),
		maybe(alertChannel => one('', '#ops', '#dev')),
		maybe(tags => [one(qw(a b)), one(qw(c d))]),
		maybe(contact => {slack => {alertChannelId => one('C1', '')}}),
		maybe(sizes => [map { int rand 5 } 1 .. 3])};
}

sub random_rule () {
	my @simple = ('$.spec.alertChannel != ""', 'exists($.spec.contact.slack.alertChannelId)',
		'$.spec.tier <= 2', 'exists($.spec.sizes[*] ? (@ > 3))', '$.spec.tags[*] == "a"',
		'$.spec.description starts with "pays"', '$.spec.description like_regex "^[sf]"',
		'$.spec.sizes.size() == 3', '$.junit.failures == 0', '$.spec.lifecycle.double() > 1',
		'$.spec.odd == true', '$.spec.odd > 3', '$.spec.odd == null', 'exists($.spec.odd.deep)',
		'$.spec.odd.deep.er == 1', '$.spec.odd.type() == "array"', '$.*.tier == 1',
		'exists($.spec.*)', 'exists($ ? (@.spec.tier > 2))', '$."spec"."tier" == 3',
		'exists($.spec.keyvalue() ? (@.key == "odd"))', '$.spec.sizes[last] - 1 == $.spec.sizes[0]');
	return one(undef, one(@simple), one(@simple) . ' && ' . one(@simple),
		'!(' . one(@simple) . ') || ' . one(@simple), '(' . one(@simple) . ') is unknown',
		'strict ' . one(@simple));
}

sub random_target () {
	return {maybe(team => one(qw(red blue))), rand() < 0.3 ? (tier => 1 + int rand 4) : (),
		rand() < 0.3 ? (tag => [one(qw(a b c))]) : (),
		rand() < 0.3 ? (q => one('pays', 'svc-1', 's', 'nobody')) : ()};
}

# What every item of a campaign with a rule must be by the specs alone, but that what
# was done before a service left the target stays so: "service=state".
sub from_scratch ($name) {
	return rows(<<~"SQL");
		SELECT s.service_id || '=' || CASE
		         WHEN m.id IS NULL THEN CASE i.state WHEN 'done' THEN 'done' ELSE 'cancelled' END
		         WHEN jsonb_path_match(jsonb_build_object('spec', v.spec),
		                r.predicate::jsonpath, '{}', true) THEN 'done'
		         ELSE 'open' END
		  FROM campaign c
		  JOIN campaign_rule r ON r.campaign = c.id AND r.version = c.rule_version
		  JOIN todo_item i ON i.campaign = c.id
		  JOIN service s ON s.id = i.service
		  JOIN service_version v ON v.id = s.version_id
		  LEFT JOIN service_match(c.words, c.facet, false, NULL) AS m ON m.id = s.id
		 WHERE c.name = '$name'
		 ORDER BY s.service_id
		SQL
}

sub items ($name) {
	return rows(<<~"SQL");
		SELECT s.service_id || '=' || i.state
		  FROM todo_item i JOIN campaign c ON c.id = i.campaign
		  JOIN service s ON s.id = i.service
		 WHERE c.name = '$name' ORDER BY s.service_id
		SQL
}

# --- launches -----------------------------------------------------------------------

publish(map { random_spec($_) } 1 .. SERVICES);
my %rule;
for my $i (1 .. CAMPAIGNS) {
	my $name = "campaign-$i";
	my $rule = random_rule();
	my %draft = (name => $name, title => "Number $i", team => 'platform', rule => $rule,
		target => random_target(), maybe(permanent => JSON::PP::true),
		rand() < 0.2 ? (teamLimit => 3) : ());
	my $shown = $json->encode(\%draft);
	my $preview = ask("campaign_preview_draft(@{[$q->($shown)]}, NULL, NULL, $who)");
	is create(%draft)->{status}, 201, "$name: $shown";
	my $dry = ask("campaign_launch('$name', NULL, $who)", 1);
	my $launch = ask("campaign_launch('$name', NULL, $who)");
	like $launch->{status}, qr/^20[02]$/, '  is launched or held';
	is $dry->{body}, $launch->{body}, '  a dry run says what the launch does, byte for byte';
	is_deeply [@{$launch->{json}}{qw(open done overLimit)}],
		[@{$preview->{json}}{qw(open done overLimit)}], '  and so does a preview';
	if ($launch->{json}{state} eq 'held') {
		is $launch->{status}, 202, '  over the limit it is held';
		is items($name), '', '  and makes no item';
		is ask("campaign_approve('$name', $who)")->{json}{state}, 'running', '  until it is approved';
	}
	$rule{$name} = $rule if defined $rule;
	is items($name), from_scratch($name), '  its items are right' if defined $rule;
}
is rows("SELECT count(*) FROM event WHERE type = 'campaign.launched'"), CAMPAIGNS, 'each is told';

# --- and what happens then ------------------------------------------------------------

for my $round (1 .. ROUNDS) {
	publish(map { random_spec($_) } uniq(map { 1 + int rand SERVICES + 5 } 1 .. 4))
		if rand() < 0.7;
	my $name = one(sort keys %rule);
	if (defined $name && rand() < 0.6) {
		my %change = (maybe(target => random_target()), maybe(permanent => JSON::PP::true),
			maybe(due => one(undef, '2026-01-01', '2126-01-01')));
		my $rule = random_rule();
		$change{rule} = $rule if defined $rule && rand() < 0.7;
		is change($name, %change)->{status}, 200, "$name: " . $json->encode(\%change);
	}
	is items($_), from_scratch($_), "  round $round: $_ is right" for sort keys %rule;
}
is rows('SELECT count(*) FROM fact_pending'), 0, 'nothing waits';
is rows(<<~'SQL'), 0, 'each item is in the state of its last transition';
	SELECT count(*) FROM todo_item i
	 CROSS JOIN LATERAL (SELECT t.state FROM todo_transition t WHERE t.item = i.id
	                      ORDER BY t.id DESC LIMIT 1) AS t
	 WHERE t.state <> i.state
	SQL
is rows(<<~'SQL'), 0, 'and its last event says so';
	SELECT count(*) FROM todo_item i
	 CROSS JOIN LATERAL (SELECT e.data FROM event e WHERE e.kind = 'todo' AND e.subject = i.id::text
	                      ORDER BY e.id DESC LIMIT 1) AS e
	 WHERE e.data->>'state' <> i.state
	SQL
is $catalogue->miscounted, 0, 'the counts of campaigns are those of their items';
is $catalogue->value('SELECT audit_broken()'), undef, 'the audit log is sound';
done_testing;
