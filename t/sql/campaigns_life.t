#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Campaigns over their whole life, by random deeds of everybody who has to do with
# them: specs that come, change and go, facts and reports of CI, revisions of APIs,
# facts and exemptions that expire, people at items, changes, rules that fail, ends.
# After each deed the items are what an evaluation from nothing says, and a preview
# said what a launch or a change did. MDASH_SEED=N repeats a run,
# MDASH_CAMPAIGN_DEEDS=N says how many deeds.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use List::Util qw(shuffle uniq);
use Mdash::Catalogue;
use Mdash::Expected;
use Test::More;

use constant {
	PUBLISHERS => 3,
	EACH => 7,		# services of a publisher
	RUNNING => 7,		# campaigns at once
};

my $deeds = $ENV{MDASH_CAMPAIGN_DEEDS} // 70;
my $seed = $ENV{MDASH_SEED} // int rand 2**31;
srand $seed;
note "MDASH_SEED=$seed";

my $catalogue = Mdash::Catalogue->new('campaigns_life');
my $expected = Mdash::Expected->new;
my $json = JSON::PP->new->canonical->allow_nonref;
my $q = \&Mdash::Catalogue::quote;
my ($true, $false) = (JSON::PP::true, JSON::PP::false);
my $who = $q->($json->encode({subject => 'user:aya', kind => 'session', admin => $true,
	teams => [qw(platform red)], services => [], address => '127.0.0.1', requestId => 't'}));

sub one (@of) { return $of[rand @of] }
sub maybe ($name, $value) { return rand() < 0.6 ? ($name => $value) : () }
sub sql ($sql) { return $catalogue->sql($sql) }
sub owner ($sql) { return $catalogue->{cluster}->query($catalogue->conninfo('mdash_owner'), $sql) }
sub told ($what) { return ref $what ? $json->encode($what) : $what // 'null' }

# {status, detail, body, json} of a function that changes campaigns; what is refused,
# and a dry run, is taken back.
sub ask ($call, $dry = 0) {
	my $sql = "SELECT status, detail, body FROM $call";
	my ($row) = sql("BEGIN; $sql; ROLLBACK");
	($row) = sql($sql) if !$dry && $row->[0] < 400;
	my %answer;
	@answer{qw(status detail body)} = @$row;
	$answer{json} = $json->decode($answer{body}) if defined $answer{body};
	return \%answer;
}

# --- what there is ----------------------------------------------------------------------

# The variants of one .proto file: which of its names are declared, and deprecated.
my @names = qw(shop.v1.Shop shop.v1.Shop.Place shop.v1.Shop.Watch);
my @variants = map { my $n = $_; +{map { $names[$_] => $n >> $_ & 1 } 0 .. ($n & 8 ? 1 : 2)} } 0 .. 11;
for my $i (0 .. $#variants) {
	my $content = "sha256('file $i')";
	owner(join ';', "INSERT INTO blob (sha256, bytes) VALUES ($content, 'file $i')", <<~"SQL",
		INSERT INTO proto_file (id, key, sha256, path, package, syntax, imports, extends,
		       source_info, services, methods, messages, fields, enums, "values", extensions)
		VALUES ($i + 1, $content, $content, 'shop.proto', 'shop.v1', 'proto3', '{}', false,
		        true, 1, 2, 0, 0, 0, 0, 0)
		SQL
		map { my ($place, $name) = ($_, $names[$_]); defined $variants[$i]{$name} ? <<~"SQL" : () }
		INSERT INTO proto_symbol (file, place, kind, full_name, name, parent, line, deprecated,
		       parts)
		VALUES ($i + 1, $place, ${\($place ? q('method') : q('service'))}, '$name',
		        split_part('$name', '.', -1), ${\($place ? q('shop.v1.Shop') : 'NULL')}, 1,
		        ${\($variants[$i]{$name} ? 'true' : 'false')}, 0)
		SQL
		0 .. $#names);
}

sub random_spec ($id) {
	my @calls = shuffle(qw(shop.v1.Shop shop.v1.Shop/Place shop.v1.Shop/Watch old.v1.Gone/Get));
	my %grpc = (maybe(consumes => [@calls[0 .. int rand 3]]),
		rand() < 0.3 ? (provides => ["svc.v1.$id/Get" =~ tr/-/_/r]) : ());
	return {serviceID => $id, description => one(qw(pays ships finds)),
		maybe(teamName => one(qw(red blue green))), maybe(tier => 1 + int rand 3),
		maybe(alertChannel => one('', '#ops')), maybe(tags => [one(qw(a b)), one(qw(c d))]),
		%grpc ? (grpc => \%grpc) : ()};
}

# Fails with a time that has no zone, which only `ci.since` may have.
my $fails = '$.ci.since.datetime() < "2026-01-01T00:00:00+00".datetime()';

sub random_rule () {
	my @simple = ('$.spec.alertChannel != ""', '$.spec.tier <= 2', '$.spec.tags[*] == "a"',
		'$.ci.lint == true', '$.ci.score >= 3', 'exists($.ci.*)', '$.ci.level == "a"',
		'$.junit.failures == 0', '$.junit.tests > 2', '$.coverage.lines >= 50',
		'exists($.components.openssl ? (@ == "3.0"))', 'exists($.junit.reportedAt)',
		'exists($.api.deprecatedCalls)', '!exists($.api.deprecatedCalls)',
		'exists($.api.provides)', '$.api.undeclaredCalls.size() == 1',
		'$.api.deprecatedCalls[*] == "shop.v1.Shop/Place"', 'exists($.*.tests)',
		'exists($ ? (@.ci.score > 2))');
	return one(one(@simple), one(@simple), one(@simple) . ' && ' . one(@simple),
		'!(' . one(@simple) . ') || ' . one(@simple), $fails);
}

sub random_target () {
	return {maybe(team => one(qw(red blue))), rand() < 0.2 ? (tier => 1 + int rand 3) : (),
		rand() < 0.2 ? (tag => [one(qw(a b c))]) : (), rand() < 0.3 ? (q => one(qw(pays s svc-1))) : ()};
}

# --- looking ----------------------------------------------------------------------------

# What campaigns ask, what their rules say of these documents ("!" = they fail), and
# what there is.
sub look () {
	my ($row) = owner(<<~"SQL");
		CREATE FUNCTION pg_temp.holds(document jsonb, rule text) RETURNS text
		LANGUAGE plpgsql AS \$\$
		BEGIN
		  RETURN CASE WHEN jsonb_path_match(document, rule::jsonpath, '{}', true)
		              THEN '1' ELSE '' END;
		EXCEPTION WHEN data_exception OR feature_not_supported THEN
		  RETURN '!';
		END \$\$;
		CREATE TEMP TABLE document AS
		SELECT d.key AS service, d.value AS known FROM jsonb_each(${\$q->($expected->documents)}) AS d;
		SELECT jsonb_build_object(
		  'asked', (SELECT coalesce(jsonb_object_agg(c.name, jsonb_build_object(
		     'state', c.state, 'permanent', c.permanent, 'rule', r.predicate,
		     'quarantine', r.quarantine, 'reviewed', c.review_team IS NOT NULL,
		     'wanted', (SELECT jsonb_agg(m.service_id)
		                  FROM service_match(c.words, c.facet, false, NULL) AS m),
		     'holds', (SELECT jsonb_object_agg(d.service, pg_temp.holds(d.known, r.predicate))
		                 FROM document d))), '{}')
		     FROM campaign c
		     LEFT JOIN campaign_rule r ON r.campaign = c.id AND r.version = c.rule_version
		    WHERE c.state <> 'draft'),
		  'items', (SELECT coalesce(jsonb_object_agg(c.name || '/' || s.service_id,
		     jsonb_build_object('state', i.state, 'id', i.id, 'version', i.version)), '{}')
		     FROM todo_item i JOIN campaign c ON c.id = i.campaign JOIN service s ON s.id = i.service),
		  'facts', (SELECT coalesce(jsonb_object_agg(f.service_id, f.facts), '{}')
		     FROM (SELECT s.service_id, jsonb_object_agg(f.key, f.value) AS facts
		             FROM fact f JOIN service s ON s.id = f.service
		            WHERE f.valid_to IS NULL GROUP BY 1) AS f),
		  'stale', (SELECT count(*) FROM todo_item i
		     WHERE i.state NOT IN ('not_applicable', 'exempt') AND i.reason IS NOT NULL
		        OR i.state <> 'exempt' AND (i.until IS NOT NULL OR i.approver IS NOT NULL)
		        OR i.state NOT IN ('open', 'waiting', 'in_review') AND i.snoozed_until IS NOT NULL),
		  'pending', (SELECT count(*) FROM fact_pending))
		SQL
	return $json->decode($row->[0]);
}

# Where a reviewer said that it is not done though the rule says so: nothing looks
# again before something changes.
my %rejected;
my $seen = {items => {}};

# Everything that is not as it must be.
sub wrong ($now, $opens) {
	my @wrong;
	$expected->judge($now->{asked}, $opens);
	for my $name (sort keys $now->{asked}->%*) {
		my $c = $now->{asked}{$name};
		my %wanted = map { $_ => 1 } ($c->{wanted} // [])->@*;
		my @judged = grep { ($c->{holds}{$_} // '') eq '!'
			&& (($now->{items}{"$name/$_"} // {})->{state} // ($c->{permanent} ? 'new' : 'exempt'))
				!~ /^(?:exempt|not_applicable)$/ } keys %wanted;
		push @wrong, "$name is in quarantine: $c->{quarantine}"
			if $c->{state} eq 'running' && defined $c->{quarantine}
			&& !defined $seen->{asked}{$name}{quarantine} && !@judged;
		push @wrong, "the rule of $name fails with $judged[0] and is not in quarantine"
			if $c->{state} eq 'running' && !defined $c->{quarantine} && @judged;
	}
	my %all = map { my $name = $_; map { ("$name/$_" => $expected->{item}{$name}{$_}) }
		keys $expected->{item}{$name}->%* } keys $expected->{item}->%*;
	for my $item (sort(uniq(keys %all, keys $now->{items}->%*))) {
		my $is = ($now->{items}{$item} // {})->{state} // 'none';
		my $must = ($all{$item} // {})->{state} // 'none';
		if ($is ne $must && $rejected{$item} && $is eq 'open' && $must =~ /^(?:in_review|done)$/) {
			$all{$item}{state} = $is;
			next;
		}
		delete $rejected{$item};
		push @wrong, "$item is $is, and must be $must" if $is ne $must;
	}
	for my $service (sort keys $expected->{spec}->%*) {
		my %known = %{$expected->document($service)};
		my %must = map { my $family = $_; map { ("$family.$_" => $known{$family}{$_}) }
			keys $known{$family}->%* } keys %known;
		my %is = ($now->{facts}{$service} // {})->%*;
		$is{$_} = 'some time' for grep { /reportedAt/ } keys %is;
		push @wrong, "of $service is known " . $json->encode(\%is) . ', and must be ' . $json->encode(\%must)
			if $json->encode(\%is) ne $json->encode(\%must);
	}
	push @wrong, "$now->{stale} items have what is of another state" if $now->{stale};
	push @wrong, "$now->{pending} facts wait" if $now->{pending};
	return @wrong;
}

# Rules look at what changed, as after a publish or in the worker.
sub follow () {
	return if rand() < 0.7 && eval { sql("SELECT todo_follow('{}', $who)"); 1 };
	for (1 .. 9) {
		my ($row) = sql("SELECT todo_recover($who)");
		return if !$json->decode($row->[0])->{pending};
	}
	return;
}

# --- deeds ------------------------------------------------------------------------------

my $commit = 0;

# All that a publisher declares: some specs anew, some no longer, some again.
sub publish ($publisher, $all = 0) {
	my @ids = map { "svc-$publisher-$_" } 1 .. EACH;
	my $gone = 0;
	my %spec = map { $_ => $expected->{spec}{$_} } @ids;
	for my $id (@ids) {
		if ($all || rand() < 0.3) {
			$spec{$id} = !$all && $gone < 3 && rand() < 0.3 ? undef : random_spec($id);
		}
		$gone++ if $expected->{spec}{$id} && !$spec{$id};
	}
	$spec{$ids[0]} //= random_spec($ids[0]);
	my $answer = $catalogue->publish([map { $spec{$_} // () } @ids], set => 1,
		publisher => "repository-$publisher", commit => 'c' . ++$commit);
	is $answer->{status}, 200, 'a publish' or diag $answer->{detail};
	$expected->spec($_, $spec{$_}) for @ids;
	follow();
	return "publisher $publisher";
}

sub ci_facts () {
	my $service = one($expected->live);
	my %facts = (maybe(lint => one($true, $false)), maybe(score => int rand 5),
		maybe(level => one('a', 'b')),
		rand() < 0.3 ? (since => one('2026-01-01', ('2025-01-01T00:00:00+00') x 2)) : ());
	my $wholly = rand() < 0.4;
	my $answer = ask(sprintf q{facts_publish('%s', 'ci', %s, %s, %s, 500, 'c', %s)}, $service,
		$q->($json->encode(\%facts)), one('NULL', 3600), $wholly ? 'true' : 'false', $who);
	is $answer->{status}, 200, 'facts of CI' or diag $answer->{detail};
	$expected->say($service, 'ci', \%facts, $wholly);
	follow() if rand() < 0.8;
	return "facts of $service: " . $json->encode(\%facts);
}

# A report is taken, read by the worker, and its facts are written.
sub report () {
	my $service = one($expected->live);
	my ($format, $family, $facts) = @{one(
		['junit', 'junit', {tests => int rand 5, failures => int rand 2}],
		['cobertura', 'coverage', {lines => one(20, 50, 80)}],
		['cyclonedx', 'components', {maybe(openssl => one('1.1', '3.0')), maybe(zlib => '1.3')}])};
	my $taken = ask("report_take('$service', '$format', 'report " . ++$commit . "', 3600, '{}', $who)");
	is $taken->{status}, 200, 'a report' or diag $taken->{detail};
	my ($job) = sql(q{SELECT id, fence FROM job_claim('[{"kind": "report", "most": 1, "mostTarget": 1, "batch": 1}]',
		't', 60000)});
	my ($written) = sql("SELECT outcome FROM report_write($job->[0], $job->[1], '$family', "
		. $q->($json->encode($facts)) . ')');
	is $written->[0], 'written', '  is read';
	sql(qq{SELECT job_end('[{"id": $job->[0], "fence": $job->[1], "outcome": "done"}]')});
	$expected->say($service, $family, {%$facts, reportedAt => 'some time'}, 1);
	follow();
	return "$format of $service: " . $json->encode($facts);
}

my $revision = 0;

sub revision () {
	my $variant = int rand @variants;
	my ($now) = sql("SELECT file - 1 FROM proto_span WHERE until IS NULL");
	return 'the same revision' if $now && $now->[0] == $variant;
	my $before = $revision++;
	owner(sprintf q{SELECT descriptor_apply('corp', '%s', %d, '{%d}', sha256('set %d'), 1, true,
		'{"force": false}', %s); SELECT descriptor_facts('corp', %d, %d, false, '{}')},
		$before ? 'updated' : 'created', $revision, $variant + 1, $revision, $who, $before, $revision);
	$expected->declares($variants[$variant]);
	follow();
	return "revision of the API: " . $json->encode($variants[$variant]);
}

# Some of what was said for a time only is not said again.
sub facts_end () {
	my $salt = int rand 2**31;
	my @gone = sql(<<~"SQL");
		UPDATE fact f SET expires_at = now() - interval '1 s'
		  FROM service s
		 WHERE s.id = f.service AND f.valid_to IS NULL AND f.expires_at IS NOT NULL
		   AND hashtextextended(f.key || s.service_id, $salt) % 3 = 0
		RETURNING s.service_id, split_part(f.key, '.', 1), split_part(f.key, '.', 2)
		SQL
	sql('SELECT facts_expire(clock_timestamp(), 1000)');
	$expected->forget(@$_) for @gone;
	follow();
	return 'facts expire: ' . join ' ', map { join '/', @$_ } @gone;
}

sub exemptions_end () {
	my $salt = int rand 2**31;
	my @over = sql(<<~"SQL");
		UPDATE todo_item i SET until = current_date - 1
		  FROM campaign c, service s
		 WHERE i.state = 'exempt' AND c.id = i.campaign AND s.id = i.service
		   AND hashtextextended(c.name || s.service_id, $salt) % 5 < 2
		RETURNING c.name, s.service_id, c.state
		SQL
	sql('SELECT exemptions_expire(clock_timestamp(), 1000)');
	$expected->{item}{$_->[0]}{$_->[1]}{state} = 'open' for grep { $_->[2] eq 'running' } @over;
	return 'exemptions are over: ' . join ' ', map { "$_->[0]/$_->[1]" } @over;
}

sub running () { return grep { $seen->{asked}{$_}{state} eq 'running' } sort keys $seen->{asked}->%* }

sub person () {
	my %running = map { $_ => 1 } running();
	my @items = grep { $running{(split m{/})[0]} } sort keys $seen->{items}->%*;
	my $item = one(@items) // return 'nobody finds an item';
	my ($name, $service) = split m{/}, $item;
	my $is = $seen->{items}{$item};
	my ($other) = shuffle(grep { !m{/\Q$service\E$} && $seen->{items}{$_}{state} eq 'open' } @items);
	my $change = one({state => 'not_applicable', reason => 'x'}, {state => 'open'}, {state => 'done'},
		({state => 'exempt', reason => 'x', until => '2026-12-31'}) x 2,
		{snoozedUntil => '2026-12-31'}, {assignee => 'user:mia', comment => 'x'},
		defined $other ? ({state => 'waiting', waitsFor => 0 + $seen->{items}{$other}{id}}) x 2 : ());
	my ($day) = sql('SELECT current_date + 30');
	exists $change->{$_} && ($change->{$_} = $day->[0]) for qw(until snoozedUntil);
	my $answer = ask("todo_patch($is->{id}, $is->{version}, @{[$q->($json->encode($change))]}, $who)");
	ok $answer->{status} =~ /^(?:200|409|422)$/, "a person at $item" or diag told($answer);
	if ($answer->{status} == 200 && defined $change->{state}) {
		my $expects = $expected->{item}{$name}{$service};
		$rejected{$item} = 1 if $expects->{state} eq 'in_review' && $change->{state} eq 'open';
		$expects->{state} = $change->{state};
		$expects->{waits} = $other if $change->{state} eq 'waiting';
	}
	return "$item, $is->{state}: " . $json->encode($change) . " $answer->{status}";
}

my $campaigns = 0;
my %opens; # campaigns that this deed makes items of
my $told; # {open, done} that a preview said of it

sub launch () {
	return end(one(running())) if running() >= RUNNING;
	my $name = 'campaign-' . ++$campaigns;
	my %draft = (name => $name, title => $name, team => 'platform', rule => rand() < 0.85 ? random_rule() : undef,
		target => random_target(), maybe(permanent => $true), rand() < 0.2 ? (teamLimit => 3) : (),
		rand() < 0.25 ? (reviewTeam => 'red') : ());
	my $shown = $json->encode(\%draft);
	my $draft = $q->($shown);
	my $preview = ask("campaign_preview_draft($draft, NULL, NULL, $who)", 1);
	is ask("campaign_create($draft, $who)")->{status}, 201, "$name: $shown";
	my $dry = ask("campaign_launch('$name', NULL, $who)", 1);
	if ($preview->{status} == 422) {
		is $dry->{status}, 409, '  what a preview says to fail is not launched';
		return "$name fails";
	}
	if (rand() < 0.3) {
		is ask("campaign_launch('$name', now() + interval '1 hour', $who)")->{status}, 202, '  later';
		sql("UPDATE campaign SET starts_at = now() - interval '1 s' WHERE name = '$name'");
		is [sql('SELECT campaigns_due(clock_timestamp())')]->[0][0], $dry->{json}{state} eq 'held' ? 0 : 1,
			'  its time comes, unless it is held already';
		my ($state) = sql("SELECT state FROM campaign WHERE name = '$name'");
		is $state->[0], $dry->{json}{state} eq 'held' ? 'draft' : 'running', '  as it was said';
	} else {
		my $launch = ask("campaign_launch('$name', NULL, $who)");
		is $dry->{body}, $launch->{body}, '  a dry run says what the launch does, byte for byte';
		is_deeply [@{$launch->{json}}{qw(open done overLimit)}],
			[@{$preview->{json}}{qw(open done overLimit)}], '  and so does a preview';
	}
	if ($dry->{json}{state} eq 'held') {
		my ($items) = sql("SELECT count(*) FROM todo_item i JOIN campaign c ON c.id = i.campaign WHERE c.name = '$name'");
		is $items->[0], 0, '  over the limit it is held and makes no item';
		is ask("campaign_approve('$name', $who)")->{status}, 200, '  until it is approved';
	}
	$told = [$name, $preview->{json}{open}, $preview->{json}{done}];
	$opens{$name} = 1;
	return $name;
}

sub change ($name = one(running())) {
	return launch() if !defined $name;
	my $c = $seen->{asked}{$name};
	my %change = (maybe(target => random_target()), maybe(permanent => one($true, $false)),
		rand() < 0.2 ? (reviewTeam => one(undef, 'red')) : (), maybe(due => one(undef, '2026-01-01')));
	$change{rule} = rand() < 0.2 ? undef : random_rule() if rand() < 0.5;
	$change{rule} = $c->{rule} if defined $c->{quarantine} && !exists $change{rule} && rand() < 0.5;
	return change_to($name, %change);
}

sub change_to ($name, %change) {
	my $c = $seen->{asked}{$name};
	my %draft = (rule => $c->{rule}, %change);
	my ($before) = sql("SELECT version, words, facet FROM campaign WHERE name = '$name'");
	my $preview = ask("campaign_preview_draft(@{[$q->($json->encode(\%draft))]}, '$name', NULL, $who)", 1);
	my $answer = ask("campaign_change('$name', $before->[0], @{[$q->($json->encode(\%change))]}, $who)");
	if ($answer->{status} == 422) {
		is $preview->{status}, 422, "$name: what is refused has no preview" or diag told($answer);
		return "$name is not changed: " . $json->encode(\%change);
	}
	is $answer->{status}, 200, "$name: " . $json->encode(\%change) or diag told($answer);
	my ($now) = sql("SELECT words, facet, permanent FROM campaign WHERE name = '$name'");
	$opens{$name} = 1 if "@$before[1, 2]" ne "@$now[0, 1]" || $now->[2] eq 't';
	$told = [$name, $preview->{json}{open}, $preview->{json}{done}]
		if $preview->{status} == 200 && !grep { m{^\Q$name\E/} } keys %rejected;
	$told = undef if defined $c->{quarantine} && !exists $change{rule};
	return "$name: " . $json->encode(\%change);
}

# A rule that is in quarantine goes on by being sent again, or by another.
sub release () {
	my $name = one(grep { defined $seen->{asked}{$_}{quarantine} } running()) // return change();
	return change_to($name, rule => one($seen->{asked}{$name}{rule}, random_rule()));
}

sub end ($name) {
	return 'nothing ends' if !defined $name;
	my $ending = one(qw(finished cancelled));
	is ask("campaign_end('$name', '$ending', $who)")->{status}, 200, "$name is $ending";
	$expected->end($name);
	return "$name is $ending";
}

# What changed in items of a campaign since, as a preview counts it.
sub changed ($name, $now) {
	my ($open, $done) = (0, 0);
	for my $item (grep { m{^\Q$name\E/} } keys $now->{items}->%*) {
		my $state = $now->{items}{$item}{state};
		my $before = $seen->{items}{$item}{state} // '';
		next if $state eq $before || $state eq 'cancelled';
		next if "$before $state" eq 'waiting open'; # what it waited for is settled, which no rule does
		$state eq 'open' ? $open++ : $done++;
	}
	return [$name, $open, $done];
}

publish($_, 1) for 1 .. PUBLISHERS;
my @kinds = ((sub { publish(1 + int rand PUBLISHERS) }) x 4, (\&ci_facts) x 4, (\&report) x 3,
	(\&revision) x 2, (\&facts_end) x 2, (\&person) x 5, \&exemptions_end, (\&change) x 3, (\&launch) x 2,
	\&release, (sub { end(one(running())) }) x (rand() < 0.5));
for my $round (1 .. $deeds) {
	($told, %opens) = ();
	my $what = $round <= 4 ? launch() : one(@kinds)->();
	follow() if [sql('SELECT count(*) FROM fact_pending')]->[0][0];
	my $now = look();
	is_deeply changed($told->[0], $now), $told, '  a preview said what it did' or diag $what if $told;
	my @wrong = wrong($now, \%opens);
	is scalar @wrong, 0, "deed $round: $what" or diag join "\n", @wrong;
	$seen = $now;
	last if @wrong;
}
my %states;
$states{$_->{state}}++ for values $seen->{items}->%*;
note join ' ', map { "$_ $states{$_}" } sort keys %states;

# --- what is left of it -------------------------------------------------------------------

sub count ($sql) { return [sql("SELECT count(*) FROM ($sql) AS x")]->[0][0] }
is count(<<~'SQL'), 0, 'the transitions of an item follow one another, to its state';
	SELECT FROM (SELECT t.state_before, lag(t.state) OVER w AS was, t.state, t.id, i.state AS now,
	                    last_value(t.id) OVER w AS last
	               FROM todo_transition t JOIN todo_item i ON i.id = t.item
	             WINDOW w AS (PARTITION BY t.item ORDER BY t.id
	                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) AS t
	 WHERE t.state_before IS DISTINCT FROM t.was OR t.id = t.last AND t.state <> t.now
	SQL
is count(<<~'SQL'), 0, 'each has one event, which says the same';
	SELECT FROM (SELECT t.item::text AS subject, t.state,
	                    row_number() OVER (PARTITION BY t.item ORDER BY t.id) AS n
	               FROM todo_transition t) AS t
	  FULL JOIN (SELECT e.subject, e.data->>'state' AS state,
	                    row_number() OVER (PARTITION BY e.subject ORDER BY e.id) AS n
	               FROM event e
	              WHERE e.kind = 'todo' AND e.type NOT IN ('todo.changed', 'todo.commented')) AS e
	    ON e.subject = t.subject AND e.n = t.n
	 WHERE t.state IS DISTINCT FROM e.state
	SQL
is $catalogue->miscounted, 0, 'the counts of campaigns are those of their items';
is $catalogue->value('SELECT audit_broken()'), undef, 'the audit log is sound';
done_testing;
