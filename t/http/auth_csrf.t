#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Other sites cannot use a session: whatever changes something and carries the
# cookie must say that it comes from here, or it is refused and nothing written.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use MIME::Base64 qw(encode_base64);
use POSIX qw(strftime);
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of shop);
use Mdash::Publish qw(marks moved spec);
use Mdash::Routes qw(address routes);
use Test::More;

my $mdash = Mdash->new(render => ['--api-rate', 10_000]);
my $admin = $mdash->sign_in('admin');
my $origin = $mdash->origin;
my ($host) = $origin =~ m{//(.*)};
$mdash->token(kind => 'personal', scopes => ['catalog:read']);
my $set = sub (@ids) {
	return $admin->post('/api/v1/ingest/services?publisher=mono',
		join("---\n", map { spec($_) } @ids), 'content-type' => 'application/yaml');
};
is $set->(map { "set-$_" } 'a' .. 'l')->{status}, 200, 'a set is published';
is $set->('set-a')->{status}, 202, 'and one that waits for approval';

my %waiver = (rule => undef, subject => 'acme', reason => 'x',
	until => strftime('%Y-%m-%dT%H:%M:%SZ', gmtime time + 3600));
publish_set_of($admin, 'protos', descriptor_set(shop()));
my $waiver = $admin->post('/api/v1/apis/protos/waivers', \%waiver)->{json}{id};
ok $waiver, 'and what breaks there may pass';
my %webhook = (name => 'one', url => 'https://receiver.invalid/', types => ['*'], state => 'paused');
my $webhook = $admin->post('/api/v1/webhooks', \%webhook)->{json}{webhook}{id};
ok $webhook, 'somebody outside is told';

$mdash->sign_in('mila', teams => ['x']);
is $admin->post('/api/v1/campaigns', {name => $_, title => 'x', team => 'x'})->{status}, 201,
	"the campaign $_" for qw(drafted changed ended);

my %todo = (source => 'x', externalID => '1', serviceID => 'set-a', title => 'x');
my $todo = $admin->post('/api/v1/todos', \%todo)->{json}{id};
ok $todo, 'and there is something to do';

# What each route would do if it were asked rightly.
my $id = $mdash->value('SELECT max(id) FROM api_token');
my %yaml = ('content-type' => 'application/yaml');
my %with = (
	'PUT /api/v1/session/password' => {body => {current => $mdash->user('admin'),
		new => 'changed by somebody'}, status => 204},
	'POST /api/v1/tokens' => {body => {kind => 'personal', name => 'x'}, status => 201},
	'DELETE /api/v1/tokens/{id}' => {id => $id, status => 204},
	'POST /api/v1/tokens/{id}/rotate' => {id => $id, status => 201},
	'PUT /api/v1/ingest/services/{id}' => {id => 'new', body => spec('new'),
		headers => \%yaml, status => 200},
	'POST /api/v1/ingest/services' => {query => '?publisher=new', body => spec('new-set'),
		headers => \%yaml, status => 200},
	'PUT /api/v1/ingest/descriptor-sets/{repository}' => {repository => 'shop',
		body => descriptor_set(shop()), status => 200,
		headers => {'content-type' => 'application/x-protobuf'}},
	'PUT /api/v1/apis/{repository}/policy' => {repository => 'protos', status => 200,
		body => {version => 0, items => []}},
	'POST /api/v1/apis/{repository}/waivers' => {repository => 'protos', status => 201,
		body => \%waiver},
	'DELETE /api/v1/apis/{repository}/waivers/{id}' => {repository => 'protos',
		id => $waiver, status => 204},
	'PUT /api/v1/ingest/facts/{service}' => {service => 'set-a', status => 200,
		body => {family => 'ci', facts => {lint => 1}}},
	'POST /api/v1/ingest/reports/{service}/{format}' => {service => 'set-a', format => 'junit',
		status => 202, body => '<testsuite/>', headers => {'content-type' => 'application/xml'}},
	'POST /api/v1/webhooks' => {status => 201, body => {%webhook, name => 'two'}},
	'PATCH /api/v1/webhooks/{id}' => {id => $webhook, status => 200, body => {state => 'paused'}},
	'POST /api/v1/webhooks/{id}/rotate' => {id => $webhook, status => 200},
	'POST /api/v1/webhooks/{id}/enable' => {id => $webhook, status => 200},
	'POST /api/v1/webhooks/{id}/test' => {id => $webhook, status => 202},
	'POST /api/v1/webhooks/{id}/replay' => {id => $webhook, status => 202,
		body => {since => '2026-01-01T00:00:00Z'}},
	'POST /api/v1/webhooks/{id}/deliveries/{delivery}/retry' => {id => $webhook, status => 404},
	'DELETE /api/v1/webhooks/{id}' => {id => $webhook, status => 204},
	'POST /api/v1/todos' => {body => {%todo, externalID => '2'}, status => 201},
	'POST /api/v1/todos/bulk' => {status => 200,
		body => {items => [{id => $todo, version => 1, change => {comment => 'x'}}]}},
	'PATCH /api/v1/todos/{id}' => {id => $todo, body => {comment => 'x'}, status => 200,
		headers => {'if-match' => '"1"'}},
	'POST /api/v1/todos/{id}/comments' => {id => $todo, body => {text => 'x'}, status => 201},
	'POST /api/v1/ingest/pubsub' => {status => 200, body => {subscription => 's',
		message => {messageId => '1', data => encode_base64(spec('new-message'), '')}}},
	'POST /api/v1/ingest/cloudevents' => {status => 200,
		headers => {'content-type' => 'application/cloudevents+json'},
		body => {specversion => '1.0', id => '1', source => '/ci', subject => 'new-event',
			type => 'mdash.service.publish', data => {serviceID => 'new-event'}}},
	'POST /api/v1/campaigns' => {body => {name => 'asked', title => 'x', team => 'x'}, status => 201},
	'POST /api/v1/campaigns/preview' => {body => {name => 'x', title => 'x', team => 'x'},
		status => 200},
	'PATCH /api/v1/campaigns/{campaign}' => {campaign => 'changed', body => {title => 'y'},
		headers => {'if-match' => '"1"'}, status => 200},
	'POST /api/v1/campaigns/{campaign}/launch' => {campaign => 'drafted', status => 200},
	'POST /api/v1/campaigns/{campaign}/approve' => {campaign => 'drafted', status => 409},
	'POST /api/v1/campaigns/{campaign}/end' => {campaign => 'ended', body => {state => 'cancelled'},
		status => 200},
	'POST /api/v1/held-publishes/{publisher}/approve' => {status => 200},
	'POST /api/v1/held-publishes/{publisher}/reject' => {status => 404},
	'POST /api/v1/jobs/{id}/retry' => {status => 404},
	'POST /api/v1/jobs/{id}/cancel' => {status => 404},
	'POST /api/v1/schedules/{schedule}/run' => {status => 404},
	'PATCH /api/v1/schedules/{schedule}' => {body => {paused => \0}, status => 404},
	'POST /auth/login' => {body => {username => 'admin',
		password => $mdash->user('admin')}, status => 200},
	'POST /auth/logout' => {status => 204},
);
my @unsafe = grep { $_->{method} ne 'GET' } routes();
is join("\n", grep { !$with{$_} } map { "$_->{method} $_->{pattern}" } @unsafe), '',
	'each route that changes something is tried';

sub call ($route, $who, %headers) {
	my $with = $with{"$route->{method} $route->{pattern}"};
	my $more = delete $headers{'?'} // '';
	return $who->request($route->{method}, address($route->{pattern},
		id => $with->{id}, campaign => $with->{campaign}, publisher => 'mono', repository => $with->{repository},
		service => $with->{service}, format => $with->{format})
		. (($with->{query} // '') . $more) =~ s/^&/?/r,
		body => $with->{body}, headers => {($with->{headers} // {})->%*, %headers});
}

# --- from elsewhere -------------------------------------------------------------

my %silent = (origin => ''); # nginx passes no header that is empty
my @elsewhere = (
	[\%silent, 'without a word on where it comes from'],
	map({ [{origin => $_}, "from $_"] } 'https://evil.example', 'null',
		"$origin.evil.example", "$origin/", "$origin\@evil.example",
		$origin =~ s/^http/https/r, $origin =~ s/:\d+$//r, "http://$host:1",
		'http://evil.example?' . $origin, "$origin, https://evil.example"),
	map({ [{origin => '', 'sec-fetch-site' => $_}, "from a $_ page"] }
		qw(cross-site same-site Same-Origin nonsense)),
	[{'sec-fetch-site' => 'cross-site'}, 'from a cross-site page with our origin'],
);
my $before = marks($mdash);
for my $case (@elsewhere) {
	my ($headers, $what) = @$case;
	# Who says nothing is no browser; then a password is a credential.
	my @routes = grep { $headers != \%silent || $_->{pattern} ne '/auth/login' } @unsafe;
	my %answer = map { ("$_->{method} $_->{pattern}" => call($_, $admin, %$headers)) } @routes;
	is join("\n", map { "$_: $answer{$_}{status}" }
		grep { $answer{$_}{status} != 403 } sort keys %answer), '', "$what: 403 everywhere";
	is join("\n", grep { ($answer{$_}{json}{detail} // '') ne
		'this request comes from another site' } sort keys %answer), '', '  with the reason';
}

# As a form of another page sends it: without a question beforehand.
for my $type ('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data') {
	my @let_in = grep { call($_, $admin, 'content-type' => $type,
		origin => 'https://evil.example')->{status} != 403 } @unsafe;
	is scalar @let_in, 0, "nor as $type";
}
# And the question is not answered with a yes.
for my $route (@unsafe) {
	my $answer = $admin->request('OPTIONS', address($route->{pattern}), headers => {
		origin => 'https://evil.example', 'access-control-request-method' => $route->{method},
		'access-control-request-headers' => 'content-type'});
	cmp_ok $answer->{status}, '>=', 400, "no preflight for $route->{method} $route->{pattern}";
	is join(' ', grep { /^access-control/ } keys $answer->{headers}->%*), '',
		'  and no word of it';
}
# One name of a method inside another is nothing that is listened to.
my $override = $admin->get('/api/v1/tokens', origin => '',
	'x-http-method-override' => 'POST', 'x-method-override' => 'POST');
is ref $override->{json}{items}, 'ARRAY', 'a GET stays a GET';

is moved($before, marks($mdash)), '', 'nothing at all was written';
is $admin->get('/api/v1/session')->{status}, 200, 'and the session goes on';

# --- asked for what there is not --------------------------------------------------

# A parameter that a route does not know is refused rather than passed over: who
# wants a dry run where there is none must not find that it was done. Those who push
# messages add parameters of their own.
my %here = (POST => {origin => $origin}, PATCH => {origin => $origin}, PUT => {origin => '', 'sec-fetch-site' => 'same-origin'},
	DELETE => {origin => 'null', 'sec-fetch-site' => 'none'});
my @odd = map {
	my $answer = call($_, $admin, $here{$_->{method}}->%*, '?' => '&dryrun=1');
	my $error = ($answer->{json}{errors} // [])->[0] // {};
	$answer->{status} == 422 && $error->{pointer} eq '?dryrun' && $error->{code} eq 'unknown'
		? () : "$_->{method} $_->{pattern}: $answer->{status}";
} grep { $_->{pattern} !~ m{/ingest/(?:pubsub|cloudevents)$} } @unsafe;
is join("\n", @odd), '', 'a parameter that is not known: 422 everywhere';
is moved($before, marks($mdash)), '', 'and nothing was written';

# --- from here --------------------------------------------------------------------

# In an order in which each can do its work; signing in ends the session.
my @order = ((grep { $_->{pattern} =~ /rotate/ } @unsafe),
	(grep { $_->{pattern} !~ m{rotate|/auth/|password} } @unsafe),
	(grep { $_->{pattern} =~ /password/ } @unsafe));
for my $route (@order) {
	my $key = "$route->{method} $route->{pattern}";
	is call($route, $admin, $here{$route->{method}}->%*)->{status}, $with{$key}{status},
		"from here: $key";
}
like moved($before, marks($mdash)), qr/api_token.*breaking_policy.*breaking_waiver.*service/, 'now all of it is written';
is call({method => 'POST', pattern => '/auth/logout'}, $admin, origin => $origin)->{status},
	204, 'from here: POST /auth/logout';
is $mdash->client->post('/auth/login', {username => 'admin',
	password => 'changed by somebody'})->{status}, 200,
	'a password without a cookie is no matter of sites';

# A token is sent by programs, which come from no page.
chomp(my $secret = $mdash->mdash(qw(token create x --scope ingest:write))->{out});
for my $headers ({}, {origin => 'https://evil.example'}, {'sec-fetch-site' => 'cross-site'}) {
	is $mdash->client(token => $secret)->put('/api/v1/ingest/services/by-token',
		spec('by-token'), %yaml, %$headers)->{status}, 200,
		'a token may come from anywhere: ' . join ' ', %$headers;
}

done_testing;
