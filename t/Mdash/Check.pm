# SPDX-License-Identifier: Apache-2.0
package Mdash::Check;

# What tests of every kind share: looking for a tool, and skipping honestly.
use v5.36;
use Exporter 'import';
use Test::More ();

our @EXPORT_OK = qw(program skip_or_fail);

# program('psql') - its path, or nothing.
sub program ($name) {
	for my $dir (split(/:/, $ENV{PATH}), '/usr/sbin', '/usr/local/sbin') {
		return "$dir/$name" if -x "$dir/$name" && -f _;
	}
	return;
}

# Skips the rest of the file with a reason. With MDASH_NO_SKIP, as in CI, a
# skip is a failure: a machine that cannot run a test must not look green.
sub skip_or_fail ($reason) {
	if ($ENV{MDASH_NO_SKIP}) {
		Test::More::fail("not run: $reason");
		Test::More::done_testing();
		exit 1;
	}
	Test::More::plan(skip_all => $reason);
}

1;
