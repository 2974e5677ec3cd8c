#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Names, keys and addresses that come in, wherever they do, are one line and turn
# nothing around; what is stored already is shown as ever.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Encode qw(encode_utf8);
use JSON::PP;
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of);
use Mdash::Publish qw(publish publish_set spec);
use Mdash::Todos qw(campaign fault item_id patch);
use POSIX qw(strftime);
use Test::More;

my $mdash = Mdash->new(areas => [qw(apis auth ingest jobs services todos)],
	settings => {webhook_allow => '127.0.0.1'});
my $admin = $mdash->sign_in('admin', teams => ['red']);
my $ci = $mdash->token(scopes => ['ingest:write']);
publish($ci, 'cart', spec('cart'));
campaign($mdash, 'one', team => 'red');
my $item = item_id($mdash, 'one', 'cart');
publish_set_of($ci, 'shop', {'shop.proto' => 'syntax = "proto3";'});

my $json = JSON::PP->new->canonical->allow_nonref;

# As JSON: YAML has line ends of its own.
sub spec_with ($member, $value) {
	return publish($ci, 'odd', encode_utf8($json->encode({serviceID => 'odd', $member => $value})),
		headers => {'content-type' => 'application/json'});
}
sub option ($name, $text) { return publish($ci, 'odd', spec('odd'), $name => encode_utf8($text)) }
my $later = strftime('%Y-%m-%dT%H:%M:%SZ', gmtime time + 86_400);
my $drafts = 0;

sub ask ($with) {
	return $admin->post('/api/v1/campaigns', {name => 'c' . ++$drafts, title => 't', team => 'red', %$with});
}
sub draft ($with) {
	return $admin->post('/api/v1/todos', {source => 'x', externalID => 'e' . ++$drafts, serviceID => 'cart',
		title => 't', %$with});
}
sub hook ($with) {
	return $admin->post('/api/v1/webhooks', {name => 'h' . ++$drafts, url => 'https://127.0.0.1/', types => ['*'],
		state => 'paused', %$with});
}
sub token ($with) { return $admin->post('/api/v1/tokens', {kind => 'ci', name => 'n', %$with}) }

# Where it comes in, how, and what a fault of it is called.
my @entries = (
	['teamName', sub ($t) { spec_with(teamName => $t) }, '#/teamName control-character'],
	['corporation', sub ($t) { spec_with(corporation => $t) }, '#/corporation control-character'],
	['tag', sub ($t) { spec_with(tags => [$t]) }, '#/tags/0 control-character'],
	['title of a link', sub ($t) { spec_with(links => [{url => 'https://x.example/', title => $t}]) },
		'#/links/0/title control-character'],
	['URL of a link', sub ($t) { spec_with(links => [{title => 'x', url => "https://x.example/$t"}]) },
		'#/links/0/url control-character'],
	['repository', sub ($t) { spec_with(repository => "https://x.example/$t") },
		'#/repository control-character'],
	['channel', sub ($t) { spec_with(contact => {slack => {alertChannelId => $t}}) },
		'#/contact/slack/alertChannelId control-character'],
	['commit', sub ($t) { option(commit => $t) }, '?commit control-character'],
	['branch', sub ($t) { option(branch => $t) }, '?branch control-character'],
	['runUrl', sub ($t) { option(runUrl => "https://x.example/$t") }, '?runUrl control-character'],
	['publisher', sub ($t) { publish_set($ci, encode_utf8($t), [spec('odd')], force => 1) }, '?publisher control-character'],
	['fact', sub ($t) { $ci->put('/api/v1/ingest/facts/cart', {family => 'ci', facts => {$t => 1}}) }, undef],
	['commit of facts', sub ($t) { $ci->put('/api/v1/ingest/facts/cart', {family => 'ci', facts => {}, commit => $t}) },
		'#/commit format'],
	['title of a campaign', sub ($t) { ask({title => $t}) }, '#/title control-character'],
	['phase', sub ($t) { ask({phase => $t}) }, '#/phase control-character'],
	['rule', sub ($t) { ask({rule => qq(\$.spec.corporation == "$t")}) }, '#/rule control-character'],
	['words of a target', sub ($t) { ask({target => {q => $t}}) }, '#/target/q control-character'],
	['team of a target', sub ($t) { ask({target => {team => $t}}) }, '#/target/team control-character'],
	['corporation of a target', sub ($t) { ask({target => {corp => $t}}) }, '#/target/corp control-character'],
	['tag of a target', sub ($t) { ask({target => {tag => ['x', $t]}}) }, '#/target/tag/1 control-character'],
	['title of an item', sub ($t) { draft({title => $t}) }, '#/title control-character'],
	['key outside', sub ($t) { draft({externalID => $t . ++$drafts}) }, '#/externalID control-character'],
	['address outside', sub ($t) { draft({externalUrl => "https://x.example/$t"}) }, '#/externalUrl format'],
	['evidence of a draft', sub ($t) { draft({evidence => "https://x.example/$t"}) }, '#/evidence format'],
	['evidence', sub ($t) { patch($admin, $item, {evidence => "https://x.example/$t"}) }, '#/evidence format'],
	['name of a webhook', sub ($t) { hook({name => $t}) }, '#/name control-character'],
	['URL of a webhook', sub ($t) { hook({url => "https://127.0.0.1/$t"}) }, '#/url format'],
	['name of a token', sub ($t) { token({name => $t}) }, '#/name format'],
	['team of a token', sub ($t) { token({team => $t}) }, '#/team format'],
	['subject of a waiver', sub ($t) { $admin->post('/api/v1/apis/shop/waivers', {subject => $t, reason => 'r',
		until => $later}) }, '#/subject format'],
);
my %turn = ('U+202E' => "a\x{202e}b", 'U+2066' => "a\x{2066}b", 'U+2028' => "a\x{2028}b", 'U+0085' => "a\x{85}b");
for my $entry (@entries) {
	my ($what, $send, $fault) = @$entry;
	for my $name (sort keys %turn) {
		my $wanted = $fault // "#/facts/$turn{$name} format";
		is fault($send->($turn{$name})), "422 $wanted", "$what with $name" =~ s/\+//r;
	}
}

# Other writing, and what joins signs to one, is nobody's fault.
for my $entry (@entries) {
	my ($what, $send) = @$entry;
	next if $what eq 'URL of a webhook'; # has none but ASCII
	for my $good ('決済チーム', "\x{1f469}\x{200d}\x{1f4bb}", 'عربي') {
		my $answer = $send->($good);
		unlike join(' ', map { "$_->{code} $_->{detail}" } ($answer->{json}{errors} // [])->@*),
			qr/control-character|format|encoding/, "$what: " . encode_utf8($good)
			or diag $answer->{content};
	}
}

# People write as they like.
my $prose = "a\x{202e}b\x{2028}c";
is spec_with(description => $prose)->{status}, 200, 'a description';
is ask({why => $prose, how => $prose})->{status}, 201, 'why and how';
is patch($admin, $item, {comment => $prose})->{status}, 200, 'a comment';
is patch($admin, $item, {state => 'not_applicable', reason => $prose})->{status}, 200, 'a reason';

# Paths of descriptor sets are keys.
my $set = descriptor_set({"a\x{202e}b.proto" =~ s/(.*)/encode_utf8($1)/er => 'syntax = "proto3";'});
my $refused = $ci->put('/api/v1/ingest/descriptor-sets/odd', $set, 'content-type' => 'application/x-protobuf');
is $refused->{status}, 422, 'a path that is turned' or diag $refused->{content};
is $refused->{json}{errors}[0]{code}, 'path', '  is no path';

# --- what is there ---------------------------------------------------------------------

# As an earlier version has let it in.
my %old = (serviceID => 'old', teamName => "r\x{202e}d", tags => ["t\x{202e}g"], corporation => "c\x{202e}",
	links => [{title => "t\x{2028}", url => "https://x.example/\x{202e}"}]);
my $who = q('{"subject":"user:aya","kind":"session","admin":true,"teams":[],"services":[]}');
my $spec = $json->encode(\%old);
is $mdash->value("SELECT status FROM publish_services('{old}', ARRAY['$spec'], ARRAY['$spec'],
	'{\"commit\": \"a\x{202e}\"}', $who, '[]')"), 200, 'a spec of an earlier version';
my $team = 'r%E2%80%AEd';
is $admin->get('/api/v1/services/old')->{json}{service}{team}, $old{teamName}, 'is shown';
is join(' ', map { $_->{id} } $admin->get("/api/v1/services?$_")->{json}{items}->@*), 'old', "  and found: $_"
	for "team=$team", 'tag=t%E2%80%AEg', 'corp=c%E2%80%AE';
is $admin->get("/api/v1/teams/$team")->{status}, 200, '  so is its team';
is $admin->get("/api/v1/teams/$team/activity.atom")->{status}, 200, '  with a feed';
is fault(spec_with(teamName => $old{teamName})), '422 #/teamName control-character', '  and comes in no more';
my $odd = draft({serviceID => 'old'})->{json}{id};
$mdash->sql("UPDATE todo_item SET external_url = 'https://x.example/' || chr(8238), title = 'a' || chr(8238)
	WHERE id = $odd");
is join(' ', map { $_->{id} } $admin->get("/api/v1/todos?team=$team")->{json}{items}->@*), $odd, 'an item of it';
my $changed = patch($admin, $odd, {assignee => 'user:mia'});
is "$changed->{status} $changed->{json}{externalUrl}", "200 https://x.example/\x{202e}", '  is changed with what it has';
done_testing;
