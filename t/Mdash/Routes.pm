# SPDX-License-Identifier: Apache-2.0
package Mdash::Routes;

# What mdash serves: the route tables of handlers/*/main.c and the locations of
# nginx's public server. Tests that must hold for every address start here, so
# that a new one cannot be forgotten.
use v5.36;
use Exporter 'import';
use Mdash::Files qw(read_source source_files);

our @EXPORT_OK = qw(address locations routes);

# [{area, method, pattern, scope}]; a scope is undef for the public, '' for
# anybody known.
sub routes {
	my @routes;
	for my $file (source_files(qr{^handlers/\w+/main\.c$})) {
		my ($area) = $file =~ m{/(\w+)/};
		my ($table) = read_source($file) =~ /struct route routes\[\] = \{(.*?)^\};/ms
			or die "$file: no route table\n";
		while ($table =~ /^\s*\{(?<row>[A-Z]+,.*?)\},?$/mg) {
			my ($method, $pattern, $scope) = $+{row} =~
				/^(\w+),\s*"([^"]+)",\s*\w+,\s*(SCOPE_\w+|"[^"]+")$/
				or die "$file: cannot read {$+{row}}\n";
			push @routes, {area => $area, method => $method,
				pattern => $pattern,
				scope => $scope eq 'SCOPE_PUBLIC' ? undef
					: $scope eq 'SCOPE_ANY' ? ''
					: $scope eq 'SCOPE_ADMIN' ? 'admin'
					: $scope =~ s/"//gr};
		}
	}
	return @routes;
}

# [{match, path, lines}] of nginx/server.conf.in and what it includes of health;
# match is '=' or ''.
sub locations {
	my @locations;
	for my $file (map { "nginx/$_.conf.in" } qw(server health)) {
		my $text = read_source($file);
		while ($text =~ /^location (?:(=) )?(\S+) \{\n(.*?)^\}/msg) {
			push @locations, {match => $1 // '', path => $2, lines => $3};
		}
	}
	return @locations;
}

# address('/api/v1/services/{id}', id => 'pay'); a parameter that is not given
# is something that is not there.
sub address ($pattern, %with) {
	return $pattern =~ s/\{(\w+)\}/$with{$1} \/\/ 999999/ger;
}

1;
