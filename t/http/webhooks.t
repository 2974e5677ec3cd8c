#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Webhooks over HTTP: making them, what is refused and why, changing, secrets shown
# once, tests, the log, sending again; and that URLs to forbidden addresses open no
# socket, neither when they are written down nor when an event is due.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::OpenApi;
use Mdash::Process qw(wait_until);
use Mdash::Publish qw(spec);
use Mdash::Receiver;
use Test::More;

my $place = Mdash::Place->new;
my $receiver = Mdash::Receiver->new($place, 'receiver');
my %settings = (webhook_allow => '127.0.0.1', webhook_schemes => 'http https',
	webhook_ports => '443 ' . $receiver->port);
my $mdash = Mdash->new(worker => 1, cluster => {}, settings => \%settings);
my $admin = $mdash->sign_in('admin');
my $viewer = $mdash->sign_in('vera');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $hooks = '/api/v1/webhooks';
my %draft = (name => 'first', url => $receiver->url('/200'), types => ['service.*', 'api.breaking']);

sub faults ($answer) {
	return join ' ', map { "$_->{pointer}:$_->{code}" } ($answer->{json}{errors} // [])->@*;
}

# --- making them -----------------------------------------------------------------

my $made = $admin->post($hooks, \%draft);
is $made->{status}, 201, 'a webhook';
like $made->{json}{secret}, qr{^whsec_[A-Za-z0-9+/]{43}=$}, 'with its secret';
my $first = $made->{json}{webhook};
is_deeply $first, {%draft, id => $first->{id}, teams => [], campaigns => [], ordered => JSON::PP::false,
	format => 'cloudevents', state => 'active', version => 1, reason => undef, failingSince => undef, createdBy => 'user:admin',
	map({ $_ => $first->{$_} } qw(createdAt changedAt secretAt)), oldSecretUntil => undef,
	waiting => 0, dead => 0}, 'as it was asked for';
is_deeply $admin->get("$hooks/$first->{id}")->{json}, $first, 'it is there';
is_deeply $admin->get($hooks)->{json}, {items => [$first]}, '  and in the list';
unlike $admin->get($hooks)->{content}, qr/whsec/, 'the secret is shown once';
my $taken = $admin->post($hooks, \%draft);
is $taken->{status}, 409, 'a name is given once';
is_deeply [map { "$_->{pointer}:$_->{code}" } @{$taken->{json}{errors}}], ['#/name:taken'],
	'  which is said of the name';

for my $case (
	[{}, '#/name:required #/url:required #/types:required'],
	[{name => ' '}, '#/name:too-short'],
	[{name => "a\nb"}, '#/name:control-character'],
	[{name => "a\x{202e}b"}, '#/name:control-character'],
	[{types => []}, '#/types:too-few'],
	[{types => ['todo.*', 'Todo', '']}, undef],
	[{types => ['x y']}, '#/types/0:format'],
	[{types => ['*', 'todo.dnoe', 'foo.*']}, '#/types/1:unknown #/types/2:unknown'],
	[{types => ['a', 'a']}, '#/types/1:duplicate'],
	[{ordered => 'yes'}, '#/ordered:type'],
	[{format => 'teams'}, '#/format:enum'],
	[{state => 'disabled'}, '#/state:enum'],
	[{secret => 'x'}, '#/secret:unknown'],
	[{url => 'ftp://example.com/'}, '#/url:scheme'],
	[{url => 'https://user:pass@example.com/'}, '#/url:userinfo'],
	[{url => 'https://example.com:22/'}, '#/url:port'],
	[{url => 'https://example.com/#x'}, '#/url:fragment'],
	[{url => 'https://10.0.0.1/'}, '#/url:address'],
	[{url => 'https://[::1]/'}, '#/url:address'],
	[{url => 'https://[::ffff:10.0.0.1]/'}, '#/url:address'],
	[{url => 'https://0xa9fea9fe/'}, '#/url:address'],
	[{url => 'https://2852039166/latest/'}, '#/url:address'],
	[{url => 'https://169.254.169.254/'}, '#/url:address'],
	[{url => 'example.com'}, '#/url:format'],
) {
	my ($with, $want) = @$case;
	my $answer = $admin->post($hooks, %$with ? {%draft, name => 'other', %$with} : {});
	is $answer->{status}, 422, 'refused: ' . JSON::PP->new->canonical->ascii->encode($with);
	is faults($answer), $want, '  for the right reason' if defined $want;
	my ($fault) = ($answer->{json}{errors} // [{}])->@*;
	cmp_ok length($fault->{detail} // ''), '>', 10, '  in words' or diag $answer->{content};
}
is scalar $admin->get($hooks)->{json}{items}->@*, 1, 'and nothing of it was written';
is $viewer->$_($hooks)->{status}, 403, "not for everybody: $_" for qw(get post);
is $admin->get("$hooks/999999")->{status}, 404, 'one that is not there';
is $admin->get("$hooks/x")->{status}, 404, '  nor could be';

my $openapi = Mdash::OpenApi->new;
my @types = $openapi->document->{components}{schemas}{Event}{properties}{type}{enum}->@*;
sub told ($type) {
	return $admin->post($hooks, {%draft, name => 'other', types => [$type]})->{json}{errors}[0]{detail};
}
my %families = map { (split /[.]/)[0] . '.' => 1 } @types;
is told('x'), '"x" stands for no type of event; there are ' . join(', ', map { "$_*" } sort keys %families),
	'who names an unknown type is told which families there are';
is_deeply [map { told("${_}x") =~ /there are (.*)/ ? split(/, /, $1) : () } sort keys %families], [sort @types],
	'  or which types, which are those of the documents';
is told('tod*.dnoe'), told('x') =~ s/x/tod*.dnoe/r, '  by a pattern, too';
for my $from (0, 20) {
	my @some = grep { defined } @types[$from .. $from + 19];
	is faults($admin->post($hooks, {%draft, types => \@some, state => 'x'})), '#/state:enum', '  none of which is refused';
}

# --- changing ------------------------------------------------------------------------

my $path = "$hooks/$first->{id}";
sub patch ($path, $body, $seen = $admin->get($path)->{headers}{etag}) {
	return $admin->request('PATCH', $path, body => $body, headers => {$seen ? ('if-match' => $seen) : ()});
}
is patch($path, {teams => ['red'], state => 'paused'}, '')->{status}, 428, 'a change of what nobody has seen';
is patch($path, {teams => ['red']}, 'x')->{status}, 400, '  or of nonsense';
for my $never (0, 2) {
	my $answer = patch($path, {teams => ['red']}, qq("$never"));
	is "$answer->{status} $answer->{json}{detail}", "412 there is no version $never of the webhook: the current one is 1",
		"  or of version $never, which it has not";
}
is_deeply $admin->get($path)->{json}, $first, '  changes nothing';
my $changed = patch($path, {teams => ['red'], state => 'paused'});
is $changed->{status}, 200, 'a change';
is $changed->{json}{version}, 2, '  is another version';
is_deeply [@{$changed->{json}}{qw(name types teams state)}],
	['first', $draft{types}, ['red'], 'paused'], '  of what it names alone';
is_deeply patch($path, {teams => []})->{json}{teams}, [], '  also to nothing';
is faults(patch($path, {url => 'https://10.0.0.1/', types => ['X']})), '#/url:address #/types/0:format',
	'  by the same rules';
is patch($path, {})->{status}, 200, '  or of nothing';
is patch($path, {name => 'renamed', url => $receiver->url('/201')}, '"2"')->{status}, 412, 'a version that is past';
is $admin->get($path)->{json}{name}, 'first', '  is not written over';
is patch($path, {state => 'active'}, '"2"')->{status}, 412, '  nor stopped, by who asks';
is patch($path, {state => 'paused'}, '')->{status}, 200, '  but who only stops it need not have seen it';
my $now = $admin->get($path)->{json}{version};
for my $case (['POST', "$path/rotate"], ['POST', "$path/enable"], ['DELETE', $path]) {
	my ($method, $where) = @$case;
	my $with = sub ($seen) { return $admin->request($method, $where, headers => {'if-match' => $seen})->{status} };
	is $with->('"2"'), 412, "$method $where of a version that is past";
	is $with->('x'), 400, '  or of nonsense';
}
is_deeply $admin->get($path)->{json}, {$admin->get($path)->{json}->%*, version => $now, state => 'paused',
	oldSecretUntil => undef}, '  changes nothing';
is_deeply [map { $_->[0] } $mdash->sql("SELECT DISTINCT action FROM audit WHERE action LIKE 'webhook.%' ORDER BY 1")],
	[qw(webhook.change webhook.create)], 'it is written down who did that';

# --- the test, deliveries ----------------------------------------------------------------

my $test = $admin->post("$path/test");
is $test->{status}, 202, 'a test event';
is $test->{json}{state}, 'waiting', '  is on its way';
ok wait_until(10, sub { $receiver->requests('/200') }), '  also of one that is paused';
my ($request) = $receiver->requests('/200');
my $body = JSON::PP->new->decode($request->{body});
is $request->{method}, 'POST', 'a POST';
is $request->{headers}{'content-type'}, 'application/cloudevents+json; charset=utf-8', '  of a CloudEvent';
is $request->{headers}{'user-agent'}, 'mdash-webhook/1', '  that says who sends it';
is $body->{type}, 'webhook.test', '  of the test';
is $request->{headers}{'webhook-id'}, $body->{id}, '  with its id';
cmp_ok abs($request->{headers}{'webhook-timestamp'} - $request->{at}), '<', 30, '  and the time';
like $request->{headers}{'webhook-signature'}, qr{^v1,[A-Za-z0-9+/]{43}=$}, '  signed';
is join(' ', grep { /authorization|cookie|proxy/ } sort keys $request->{headers}->%*), '', '  and nothing else';

is $ci->put('/api/v1/ingest/services/one', spec('one'), 'content-type' => 'application/yaml')->{status},
	200, 'something happens';
ok wait_until(10, sub { $admin->get($path)->{json}{waiting} == 1 }), 'while paused it waits';
is patch($path, {state => 'active'}, '')->{json}{state}, 'active', 'no longer paused';
ok wait_until(10, sub { grep { $_->{body} =~ /service\.created/ } $receiver->requests('/200') }), 'it is sent';
ok wait_until(5, sub { $admin->get("$path/deliveries?state=delivered")->{json}{items}->@* == 2 }),
	'and is in the log';
my ($delivery, $older) = $admin->get("$path/deliveries")->{json}{items}->@*;
is_deeply [@$delivery{qw(type kind subject state attempts status error answer)}],
	['service.created', 'service', 'one', 'delivered', 1, 200, undef, 'well'], '  with the answer';
is $older->{type}, 'webhook.test', '  after what came before';
my $page = $admin->get("$path/deliveries?limit=1")->{json};
is_deeply [map { $_->{id} } $page->{items}->@*], [$delivery->{id}], 'in pages';
$page = $admin->get("$path/deliveries?limit=1&after=$page->{next}")->{json};
is_deeply [map { $_->{id} } $page->{items}->@*], [$older->{id}], '  of which the next is the next';
is $page->{next}, undef, '  and the last';
my $again = $admin->post("$path/deliveries/$delivery->{id}/retry");
is $again->{status}, 202, 'once more';
ok wait_until(10, sub { 2 == grep { $_->{body} =~ /service\.created/ } $receiver->requests('/200') }),
	'  it is sent';
my %id = map { $_->{headers}{'webhook-id'} => 1 } grep { $_->{body} =~ /service\.created/ } $receiver->requests;
is scalar keys %id, 1, '  with the id that it had';
is $admin->post("$path/replay", {since => 'yesterday'})->{status}, 422, 'a replay since nonsense';
is $admin->post("$path/replay", {})->{status}, 422, '  of nothing';
is $admin->post("$path/replay", {after => 'x.1.1'})->{status}, 410, '  after a foreign cursor';
is $admin->post("$path/replay", {subject => 'one'})->{json}{events}, 1, '  of a subject';

my $chat = $admin->post($hooks, {name => 'chat', url => $receiver->url('/200') . '?chat', types => ['team.digest'],
	format => 'slack'})->{json}{webhook};
is $chat->{format}, 'slack', 'a channel of Slack';
is $admin->post("$hooks/$chat->{id}/test")->{status}, 202, '  is tried';
my @messages;
ok wait_until(10, sub { @messages = grep { $_->{path} =~ /chat/ } $receiver->requests }), '  and gets';
is $messages[0]{headers}{'content-type'}, 'application/json', '  what Slack reads';
is $messages[0]{body}, sprintf('{"text" : "*webhook.test*: <%s/|chat>"}', $mdash->origin), '  which is a message';
is patch("$hooks/$chat->{id}", {format => 'cloudevents'}, '"1"')->{json}{format}, 'cloudevents', '  or events again';
is $admin->request('DELETE', "$hooks/$chat->{id}")->{status}, 204, '  and is gone';

# --- forbidden addresses, when an event is due ----------------------------------------------

# Written down while that was allowed; and a name that leads to loopback, as one of
# somebody else's could a moment after it was looked at.
my ($name) = eval {
	open my $in, '<', '/etc/hosts' or die;
	map { my ($ip, @names) = split ' ', s/#.*//r; grep { !/^localhost|\.localhost$/ } @names }
		grep { /^127\.|^::1\s/ } <$in>;
};
my $port = $receiver->port;
SKIP: {
	skip 'no other name of loopback in /etc/hosts', 1 if !$name;
	is $admin->post($hooks, {%draft, name => 'name', url => "http://$name:$port/name"})->{status}, 201,
		"a name is taken: $name";
}
is $admin->post($hooks, {%draft, name => 'was-allowed', url => "http://127.0.0.1:$port/was"})->{status}, 201,
	'and an address';
$mdash->stop('worker');
my $heard = () = $receiver->requests;
$mdash->{environment} = {MDASH_WEBHOOK_ALLOW => '10.0.0.0/8'};
$mdash->start('worker');
is $ci->put('/api/v1/ingest/services/two', spec('two'), 'content-type' => 'application/yaml')->{status},
	200, 'something happens';
my $of = sub ($state) {
	return map { $_->[0] } $mdash->sql("SELECT w.name FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook
		WHERE d.subject = 'two' AND d.error LIKE '%loopback address%' AND d.status IS NULL AND d.state = '$state' ORDER BY 1");
};
ok wait_until(20, sub { $of->('waiting') == ($name ? 3 : 2) }), 'each is refused where it leads'
	or diag explain [$mdash->sql(q{SELECT subject, state, error FROM webhook_delivery})];
is scalar(() = $receiver->requests), $heard, '  and no connection was made';
my $why = $admin->get("$path/deliveries?limit=1")->{json}{items}[0]{error};
like $why, qr/loopback address.*not allowed/, "  which the log says: $why";

# --- the end -------------------------------------------------------------------------------

my $seen = sub { return $admin->get($path)->{headers}{etag} };
is $admin->request('POST', "$path/enable", headers => {'if-match' => $seen->()})->{status}, 200, 'the last version goes on';
is $admin->request('POST', "$path/rotate", headers => {'if-match' => $seen->()})->{status}, 200, '  gets another secret';
is $admin->request('DELETE', $path, headers => {'if-match' => $seen->()})->{status}, 204, '  and ends';

is $admin->get($path)->{status}, 404, '  and is gone';
is $mdash->value("SELECT count(*) FROM webhook_delivery WHERE webhook = $first->{id}"), 0, '  with its deliveries';
is $mdash->value("SELECT count(*) FROM webhook_secret WHERE webhook = $first->{id}"), 0, '  and its secret';

done_testing;
