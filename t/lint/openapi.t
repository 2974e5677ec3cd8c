#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Routes of the handlers, paths of doc/openapi.yaml and locations of nginx are
# the same: what is routed is documented, what is documented is routed, and
# nginx takes each path to the program that answers it, behind the scope that
# the program asks for.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash::Files qw(read_source source_files);
use Mdash::OpenApi;
use Test::More;

# {method, path, scope, program} of the route tables.
sub routes_of ($file, $program) {
	my @found;
	my $text = read_source($file);
	while ($text =~ m[\{(GET|POST|PUT|PATCH|DELETE),\s*"([^"]+)",\s*(\w+),
			\s*(?:"([^"]*)"|(SCOPE_\w+))\}]gx) {
		push @found, {method => $1, path => $2, run => $3,
			scope => $4 // $5, program => $program};
	}
	return @found;
}

my @routes = map { routes_of($_, m{^handlers/(\w+)/}) }
	source_files(qr{^handlers/\w+/main\.c$});
my %routed = map { ("$_->{method} $_->{path}" => $_) } @routes;
cmp_ok scalar @routes, '>', 20, 'the route tables are found';

# Answered by every handler (lib/http/handler.c) or by nginx itself.
my %elsewhere = map { $_ => 1 } 'GET /healthz', 'GET /readyz',
	'GET /events/stream';
# Asked by nginx alone.
my %internal = map { $_ => 1 } 'GET /_auth';

sub lacking ($these, $those, $except) {
	return join "\n", grep { !$those->{$_} && !$except->{$_} }
		sort keys %$these;
}

my %documented = map { ("$_->{method} $_->{path}" => $_) }
	Mdash::OpenApi->new->operations;
is lacking(\%routed, \%documented, \%internal), '',
	'each route is documented in doc/openapi.yaml';
is lacking(\%documented, \%routed, \%elsewhere), '',
	'each documented operation has a route';

my %seen;
is join("\n", grep { $seen{$_}++ } map { "$_->{method} $_->{path}" } @routes),
	'', 'no route is in two programs';
is join("\n", sort grep { $_ } map {
	my $operation = $documented{$_};
	my $public = $operation && $operation->{security}
		&& !$operation->{security}->@*;
	$public && $routed{$_} && $routed{$_}{scope} ne 'SCOPE_PUBLIC'
		? "$_ is documented as open to anybody" : ();
} keys %documented), '', 'what is documented as open is routed so';

# --- nginx ---------------------------------------------------------------------

# Locations of the server: [exact, prefix, program, need].
sub locations ($text) {
	my @found;
	while ($text =~ m[^location (= )?(\S+) \{\n(.*?)^\}]gms) {
		my ($exact, $prefix, $body) = ($1, $2, $3);
		push @found, {
			exact => !!$exact,
			prefix => $prefix,
			program => $body =~ /fastcgi_pass (\w+);/ ? "$1" : '',
			need => $body =~ /set \$md_need "([^"]*)";/ ? "$1" : undef,
			internal => scalar $body =~ /^\s*internal;/m,
			refuses => scalar $body =~ /return 404;/,
		};
	}
	return @found;
}

my @locations = map { locations(read_source($_)) }
	source_files(qr{^nginx/(?:server|health)\.conf\.in$});
cmp_ok scalar @locations, '>', 8, 'the locations of nginx are found';

# As nginx does: an exact one, else the longest prefix.
sub location_of ($path) {
	my ($exact) = grep { $_->{exact} && $_->{prefix} eq $path } @locations;
	return $exact if $exact;
	my ($longest) = sort { length $b->{prefix} <=> length $a->{prefix} }
		grep { !$_->{exact} && index($path, $_->{prefix}) == 0 } @locations;
	return $longest;
}

# Which needs of a location let nobody pass that the route would refuse, or the
# other way round: a route may ask for more than its location.
my %weaker = (
	'ingest:write' => 'ingest:validate',
	'todos:write' => 'todos:read',
	SCOPE_ADMIN => 'catalog:read todos:read',
);

for my $route (grep { !$internal{"$_->{method} $_->{path}"} } @routes) {
	my $name = "$route->{method} $route->{path}";
	my $location = location_of($route->{path} =~ s/\{\w+\}/x/gr);
	is $location->{program}, $route->{program},
		"nginx takes $name to $route->{program}";
	next if $route->{scope} eq 'SCOPE_PUBLIC';
	my %fits = map { $_ => 1 } $route->{scope} || 'any',
		split ' ', $weaker{$route->{scope}} // '';
	$fits{any} = 1 if $route->{scope} eq 'SCOPE_ANY';
	ok $fits{$location->{need} // 'nothing'},
		"$name: the gate asks for $route->{scope}, or for less than it"
		or diag 'nginx: ' . ($location->{need} // 'nothing');
}

# A location that hands a request on unasked must be meant.
my %open = map { $_ => 1 } qw(/auth/login /auth/logout /_auth /healthz /readyz);
is join("\n", map { $_->{prefix} } grep { $_->{program} && !defined $_->{need}
	&& !$open{$_->{prefix}} } @locations), '',
	'every other location names what is needed';

# --- the rules themselves --------------------------------------------------------

is location_of('/api/v1/services')->{program}, 'services', 'a prefix is found';
is location_of('/api/v1/ingest/services/x')->{prefix},
	'/api/v1/ingest/services/', 'the longest one';
is lacking({%routed, 'GET /api/v1/secret' => {}}, \%documented, \%internal),
	'GET /api/v1/secret', 'a route that is not documented fails';
is lacking({%documented, 'GET /api/v1/dream' => {}}, \%routed, \%elsewhere),
	'GET /api/v1/dream', 'so does an operation that nothing answers';

done_testing;
