#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Facts that CI says of a service: typed, with an end, one family at a time.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use IO::Compress::Gzip ();
use JSON::PP;
use Mdash;
use Mdash::Campaign qw(items launch told);
use Mdash::OpenApi;
use Mdash::Publish qw(gzip marks moved publish spec);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest)]);
my $api = Mdash::OpenApi->new;
my $ci = $mdash->token(scopes => ['ingest:write']);
my $json = JSON::PP->new->canonical->allow_nonref;
publish($ci, 'cart', spec('cart'));

# facts({lint => 1}, family => 'ci', query => '?dryRun=1', who => $ci, to => 'cart')
sub facts ($facts, %with) {
	my ($query, $who, $to) = (delete $with{query} // '', delete $with{who} // $ci,
		delete $with{to} // 'cart');
	my $headers = delete $with{headers} // {};
	return $who->request('PUT', "/api/v1/ingest/facts/$to$query",
		body => {family => 'ci', facts => $facts, %with}, headers => $headers);
}
sub counts ($answer) {
	my $is = $answer->{json};
	return join ' ', $answer->{status}, $answer->{status} == 200
		? ($is->{result}, map { "$_=$is->{$_}" } qw(written unchanged ended))
		: map { "$_->{pointer}:$_->{code}" } ($is->{errors} // [])->@*;
}
sub known () {
	return join ' ', map { "$_->[0]=$_->[1]" } $mdash->sql(
		q{SELECT key, value FROM fact WHERE valid_to IS NULL AND key NOT LIKE 'spec.%' ORDER BY key});
}

# --- written, kept, ended --------------------------------------------------------

my %body = (commit => 'c1', ttlSeconds => 86_400);
my $dry = facts({lintVersion => '1.2', warnings => 3}, %body, query => '?dryRun=1');
is counts($dry), '200 updated written=2 unchanged=0 ended=0', 'a dry run';
is $dry->{headers}{'mdash-dry-run'}, 1, '  says that it is one';
is known(), '', '  and writes nothing';
my $answer = facts({lintVersion => '1.2', warnings => 3}, %body);
is $answer->{content}, $dry->{content}, 'the facts are answered by the same bytes';
is join('', $api->faults('publishFacts', $answer)), '', '  as documented';
is known(), 'ci.lintVersion="1.2" ci.warnings=3', '  and are known';
is $mdash->value(q{SELECT string_agg(DISTINCT source ~ '^token:' || ' ' || commit || ' '
	|| (expires_at - valid_from), ',') FROM fact WHERE key LIKE 'ci.%'}),
	'true c1 1 day', '  with source, commit and end';
is $mdash->value(q{SELECT count(*) FROM audit WHERE action = 'facts.publish' AND object = 'cart'}),
	1, '  and are in the audit log';

is counts(facts({lintVersion => '1.2', warnings => 4}, %body)),
	'200 updated written=1 unchanged=1 ended=0', 'another value';
is $mdash->value(q{SELECT string_agg(value::text, ' ' ORDER BY id) FROM fact
	WHERE key = 'ci.warnings'}), '3 4', '  the old one is history';
my $before = marks($mdash);
is counts(facts({lintVersion => '1.2', warnings => 4}, commit => 'c1')),
	'200 unchanged written=0 unchanged=2 ended=0', 'the same, for ever';
is moved($before, marks($mdash)), 'fact', '  moves their end alone';
$before = marks($mdash);
facts({lintVersion => '1.2', warnings => 4}, commit => 'c1');
is moved($before, marks($mdash)), '', '  and once more, nothing';
is counts(facts({lintVersion => '1.2'}, family => 'other')),
	'200 updated written=1 unchanged=0 ended=0', 'another family';
is counts(facts({warnings => 4}, wholly => JSON::PP::true)),
	'200 updated written=0 unchanged=1 ended=1', 'wholly: what is left out ends';
is known(), 'ci.warnings=4 other.lintVersion="1.2"', '  of this family alone';
is counts(facts({}, wholly => JSON::PP::true)),
	'200 updated written=0 unchanged=0 ended=1', 'nothing at all';
is counts(facts({})), '200 unchanged written=0 unchanged=0 ended=0', '  and again';
is counts(facts({'日本 x-y' => [1, {a => undef}]})),
	'200 updated written=1 unchanged=0 ended=0', 'any name and value';
is counts(facts({packed => 1}, headers => {'content-encoding' => 'identity'})),
	'200 updated written=1 unchanged=0 ended=0', 'a body that is not packed';

# --- types -----------------------------------------------------------------------

facts({level => 1, name => 'x', list => [1]});
my $was = known();
$answer = facts({level => '1', name => 'y', list => {}});
is counts($answer), '422 #/facts/level:type #/facts/list:type', 'a fact keeps its type';
like $answer->{json}{errors}[0]{detail}, qr/string.*number/, '  the fault says which';
is known(), $was, '  and nothing is written';
is counts(facts({level => 1.5})), '200 updated written=1 unchanged=0 ended=0', 'a number is a number';
$mdash->sql(q{UPDATE fact SET expires_at = now() WHERE key = 'ci.level'});
is counts(facts({level => '1'})), '200 updated written=1 unchanged=0 ended=0',
	'what has ended may come back as something else';

# --- what is refused -----------------------------------------------------------------

$before = marks($mdash);
for my $case (
	['no facts', {family => 'ci'}, '422 #/facts:required'],
	['no family', {facts => {}}, '422 #/family:required'],
	map({ ["ours: $_", {family => $_, facts => {reportedAt => '9999-01-01T00:00:00Z'}}, '422 #/family:enum'] }
		qw(spec api kubernetes service junit coverage components)),
	['a family with a dot', {family => 'a.b', facts => {}}, '422 #/family:format'],
	['a family in capitals', {family => 'CI', facts => {}}, '422 #/family:format'],
	['a long family', {family => 'a' x 32, facts => {}}, '422 #/family:too-long'],
	['a list', {family => 'ci', facts => []}, '422 #/facts:type'],
	['null', {family => 'ci', facts => {a => undef}}, '422 #/facts/a:type'],
	['a dot', {family => 'ci', facts => {'a.b' => 1}}, '422 #/facts/a.b:format'],
	['a quote', {family => 'ci', facts => {'a"b' => 1}}, '422 #/facts/a"b:format'],
	['no name', {family => 'ci', facts => {'' => 1}}, '422 #/facts/:format'],
	['a long name', {family => 'ci', facts => {'a' x 101 => 1}}, '422 #/facts/' . 'a' x 101 . ':format'],
	['a long value', {family => 'ci', facts => {a => 'x' x 4095}}, '422 #/facts/a:too-long'],
	['501 facts', {family => 'ci', facts => {map { ("n$_" => 1) } 1 .. 501}}, '422 #/facts:too-many'],
	['a short time', {family => 'ci', facts => {}, ttlSeconds => 59}, '422 #/ttlSeconds:range'],
	['a long time', {family => 'ci', facts => {}, ttlSeconds => 40_000_000}, '422 #/ttlSeconds:range'],
	['a long commit', {family => 'ci', facts => {}, commit => 'c' x 65}, '422 #/commit:too-long'],
	['a time that is a text', {family => 'ci', facts => {}, ttlSeconds => '60'}, '422 #/ttlSeconds:type'],
	['half a second', {family => 'ci', facts => {}, ttlSeconds => 60.5}, '422 #/ttlSeconds:type'],
	['a number as family', {family => 1, facts => {}}, '422 #/family:type'],
	['a text as wholly', {family => 'ci', facts => {}, wholly => 'yes'}, '422 #/wholly:type'],
	['a number as commit', {family => 'ci', facts => {}, commit => 1}, '422 #/commit:type'],
	['a line end in the commit', {family => 'ci', facts => {}, commit => "a\nb"}, '422 #/commit:format'],
	['a backslash', {family => 'ci', facts => {'a\\b' => 1}}, '422 #/facts/a\\b:format'],
	['a sign that turns the text around', {family => 'ci', facts => {"a\x{202e}b" => 1}}, "422 #/facts/a\x{202e}b:format"],
	['a control character', {family => 'ci', facts => {"a\x01" => 1}}, "422 #/facts/a\x01:format"],
	['another member', {family => 'ci', facts => {}, x => 1}, '422 #/x:unknown'],
) {
	my ($name, $body, $expected) = @$case;
	is counts($ci->put('/api/v1/ingest/facts/cart', $body)), $expected, "$name: " . $expected =~ s/[^\x20-\x7e]/?/gr;
}
# Texts that are no JSON, or none that can be kept.
for my $case (
	['no JSON', '{', 400],
	['NaN', '{"family":"ci","facts":{"a":NaN}}', 400],
	['Infinity', '{"family":"ci","facts":{"a":-Infinity}}', 400],
	['a number beyond all', '{"family":"ci","facts":{"a":1e999}}', 422],
	['a key twice', '{"family":"ci","facts":{"a":1,"a":2}}', 422],
	['a member twice', '{"family":"ci","family":"cd","facts":{}}', 422],
	['deep nesting', '{"family":"ci","facts":{"a":' . '[' x 1000 . ']' x 1000 . '}}', 422],
	['broken UTF-8', qq({"family":"ci","facts":{"a":"\xff"}}), 400],
	['half a surrogate pair', '{"family":"ci","facts":{"a":"\\ud800"}}', 400],
	['a character NUL', '{"family":"ci","facts":{"a":"\\u0000"}}', 422],
	['a list', '[]', 422],
	['two values', '{"family":"ci","facts":{}} {}', 400],
	['nothing', '', 400],
) {
	my ($name, $text, $status) = @$case;
	my $answer = $ci->put('/api/v1/ingest/facts/cart', $text, 'content-type' => 'application/json');
	is $answer->{status}, $status, "$name: $status";
	ok scalar @{$answer->{json}{errors} // []} || $answer->{json}{detail}, '  which says why'
		or diag $answer->{content};
}
is moved($before, marks($mdash)), '', 'what is refused writes nothing';
is counts(facts({a => 'x' x 4094})), '200 updated written=1 unchanged=0 ended=0', 'a value at the limit';
is facts({map { ("n$_" => 1) } 1 .. 500}, to => 'cart', family => 'many')->{status}, 200, '500 facts';
is(facts({map { ("m$_" => 1) } 1 .. 500}, family => "many$_")->{status}, 200, '  more') for 1 .. 2;
is counts(facts({map { ("n$_" => 1) } 1 .. 500}, family => 'more')), '422 #/facts:too-many',
	'of one service there are 2,000 at most';
is $ci->put('/api/v1/ingest/facts/cart', '{', 'content-type' => 'application/json')->{status}, 400, 'no JSON';
is $ci->put('/api/v1/ingest/facts/cart', 'a: 1', 'content-type' => 'application/yaml')->{status}, 415, 'no YAML';
is $ci->put('/api/v1/ingest/facts/cart', '{"family":"ci","facts":{"a":"' . 'x' x 70_000 . '"}}',
	'content-type' => 'application/json')->{status}, 413, 'too much';
is $ci->put('/api/v1/ingest/facts/cart', gzip('{"family":"ci","facts":{"a":"' . 'x' x 70_000 . '"}}'),
	'content-type' => 'application/json', 'content-encoding' => 'gzip')->{status}, 413, '  also when unpacked';
is facts({a => 1}, query => '?dryRun=2')->{status}, 422, 'no such parameter';
$answer = facts({a => 1}, to => 'carts');
is $answer->{status}, 404, 'an unknown service';
is_deeply $answer->{json}{nearest}, ['cart'], '  with the nearest';

# --- who ---------------------------------------------------------------------------

my %token = (
	red => $mdash->token(scopes => ['ingest:write'], team => 'red'),
	blue => $mdash->token(scopes => ['ingest:write'], team => 'blue'),
	glob => $mdash->token(scopes => ['ingest:write'], services => ['pay-*']),
	check => $mdash->token(scopes => ['ingest:validate']),
);
is facts({who => 1}, who => $token{red})->{status}, 200, 'a token of the team';
$answer = facts({who => 1}, who => $token{blue});
is $answer->{status}, 403, 'not of another';
is $answer->{json}{needs}{team}, 'red', '  which says who could';
is facts({who => 1}, who => $token{glob})->{status}, 403, 'not of other services';
is facts({who => 1}, who => $token{check})->{status}, 403, 'not one that may only validate';
is facts({who => 1}, who => $token{check}, query => '?dryRun=1')->{status}, 200, '  but for a dry run';

# --- twice ---------------------------------------------------------------------------

my %key = (headers => {'idempotency-key' => 'run-1'});
my $first = facts({twice => 1}, %key);
facts({twice => 2});
my $again = facts({twice => 1}, %key);
is $again->{content}, $first->{content}, 'the same key: the same answer';
is $again->{headers}{'idempotent-replayed'}, 'true', '  which says so';
like known(), qr/ci\.twice=2\b/, '  and nothing is done';
is facts({twice => 3}, %key)->{status}, 422, 'another body under the key';

# --- and rules -----------------------------------------------------------------------

launch($mdash, 'lint', '$.ci.lint >= 2');
is items($mdash, 'lint'), 'cart:open', 'a campaign asks for a fact';
$dry = facts({lint => 2}, commit => 'c9', query => '?dryRun=1');
$answer = facts({lint => 2}, commit => 'c9');
is $answer->{content}, $dry->{content}, 'facts that close it: as the dry run said';
is told($answer), 'lint/cart done facts', '  it is done in the same answer';
is_deeply $answer->{json}{todos}[0]{facts}, {'ci.lint' => 2}, '  with the proof';
is join('', $api->faults('publishFacts', $answer)), '', '  as documented';
is items($mdash, 'lint'), 'cart:done', '  and it is done';
is told(facts({}, wholly => JSON::PP::true)), 'lint/cart reopened facts', 'an end reopens it';

done_testing;
