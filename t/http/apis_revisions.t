#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Proto repositories: their revisions, what each of them declares, and the sets
# again for other programs.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::OpenApi;
use Mdash::Proto qw(descriptor_set publish_set_of);
use Mdash::Reference qw(all_files all_in_one files_of);
use Test::More;

my $mdash = Mdash->new;
my $api = Mdash::OpenApi->new;
my $ci = $mdash->token(scopes => [qw(ingest:write catalog:read)]);
my $base = '/api/v1/apis/acme';
my $shop = 'acme.shop.v1';

# An answer that is also what doc/openapi.yaml promises.
sub answer ($operation, $path) {
	my $answer = $ci->get("$base$path");
	my @faults = $api->faults($operation, $answer);
	fail "$path is not as documented: @faults" if @faults;
	return $answer;
}
sub page ($name, $query = '') { return answer(getApiSymbol => "/symbols/$name$query")->{json} }
sub full_names ($items) { return join ' ', map { $_->{fullName} } @$items }

my $set = all_in_one();
my $made = publish_set_of($ci, 'acme', $set, commit => 'c1', sequence => 1);
is $made->{status}, 200, 'the set is taken' or die $made->{content};

# --- sets for other programs -------------------------------------------------------------

# Does protoc take all of a set? The path of one of its files stands for it.
sub protoc ($set, $path) {
	my $file = $mdash->dir . '/part.binpb';
	open my $out, '>:raw', $file or die "$file: $!";
	print $out $set;
	close $out or die "$file: $!";
	open my $said, '-|', 'sh', '-c', 'exec protoc --include_imports "$@" 2>&1', 'sh',
		"--descriptor_set_in=$file", "--descriptor_set_out=$file.out", $path
		or die "protoc: $!";
	local $/;
	my $text = <$said> // '';
	return close $said ? 'taken' : $text;
}
sub set_of ($query) {
	my $answer = $ci->get("$base/descriptor-set$query");
	is $answer->{status} . ' ' . $answer->{headers}{'content-type'}, '200 application/x-protobuf',
		"the set '$query'";
	return $answer->{content};
}
my $part = set_of("?symbol=$shop.Kind");
my ($files, @paths) = files_of($part);
is join(' ', sort @paths), 'acme/options.proto acme/shop/v1/order.proto'
	. ' google/protobuf/descriptor.proto google/protobuf/timestamp.proto',
	'the file of a symbol and what it imports';
is $paths[-1], 'acme/shop/v1/order.proto', 'after that';
is protoc($part, $paths[-1]), 'taken', 'protoc takes it';
for my $case (
	["$shop.Shop", 'acme/shop/v1/shop.proto'],
	["$shop.Shop.Talk", 'acme/shop/v1/shop.proto'],
	["$shop.Order.Line.Deep", 'acme/shop/v1/order.proto'],
	['acme.old.tags', 'acme/old.proto'],
	['google.api.http', 'google/api/annotations.proto'], ['Nameless', 'nameless.proto'],
) {
	my ($symbol, $path) = @$case;
	is protoc(set_of("?symbol=$symbol"), $path), 'taken', "  and that of $symbol";
}
my ($whole) = files_of(set_of(''));
my ($posted) = files_of($set);
is_deeply $whole, $posted, 'the whole set is what was posted, byte for byte';
my ($next_file) = files_of(set_of('?symbol=acme.next.New'));
is_deeply $next_file, {'acme/next.proto' => $posted->{'acme/next.proto'}}, 'a file alone';
my $tag = $ci->get("$base/descriptor-set")->{headers}{etag};
is $ci->get("$base/descriptor-set", 'if-none-match' => $tag)->{status}, 304, 'it has a tag';
is $ci->get("$base/descriptor-set?symbol=$shop.Nothing")->{status}, 404, 'no set of nothing';
is publish_set_of($ci, 'again', set_of(''))->{json}{counts}{services}, 3, 'it can be published again';

# --- revisions ---------------------------------------------------------------------------

my %then = all_files()->%*;
$then{'acme/shop/v1/order.proto'} =~ s/message Unused \{\}\n/message Later { Kind kind = 1; }\n/;
delete $then{'acme/old.proto'};
my $second = publish_set_of($ci, 'acme', descriptor_set(\%then), commit => 'c2', sequence => 2,
	branch => 'main', runUrl => 'https://ci.example/2', commitTime => '2026-01-02T03:04:05Z')->{json};
is $second->{result}, 'updated', 'another revision';
is publish_set_of($ci, 'acme', $set =~ s/Nameless/Namefull/gr, sequence => 1, commit => 'c0')
	->{status}, 409, 'one sequence has one content';
my $late = descriptor_set({'late.proto' => "syntax = \"proto3\";\nmessage Late {}\n"},
	source_info => 0);
is publish_set_of($ci, 'acme', $late, sequence => 0)->{json}{result}, 'superseded', 'a late one';
my $list = answer(listApiRevisions => '/revisions')->{json};
is join(' ', map { join ':', $_->{number}, map { $_ ? 1 : 0 } @$_{qw(current applied sourceInfo)} }
	$list->{items}->@*), '3:0:0:0 2:1:1:1 1:0:1:0', 'revisions, the newest first';
is_deeply {map { $_ => $list->{items}[1]{$_} } qw(commit commitTime branch sequence runUrl files)},
	{commit => 'c2', commitTime => '2026-01-02T03:04:05.000Z', branch => 'main', sequence => 2,
	runUrl => 'https://ci.example/2', files => 10}, 'with what CI said';
is_deeply [map { $_->{counts} } $list->{items}->@[1, 2]], [$second->{counts}, $made->{json}{counts}],
	'how much each declares';
is join(' ', $list->{items}[0]{counts}->@{qw(files messages)}), '1 1', 'the late one too';
is $list->{items}[1]{changed}, 3, 'and how many files it changed';
my $first = answer(listApiRevisions => '/revisions?limit=2')->{json};
is join(' ', map { $_->{number} } $first->{items}->@*), '3 2', 'two to a page';
is join(' ', map { $_->{number} } answer(listApiRevisions =>
	"/revisions?limit=2&after=$first->{next}")->{json}{items}->@*), '1', 'and the rest';

is page("$shop.Unused", '?revision=1')->{revision}{number}, 1, 'what is gone is there as it was';
is answer(getApiSymbol => "/symbols/$shop.Unused")->{status}, 404, 'and not now';
is answer(getApiSymbol => "/symbols/$shop.Later?revision=1")->{status}, 404,
	'what came later was not there then';
is answer(getApiSymbol => '/symbols/Late?revision=3')->{status}, 200, 'a late set has pages';
is answer(getApiSymbol => '/symbols/Late')->{status}, 404, 'of its own revision alone';
is_deeply page('acme', '?revision=1')->{packages},
	['acme.next', 'acme.old', $shop, "$shop.sub", 'acme.shop.v1beta1'], 'packages of then';
is_deeply page('acme')->{packages}, [$shop, "$shop.sub", 'acme.shop.v1beta1'], 'and of now';
is answer(getApiFile => "/files?path=acme/old.proto&revision=$_->[0]")->{status}, $_->[1],
	"the file at revision $_->[0]: $_->[1]" for [1, 200], [2, 404];
is full_names(answer(listApiUses => "/symbols/$shop.Kind/uses?revision=$_->[0]")->{json}{items}),
	$_->[1], "uses at revision $_->[0]"
	for [1, "$shop.Order.kind"], [2, "$shop.Later.kind $shop.Order.kind"];
is_deeply [sort keys((files_of(set_of("?revision=$_")))[0]->%*)],
	[sort keys(($_ == 1 ? $posted : (files_of(descriptor_set(\%then)))[0])->%*)],
	"the set of revision $_" for 1, 2;
is answer(getApiSymbol => "/symbols/$shop.Shop?revision=9")->{status}, 404, 'no such revision';

# --- the repository ----------------------------------------------------------------------

my $repository = answer(getApiRepository => '')->{json};
is join(' ', map { $_->{name} } $repository->{packages}->@*), join(' ', '', 'acme', $shop,
	"$shop.sub", 'acme.shop.v1beta1', qw(google.api google.protobuf)), 'packages by name';
is_deeply $repository->{packages}[2], {name => $shop, services => 2, messages => 6, enums => 2,
	files => 2}, 'with how much is in each';
is $repository->{repository}{counts}{services}, 3, 'all counted' or diag explain $repository;
my $before = answer(getApiRepository => '?revision=1')->{json};
is $before->{revision}{number}, 1, 'the repository as it was';
is join(' ', map { $_->{name} } grep { /old|next/ } $before->{packages}->@*), '',
	'has the packages of then';
my $items = $ci->get('/api/v1/apis');
is join("\n", $api->faults(listApiRepositories => $items)), '', 'the list is as documented';
is_deeply $items->{json}{items}[0], $repository->{repository}, "and has it";
# As an older version of mdash left it.
$mdash->sql('UPDATE proto_revision SET counts_json = NULL WHERE number = 1');
is answer(getApiRepository => '?revision=1')->{json}{revision}{counts}, undef,
	'or it is not known how much one declares';
is $ci->get('/api/v1/apis/none')->{status}, 404, 'another repository is not there';

done_testing;
