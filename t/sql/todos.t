#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Items open and close with the facts, in the transaction that changes them.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash::Catalogue;
use Test::More;

my $catalogue = Mdash::Catalogue->new('todos');
my $json = JSON::PP->new->canonical;
my $who = q('{"subject":"user:aya","kind":"session","admin":true,"teams":[],"services":[],"address":"127.0.0.1","requestId":"t"}');

sub follow ($commit) { return $json->decode($catalogue->value("SELECT todo_follow('{\"commit\":\"$commit\"}', $who)")) }
my $commit = 'c0';
sub publish (@specs) {
	my $answer = $catalogue->publish(\@specs, commit => ++$commit);
	is $answer->{status}, 200, 'published' or diag $answer->{detail};
	return follow($commit);
}
sub rows ($sql) { return join ' ', map { join '/', map { $_ // '-' } @$_ } $catalogue->sql($sql) }

publish(map { {serviceID => $_, teamName => 'red', $_ eq 'adservice' ? () : (alertChannel => '#x')} }
	qw(adservice cartservice));
is rows("SELECT s.service_id, f.key, f.value FROM fact f JOIN service s ON s.id = f.service WHERE f.key = 'spec.alertChannel'"),
	'cartservice/spec.alertChannel/"#x"', 'facts of specs';
is rows('SELECT count(*) FROM fact_pending'), '0', 'nothing waits';

is $catalogue->value(q{SELECT rule_keys('$.spec.alertChannel != "" && $.junit.failures == 0')}),
	'{junit.failures,spec.alertChannel}', 'what a rule reads';
is $catalogue->value(q{SELECT rule_keys('exists($.spec ? (@.tier > 1)) || $.*.x == $now')}), '{*,spec.*}', 'or may read';
is $catalogue->value(q{SELECT rule_keys('$.spec."x-y" == 1 && $.spec.size() > 0 && $.a == 1')}), '{a.*,spec.*,spec.x-y}', 'quoted';
is $catalogue->value(q{SELECT rule_keys('$.spec.name like_regex "^a.*$" && $.spec.note == "of $.junit.failures"')}),
	'{spec.name,spec.note}', 'texts are no paths';
is $catalogue->value(q{SELECT rule_keys('exists($ . spec /* of it */ . tier ? (@.junit.x == 1))')}), '{spec.tier}',
	'nor are white space, comments and members of members';
is $catalogue->value(q{SELECT rule_keys('$.sp\\u0065c.tier == 1')}), '{spec.tier}', 'escapes are read';
is $catalogue->value(q{SELECT rule_fault('$.spec.alertChannel != "" ')}), undef, 'a rule';
like $catalogue->value(q{SELECT rule_fault('$.spec.')}), qr/syntax error/, 'no rule';
like $catalogue->value(q{SELECT rule_fault('1 + 1')}), qr/no predicate/, 'a number is no rule';
like $catalogue->value(q{SELECT rule_fault('$.spec.tier')}), qr/no predicate/, 'nor is a fact';
like $catalogue->value(q{SELECT rule_fault('$.spec.tier > $limit')}), qr/has a variable/, 'nor what has variables';
like $catalogue->value(q{SELECT rule_fault('$.spec.tier == 1 && $"limit" == 1')}), qr/has a variable/,
	'also where they are looked at only with some facts';
is $catalogue->value(q{SELECT rule_fault('$.spec."$x" == "$" && $.spec.y like_regex "^(a?){8}b?c?$" flag "q"')}), undef,
	'which names, texts and patterns are not';
like $catalogue->value(q{SELECT rule_fault('$.spec.x' || repeat('[0,0]', 9) || ' == 1')}), qr/more than eight subscripts/,
	'nor what multiplies what it finds';
is $catalogue->value(q{SELECT rule_fault('$.spec.x[0, 2 to last] == "a,b,c,d,e,f,g,h,i,j"')}), undef, 'as a few do not';
is $catalogue->value(q{SELECT rule_fault('$.spec.x like_regex "^v?(a?b?c?d?e?f?g?h?i?)$"')}), undef,
	'and what may be missing in a pattern is no filter';
like $catalogue->value(q{SELECT rule_fault('$.spec.x == (1e60000 - 1) * (1e60000 - 1)')}), qr/thousands of digits/,
	'nor what takes long to reckon';

# PostgreSQL compiles a pattern when it reads it, for seconds if that repeats a lot:
# by what it is refused, it has not been read.
sub pattern_fault ($pattern) { return $catalogue->value(qq{SELECT rule_fault('\$.spec.x like_regex "$pattern"')}) }
is pattern_fault($_), undef, "a pattern: $_" for '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
	'^[0-9]{1,3}([.][0-9]{1,3}){3}$', '^[a-z0-9-]{1,63}([.][a-z0-9-]{1,63}){1,8}$', '^.{1,255}$', '(?=a)(?:b)(?!c)\\\\d';
like pattern_fault($_), qr/repeats too much/, "none: $_" for '(?=(.{0,100}){0,100}z).*', '((a{20}){20}){20}',
	'(?:(a{0090}){090})', '((a{9,} ) { 200 , 255 })';
like pattern_fault($_), qr/by its number|options inside/, "nor: $_" for '(.{0,100})\\u007b0,100}', '(.{0,100})\\x7b0,100}',
	'(.{0,100})\\\\\\u{7b}0,100}', '(?x)(.{0,100})#\\n{0,100}';
like $catalogue->value(q{SELECT rule_fault('exists($.**)')}), qr/depths/, 'nor what goes through everything';
like $catalogue->value(q{SELECT rule_fault('$.spec.x like_regex "(a)\\\\1"')}), qr/back reference/, 'nor a back reference';
is $catalogue->value(q{SELECT rule_fault('!exists($.spec."a.b")')}),
	'reads spec.a.b, which is never known: what has a dot in its name is no fact', 'nor what cannot be known';
is $catalogue->value(q{SELECT rule_fault('$.spec.x."a.b" == "c.d.e" && exists($.spec.*)')}), undef, 'which a dot further down is not';
is $catalogue->value(q{SELECT rule_fault('$.spec.x == "no \\\\1" && $.spec.y like_regex "^\\\\d+$"')}), undef, 'which a text is not';

$catalogue->sql(q{INSERT INTO campaign (name, title, rule_version, created_by) VALUES ('alert', 'Set a channel', 1, 'user:aya')});
$catalogue->sql(q{INSERT INTO campaign_rule (campaign, version, predicate, keys, created_by)
	SELECT id, 1, 'exists($.spec.alertChannel)', rule_keys('exists($.spec.alertChannel)'), 'user:aya' FROM campaign});
my $preview = $json->decode($catalogue->value('SELECT campaign_preview(c, r.predicate, NULL) FROM campaign c, campaign_rule r'));
is_deeply [@$preview{qw(open done)}], [1, 1], 'preview' or diag explain $preview;
my $started = $json->decode($catalogue->value("SELECT campaign_start(c, NULL, true, $who, now()) FROM campaign c"));
is join(' ', map { "$_->{serviceID}:$_->{state}" } $started->{todos}->@*), 'adservice:open cartservice:done', 'launch';

my $changes = publish({serviceID => 'adservice', teamName => 'red', alertChannel => '#a'});
is_deeply $changes, [{campaign => 'alert', serviceID => 'adservice', team => 'red', happened => 'done',
	stateBefore => 'open', state => 'done', cause => 'facts', ruleVersion => 1,
	factsBefore => {'spec.alertChannel' => undef}, facts => {'spec.alertChannel' => '#a'}}], 'done with proof'
	or diag explain $changes;
$changes = publish({serviceID => 'adservice', teamName => 'red'});
is $changes->[0]{happened}, 'reopened', 'and reopened' or diag explain $changes;
is rows('SELECT type FROM event WHERE kind = \'todo\' ORDER BY id'), 'todo.opened todo.done todo.done todo.reopened', 'events';
is rows("SELECT t.state_before, t.state, actor_kind, cause, publish->>'commit' FROM todo_transition t JOIN todo_item i ON i.id=t.item JOIN service s ON s.id = i.service WHERE s.service_id = 'adservice' ORDER BY t.id"),
	'-/open/rule/launched/- open/done/rule/facts/c2 done/open/rule/facts/c3', 'transitions';
publish({serviceID => 'late', teamName => 'red'});
is rows('SELECT count(*) FROM todo_item'), 2, 'no item for who comes later';
$catalogue->sql('UPDATE campaign SET permanent = true');
$changes = publish({serviceID => 'later', teamName => 'red'});
is $changes->[0]{happened}, 'opened', 'but in a standard';
# What rules do not read is not fetched: values may be long.
sub document ($keys, $moment = 'NULL') {
	return rows("SELECT document FROM fact_documents(ARRAY(SELECT id FROM service
		WHERE service_id = 'later'), $moment, '$keys')");
}
$catalogue->sql(q{INSERT INTO fact (service, key, value, source, valid_from)
	SELECT id, k, v::jsonb, 'x', now() - interval '1 hour' FROM service,
	       (VALUES ('ci.red', '1'), ('ci.blue', '2'), ('cis.red', '3')) AS x (k, v)
	 WHERE service_id = 'later'});
is document($_->[0]) . '|' . document($_->[0], 'now()'), "$_->[1]|$_->[1]", "documents of $_->[0]"
	for ['{ci.red}', '{"ci": {"red": 1}}'], ['{ci.*}', '{"ci": {"red": 1, "blue": 2}}'],
	['{cis.red,ci.blue}', '{"ci": {"blue": 2}, "cis": {"red": 3}}'], ['{ci.none}', ''], ['{}', ''];
like document('{*}'), qr/"cis": .*"spec": /, 'and of all';

# --- proofs -----------------------------------------------------------------------------

# Proofs are stored with every step: of what is long they have only how long it is.
my $many = {map { ("k$_" => $_) } 1 .. 300};
publish({serviceID => 'longservice', teamName => 'blue', all => [1 .. 9000], few => [1 .. 10], many => $many});
for my $rule (['of-one', 'exists($.spec.all) && exists($.spec.few)'], ['of-all', 'exists($.spec.*)'], ['of-any', 'exists($.*.all)']) {
	my $draft = $json->encode({name => $rule->[0], title => 'x', team => 'blue', rule => $rule->[1], target => {team => 'blue'}});
	$catalogue->value("SELECT status FROM campaign_create('$draft', $who)");
	my $launch = $json->decode($catalogue->value("SELECT body FROM campaign_launch('$rule->[0]', NULL, $who)"));
	my $facts = $launch->{todos}[0]{facts};
	my $spec = $rule->[0] eq 'of-one' ? {map { $_ => $facts->{"spec.$_"} } qw(all few)}
		: $rule->[0] eq 'of-all' ? $facts->{'spec.*'} : $facts->{'*'}{spec};
	is_deeply $spec->{few}, [1 .. 10], "$rule->[0]: what is short is in the proof";
	is_deeply [sort keys $spec->{all}->%*], [qw(bytes leftOut)], '  of what is long it is said';
	cmp_ok $spec->{all}{bytes}, '>', 9000, '  how long it is';
	is $spec->{teamName}, 'blue', '  next to all others' if $rule->[0] ne 'of-one';
	is rows("SELECT octet_length(t.facts::text) < 3000 FROM todo_transition t JOIN todo_item i ON i.id = t.item
		JOIN campaign c ON c.id = i.campaign WHERE c.name = '$rule->[0]'"), 't', '  and so it is stored';
}
my ($change) = grep { $_->{campaign} eq 'of-one' }
	publish({serviceID => 'longservice', teamName => 'blue', all => [1 .. 8000]})->@*;
is $change->{factsBefore}{'spec.all'}{leftOut}, JSON::PP::true, 'and what was before it';
is_deeply [@{$change->{facts}}{'spec.few'}], [undef], '  next to what is not known any more';

# U+202E turns what is beside it, U+2028 ends a line.
publish({serviceID => 'odd', teamName => 'red', map { $_ => 1 } 'x-y', 'a.b', "a\xe2\x80\xaeb", "a\xe2\x80\xa8b"});
is rows("SELECT f.key FROM fact f JOIN service s ON s.id = f.service WHERE s.service_id = 'odd' ORDER BY f.key"),
	'spec.serviceID spec.teamName spec.x-y', 'of a name that no rule could write or no line could show there is no fact';

# --- a rule that was stored before what it has was refused --------------------------------

my $variable = '$.spec.teamName == "green" && $limit == 1';
$catalogue->sql(q{INSERT INTO campaign (name, title, rule_version, state, permanent, created_by)
	VALUES ('old', 'x', 1, 'running', true, 'user:aya')});
$catalogue->sql("INSERT INTO campaign_rule (campaign, version, predicate, keys, created_by)
	SELECT id, 1, '$variable', rule_keys('$variable'), 'user:aya' FROM campaign WHERE name = 'old'");
$catalogue->sql(q{INSERT INTO todo_item (campaign, service, state, by_rule, opened_at, changed_at)
	SELECT c.id, s.id, 'open', true, now(), now() FROM campaign c, service s
	 WHERE c.name = 'old' AND s.service_id = 'longservice'});
is $catalogue->publish([map { {serviceID => $_, teamName => 'green'} } qw(longservice newcomer)], commit => 'v')->{status}, 200,
	'facts that lead to a variable';
ok !eval { follow('v'); 1 }, '  cannot be followed';
my $recovered = $json->decode($catalogue->value("SELECT todo_recover($who)"));
is_deeply [@$recovered{qw(pending quarantined)}], [0, ['old']], '  but for that the rule is to blame';
is rows(q{SELECT i.state, i.by_rule FROM todo_item i JOIN campaign c ON c.id = i.campaign
	JOIN service s ON s.id = i.service WHERE c.name = 'old' AND s.service_id = 'newcomer'}), 'open/f',
	'  and who came meanwhile is asked all the same';
done_testing;
