#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Who may include whom, and which words belong to which layer
# (doc/architecture.md). A breach is shown as file:line: rule.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Test::More;
use Mdash::Files qw(source_files read_source);

# A folder sees itself and these.
my %sees = (
	base => [],
	wire => ['base'],
	db => ['base'],
	breaking => [qw(base wire)],
	report => [qw(base wire)],
	http => [qw(base wire db)],
	net => [qw(base wire db)],
	store => [qw(base wire db breaking)],
);
my @library = sort keys %sees;

# Foreign headers that have one owner: pattern => path of the owner.
my @owned = (
	[qr{^fcgi}, qr{^(?:lib/http/|bench/hello\.c$)}, 'lib/http/'], # hello: libfcgi bare
	[qr{^(libpq|postgres)}, qr{^lib/db/}, 'lib/db/'],
	[qr{^curl/}, qr{^lib/net/}, 'lib/net/'],
	[qr{^(yaml|zlib)\.h$}, qr{^lib/wire/}, 'lib/wire/'],
	[qr{^(libxml/|protobuf-c)}, qr{^lib/wire/}, 'lib/wire/'],
	[qr{^openssl/}, qr{^lib/base/hash\.c$}, 'lib/base/hash.c'],
	[qr{^crypt\.h$}, qr{^lib/base/password\.c$}, 'lib/base/password.c'],
);

# Text of a C file with comments blanked, line by line.
sub code_lines ($text) {
	my $blank = sub ($comment) { $comment =~ s/[^\n]//gr };
	$text =~ s{("(?:\\.|[^"\\\n])*")|(/\*.*?\*/)|(//[^\n]*)}
		{$1 // $blank->($2 // $3)}gse;
	return split /\n/, $text, -1;
}

sub include_breach ($file, $header, $quoted) {
	if (!$quoted) {
		for my $rule (@owned) {
			my ($pattern, $owner, $name) = @$rule;
			return "only $name may include <$header>"
				if $header =~ $pattern && $file !~ $owner;
		}
		return;
	}
	my ($place) = $file =~ m{^(?:lib/)?([^/]+)};
	my ($target) = $header =~ m{^([^/]+)/};
	if (!defined $target) {
		return if $file !~ m{^lib/};
		return "\"$header\" does not say its layer";
	}
	if ($file =~ m{^lib/}) {
		return "lib/$place may not include $target/"
			unless grep { $_ eq $target } $place, $sees{$place}->@*;
		return;
	}
	return "only lib/ is on the include path, not $target/"
		unless grep { $_ eq $target } @library;
	return;
}

my $sql = qr{"\s*(?:SELECT\s.*\bFROM\b|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b
	|DELETE\s+FROM\b|CREATE\s+(?:TABLE|INDEX|FUNCTION)\b|ALTER\s+TABLE\b)}xi;
my $http_word = qr{\b(?:HTTP_\w+|http_\w+|[Cc]ontent-[Tt]ype|ETag|FCGX_\w+)\b};

# Text and word rules: [where, what, rule].
my @words = (
	[qr{^(lib|handlers|workers|tools)/}, $sql,
		'SQL text belongs into sql/queries/'],
	[qr{^lib/(store|db)/}, $http_word, 'store/ and db/ do not know HTTP'],
	[qr{^(lib/(?!base/settings)|handlers/|workers/|tools/)},
		qr{\b(?:secure_)?getenv\s*\(},
		'only base/settings reads the environment'],
	[qr{^(lib|handlers|workers|tools)/},
		qr{\b(?:sprintf|vsprintf|strcpy|strcat|gets|strtok|alloca)\s*\(},
		'this function has no bound'],
	[qr{^(lib|handlers|workers|tools)/}, qr{__unpack\s*\(\s*NULL\b},
		'bytes from outside are unpacked into an arena, by lib/wire'],
);

sub breaches ($file) {
	my @found;
	my $number = 0;
	for my $line (code_lines(read_source($file))) {
		$number++;
		if ($line =~ /^\s*#\s*include\s*([<"])([^>"]+)[>"]/) {
			my $rule = include_breach($file, $2, $1 eq '"');
			push @found, "$file:$number: $rule" if $rule;
		}
		for my $word (@words) {
			my ($where, $what, $rule) = @$word;
			push @found, "$file:$number: $rule"
				if $file =~ $where && $line =~ $what;
		}
	}
	return @found;
}

my %area;
for my $file (source_files(qr{^(lib|handlers|workers|tools)/.*\.[ch]$})) {
	my ($name) = $file =~ m{^([^/]+/[^/]+)};
	push $area{$name}->@*, breaches($file);
}
for my $file (source_files(qr{^(t|fuzz|bench)/.*\.[ch]$})) {
	push $area{'t, fuzz and bench'}->@*,
		grep { !/only lib\/ is on/ } breaches($file);
}
for my $name (sort keys %area) {
	is join("\n", $area{$name}->@*), '', "$name keeps to its layer";
}

# The rules themselves: a breach that is planted is found.
my @planted = (
	['lib/base/x.c', 'db/db.h', 1, qr{lib/base may not include db/}],
	['lib/http/x.c', 'store/team.h', 1, qr{lib/http may not include store/}],
	['lib/breaking/x.c', 'db/db.h', 1, qr{lib/breaking may not include db/}],
	['lib/wire/x.c', 'breaking/breaking.h', 1, qr{lib/wire may not include breaking/}],
	['lib/store/x.c', 'http/reply.h', 1, qr{lib/store may not include http/}],
	['handlers/auth/x.c', 'libpq-fe.h', 0, qr{only lib/db/}],
	['lib/report/x.c', 'store/fact.h', 1, qr{lib/report may not include store/}],
	['lib/wire/x.c', 'curl/curl.h', 0, qr{only lib/net/}],
	['lib/report/x.c', 'libxml/parser.h', 0, qr{only lib/wire/}],
	['handlers/auth/x.c', 'handlers/services/x.h', 1, qr{include path}],
);
for my $case (@planted) {
	my ($file, $header, $quoted, $rule) = @$case;
	like include_breach($file, $header, $quoted), $rule,
		"$file that includes $header is refused";
}
like '	run("SELECT id FROM service");', $sql, 'SQL text in C is found';
is((code_lines("a /* getenv(1)\n */ b"))[0], 'a ', 'comments are no code');

done_testing;
