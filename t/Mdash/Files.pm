# SPDX-License-Identifier: Apache-2.0
package Mdash::Files;

# The files of the source tree for the lint tests: what git tracks, or, in an
# unpacked release archive, what its MANIFEST names.
use v5.36;
use Exporter 'import';
use Cwd qw(abs_path);
use File::Basename qw(dirname);

our @EXPORT_OK = qw(source_dir source_files read_source);

sub source_dir {
	return abs_path(dirname(__FILE__) . '/../..');
}

# source_files(qr{^lib/}) - sorted names relative to the source tree.
sub source_files ($pattern = qr{}) {
	state @files = _all_files();
	return grep { /$pattern/ } @files;
}

sub _all_files {
	my $dir = source_dir();
	my @files;
	if (-e "$dir/.git") {
		open my $git, '-|', 'git', '-c', "safe.directory=$dir", '-C', $dir,
			'ls-files', '-z', '--cached', '--others', '--exclude-standard'
			or die "git: $!";
		local $/ = "\0";
		chomp(@files = <$git>);
	} else {
		open my $list, '<', "$dir/MANIFEST" or die "MANIFEST: $!";
		chomp(@files = <$list>);
	}
	return sort grep { -f "$dir/$_" } @files;
}

sub read_source ($name) {
	open my $file, '<:raw', source_dir() . "/$name" or die "$name: $!";
	local $/;
	return <$file>;
}

1;
