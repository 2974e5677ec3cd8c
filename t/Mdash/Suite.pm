# SPDX-License-Identifier: Apache-2.0
package Mdash::Suite;

# prove's harness for the whole suite: gives all test files one folder (and so
# one PostgreSQL cluster), and ends with what failed, as tests say it in TAP, and
# with counts and seconds per folder.
use v5.36;
use parent 'TAP::Harness';
use File::Basename qw(basename dirname);
use Mdash::Place;

sub runtests ($self, @tests) {
	my $place = Mdash::Place->new;
	local $ENV{MDASH_PLACE} = $place->dir;
	$self->{mdash_failures} = \my @failures;
	$self->callback(made_parser => sub ($parser, $job) {
		_collect($parser, $job->[0], \@failures);
	});
	my $aggregate = $self->SUPER::runtests(@tests);
	$place->keep if $aggregate->has_errors && $place->used;
	return $aggregate;
}

# Failed checks, each with the comments after it.
sub _collect ($parser, $file, $failures) {
	my $failed;
	$parser->callback(test => sub ($test) {
		$failed = !$test->is_ok;
		push @$failures, "$file: " . $test->as_string if $failed;
	});
	$parser->callback(comment => sub ($comment) {
		push @$failures, '  ' . $comment->as_string if $failed;
	});
	return;
}

sub summary ($self, $aggregate, @rest) {
	$self->SUPER::summary($aggregate, @rest);

	say '' if $self->{mdash_failures}->@*;
	say for $self->{mdash_failures}->@*;
	my %folder;
	for my $name ($aggregate->descriptions) {
		my ($parser) = $aggregate->parsers($name);
		my $row = $folder{basename(dirname($name))} //= {};
		$row->{files}++;
		$row->{tests} += $parser->tests_run;
		$row->{failed} += $parser->failed;
		$row->{skipped} += $parser->skipped;
		$row->{skipped}++ if defined $parser->skip_all;
		$row->{seconds} += $parser->end_time - $parser->start_time;
	}
	printf "\n%-10s %6s %6s %7s %8s %8s\n",
		qw(folder files tests failed skipped seconds);
	for my $name (sort keys %folder) {
		my $row = $folder{$name};
		printf "%-10s %6d %6d %7d %8d %8.1f\n", $name,
			@$row{qw(files tests failed skipped seconds)};
	}
	return;
}

1;
