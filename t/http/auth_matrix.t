#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Who may do what: every route of every handler and every location of nginx is
# called with every kind of credential, and the statuses are those of rights.txt.
# A route without a line there fails, and so does a line without a route.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use File::Temp qw(tempdir);
use MIME::Base64 qw(encode_base64);
use Mdash;
use Mdash::Proto qw(descriptor_set shop);
use Mdash::Publish qw(spec);
use Mdash::Routes qw(address locations routes);
use Test::More;

# --- the table ------------------------------------------------------------------

# Lines of `METHOD /address (case)  status ...`, below the names of the callers.
my (@columns, %row, @order);
open my $in, '<', "$Bin/rights.txt" or die "rights.txt: $!";
while (<$in>) {
	next if /^#/ || !/\S/;
	if (/^caller\s+(.*)/) {
		@columns = split ' ', $1;
		next;
	}
	my ($key, $statuses) = /^([A-Z]+ +\/\S*(?: \([^)]+\))?)\s+(\d{3}(?: \d{3})*)$/
		or die "rights.txt:$.: cannot read $_";
	$key =~ s/ +/ /g;
	die "rights.txt:$.: $key twice\n" if $row{$key};
	$row{$key} = [split ' ', $statuses];
	push @order, $key;
}
my %route = map { ("$_->{method} $_->{pattern}" => $_) } routes();
my %listed = map { s/ \(.*//r => 1 } keys %row;
is join("\n", grep { !$listed{$_} } sort keys %route), '',
	'every route of the handlers has a line in rights.txt';
my $is_page = sub ($key) { $key !~ m{ /(?:api/v1/(?!nothing)|_auth|auth/log)} };
is join("\n", grep { !$route{$_} && !$is_page->($_) } sort keys %listed), '',
	'every line is a route';
is join("\n", map { $_->{path} } grep {
	my $location = $_;
	!grep { my ($path) = / (\S+)/; $location->{match} eq '='
		? $path eq $location->{path}
		: index($path, $location->{path}) == 0 } keys %listed;
} locations()), '', 'and every location of nginx is in it';
is join("\n", grep { $row{$_}->@* != @columns } @order), '', 'no status is missing';

# --- those who call ---------------------------------------------------------------

my $page = tempdir(CLEANUP => 1);
chmod 0755, $page;
mkdir "$page/assets";
for my $name ('index.html', 'assets/app.js') {
	open my $out, '>', "$page/$name" or die $!;
	close $out;
}
my $mdash = Mdash->new(render => ['--page', $page, '--api-rate', 10_000]);
my $vera = $mdash->sign_in('vera');
my $mila = $mdash->sign_in('mila', teams => ['red']);
my $admin = $mdash->sign_in('admin');
my $all = [qw(catalog:read events:read ingest:validate ingest:write)];

sub personal ($who, %draft) {
	my $made = $who->post('/api/v1/tokens', {kind => 'personal', name => 'x', %draft});
	return $mdash->client(token => $made->{json}{secret});
}
$mdash->mdash(qw(user create cora --must-change --password-stdin),
	\"given by somebody\n");
my $login = $mdash->client->post('/auth/login',
	{username => 'cora', password => 'given by somebody'});
my %caller = (
	nob => $mdash->client,
	jnk => $mdash->client(token => 'x'),
	bas => $mdash->client(basic => 1),
	end => $mdash->client(cookie => '__Host-md_sid=' . 'A' x 36),
	exp => $mdash->token(name => 'expired', scopes => $all),
	vie => $vera,
	mem => $mila,
	adm => $admin,
	chg => $mdash->client(cookie => $login->{headers}{'set-cookie'} =~ s/;.*//r),
	per => personal($vera),
	pub => personal($mila, scopes => $all),
	ci_ => $mdash->token(scopes => ['ingest:write']),
	tea => $mdash->token(scopes => ['ingest:write'], team => 'red'),
	chk => $mdash->token(scopes => ['ingest:validate']),
	rea => $mdash->token(scopes => ['catalog:read']),
	sys => $mdash->token(kind => 'system', scopes => ['events:read']),
);
is join(' ', sort @columns), join(' ', sort keys %caller), 'each caller has a column';
$mdash->sql("UPDATE api_token SET expires_at = now() WHERE name = 'expired'");
my $token_of_vera = $vera->post('/api/v1/tokens', {kind => 'personal', name => 'gone'})
	->{json}{token}{id};

# --- what there is ------------------------------------------------------------------

my %yaml = ('content-type' => 'application/yaml');
my %service = map { $_ => spec("$_-pay", teamName => $_) } qw(red blue);
is $admin->put("/api/v1/ingest/services/$_-pay", $service{$_}, %yaml)->{status}, 200,
	"a service of the team $_" for sort keys %service;
is $admin->put('/api/v1/ingest/services/red-pay', "serviceID: red-pay\ntier: 9\n",
	%yaml)->{status}, 422, 'a failed publish';
my $shop = descriptor_set(shop());
my %protobuf = ('content-type' => 'application/x-protobuf');
is $admin->put('/api/v1/ingest/descriptor-sets/shop', $shop, %protobuf)->{status}, 200,
	'a descriptor set';
my $item = $admin->post('/api/v1/todos', {source => 'x', externalID => '1', serviceID => 'red-pay',
	title => 'x'})->{json}{id};
my $failed = $mdash->value('SELECT max(id) FROM publish_failure');

is $admin->post('/api/v1/campaigns', {name => 'ask', title => 'x', team => 'red'})->{status}, 201,
	'a campaign';

my %query = ('/api/v1/facts' => '?service=red-pay', '/api/v1/search' => '?q=pay', '/api/v1/services/{id}/diff' => '?from=0&to=1',
	'/api/v1/apis/{repository}/files' => '?path=acme/shop/v1/shop.proto',
	'/api/v1/apis/{repository}/diff' => '?from=1&to=1',
	'/api/v1/dependencies' => '?by=team',
	'/api/v1/dependencies/edges' => '?fromTeam=red&toTeam=blue');
my $put = 'PUT /api/v1/ingest/services/{id}';
my $set = 'POST /api/v1/ingest/services';
my $protos = 'PUT /api/v1/ingest/descriptor-sets/{repository}';
my $facts = 'PUT /api/v1/ingest/facts/{service}';
my $report = 'POST /api/v1/ingest/reports/{service}/{format}';
my %junit = (body => '<testsuite/>', headers => {'content-type' => 'application/xml'});
my %event = (specversion => '1.0', type => 'mdash.service.publish', source => '/ci');
# What is sent beside the method and the path, by the line's name.
my %with = (
	$put => {body => $service{red}, headers => \%yaml},
	"$put (of another team)" => {id => 'blue-pay', body => $service{blue},
		headers => \%yaml},
	"$put (dry run)" => {query => '?dryRun=1', body => $service{red}, headers => \%yaml},
	$set => {query => '?publisher=mono', body => $service{red}, headers => \%yaml},
	"$set (dry run)" => {query => '?publisher=mono&dryRun=1', body => $service{red},
		headers => \%yaml},
	$protos => {body => $shop, headers => \%protobuf},
	"$protos (dry run)" => {query => '?dryRun=1', body => $shop, headers => \%protobuf},
	$facts => {body => {family => 'ci', facts => {lint => 1}}},
	"$facts (of another team)" => {id => 'blue-pay', body => {family => 'ci', facts => {lint => 1}}},
	"$facts (dry run)" => {query => '?dryRun=1', body => {family => 'ci', facts => {lint => 2}}},
	$report => {%junit},
	"$report (of another team)" => {%junit, id => 'blue-pay'},
	'POST /api/v1/ingest/pubsub' => {body => {subscription => 's', message => {
		messageId => '1', data => encode_base64($service{red}, '')}}},
	'POST /api/v1/ingest/cloudevents' => {
		headers => {'content-type' => 'application/cloudevents+json'},
		body => {%event, id => 'matrix', subject => 'red-pay',
			data => {serviceID => 'red-pay', description => 'The red-pay',
				teamName => 'red', lifecycle => 'production', tier => 1}}},
	'GET /api/v1/failed-publishes/{id}' => {id => $failed},
	'DELETE /api/v1/tokens/{id} (of a viewer)' => {id => $token_of_vera},
	'POST /api/v1/campaigns' => {body => {}},
	'POST /api/v1/campaigns/preview' => {body => {level => 0}},
	'POST /api/v1/campaigns/{campaign}/launch (dry run)' => {query => '?dryRun=1'},
	'POST /api/v1/campaigns/{campaign}/end' => {body => {state => 'finished'}},
	'POST /auth/login' => {body => {}},
	'PUT /api/v1/apis/{repository}/policy' => {body => {}},
	'POST /api/v1/apis/{repository}/waivers' => {body => {}},
	'POST /api/v1/webhooks' => {body => {}},
	'PATCH /api/v1/schedules/{schedule}' => {body => {}},
	(map { ("POST /api/v1/todos$_" => {body => {}, id => $item}) } '', '/bulk', '/{id}/comments'),
	(map { ($_ => {id => $item}) } 'GET /api/v1/todos/{id}', 'PATCH /api/v1/todos/{id}',
		'GET /api/v1/todos/{id}/comments'),
	'PUT /api/v1/session/password' => {body => {}},
	'POST /api/v1/tokens' => {body => {}},
);

sub call ($key, $who) {
	my ($method, $pattern) = $key =~ /^(\S+) (\S+)/;
	my $with = $with{$key} // {};
	my $path = address($pattern, number => 1, campaign => 'ask', team => 'red',
		repository => 'shop', name => 'acme.shop.v1.Order', format => 'junit',
		service => $with->{id} // 'red-pay',
		id => $with->{id} // ($pattern =~ m{tokens/} ? 999_999 : 'red-pay'))
		. ($with->{query} // $query{$pattern} // '');
	return $who->stream($path)->{status} if $path eq '/events/stream';
	my %headers = ($with->{headers} // {})->%*;
	$headers{authorization} = 'Basic YWRtaW46YWRtaW4=' if $who->{basic};
	my $status = $who->request($method, $path, body => $with->{body},
		headers => \%headers)->{status};
	return $status if $method ne 'GET';
	my $head = $who->request('HEAD', $path, headers => \%headers)->{status};
	return $head == $status ? $status : "$status and $head for HEAD";
}

# --- and whether it is so -------------------------------------------------------------

for my $key (@order) {
	my @is = map { call($key, $caller{$_}) } @columns;
	my @differs = map { "$columns[$_]: $is[$_], not $row{$key}[$_]" }
		grep { $is[$_] ne $row{$key}[$_] } 0 .. $#columns;
	is join("\n", @differs), '', $key or diag "it is: @is";
}

# Methods that are none of a route's are refused, before or after the gate.
my %path = map { $_->{pattern} => 1 } routes();
for my $pattern (sort keys %path) {
	my @let_in = grep { $_ < 400 } map {
		my $method = $_;
		map { $_->request($method, address($pattern))->{status} } @caller{qw(nob adm)};
	} grep { !$route{"$_ $pattern"} } qw(POST PUT PATCH DELETE OPTIONS TRACE PROPFIND);
	is join(' ', @let_in), '', "$pattern takes no other method";
}

done_testing;
