#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What the pages of gRPC APIs say: packages, symbols of each kind, uses, files.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::OpenApi;
use Mdash::Proto qw(publish_set_of);
use Mdash::Publish qw(publish);
use Mdash::Reference qw(all_in_one);
use Test::More;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $mdash = Mdash->new;
my $api = Mdash::OpenApi->new;
my $ci = $mdash->token(scopes => [qw(ingest:write catalog:read)]);
my $base = '/api/v1/apis/acme';
my $shop = 'acme.shop.v1';
my %note = (line => 1, comment => 1, trailingComment => 1, detachedComments => 1);

# An answer that is also what doc/openapi.yaml promises.
sub answer ($operation, $path) {
	my $answer = $ci->get("$base$path");
	my @faults = $api->faults($operation, $answer);
	fail "$path is not as documented: @faults" if @faults;
	return $answer;
}
sub page ($name, $query = '') { return answer(getApiSymbol => "/symbols/$name$query")->{json} }
sub document ($name, $query = '') { return page($name, $query)->{document} }
# Without where it stands and what is written around it.
sub bare ($part) { return {map { $_ => $part->{$_} } grep { !$note{$_} } keys %$part} }
sub by_name ($items) { return {map { $_->{name} => $_ } @$items} }
sub full_names ($items) { return join ' ', map { $_->{fullName} } @$items }

my $made = publish_set_of($ci, 'acme', all_in_one());
is $made->{status}, 200, 'the set is taken' or die $made->{content};
is publish($ci, $_->[0], "serviceID: $_->[0]\nteamName: red\ngrpc: {$_->[1]}\n")->{status}, 200,
	"$_->[0] names its RPCs" for (
	['front', "consumes: [$shop.Shop/Place, $shop.Shop/Gone]"],
	['back', "provides: [$shop.Shop]"], ['whole', "consumes: [$shop.Shop]"]);

# --- services and methods ----------------------------------------------------------------

my $service = page("$shop.Shop");
is join(' ', map { $service->{$_} // 'null' } qw(kind name fullName package parent focus file line)),
	"service Shop $shop.Shop $shop null null acme/shop/v1/shop.proto 27", 'a service, and where it is';
my $of = $service->{document};
is $of->{comment}, "Sells *things*:\nsee [Order][$shop.Order].\n\nMore is said here.",
	'its comment without what holds it';
is_deeply $of->{detachedComments}, ["Far from it.", "Near, too."], 'comments apart from it';
is $of->{trailingComment}, "in the line of the service", 'and the one in its line';
is_deeply $of->{options}, {'acme.care' => {team => 'red', level => [1, 2], key => 'Af8='}},
	'a message as an option is read by the file in the set that declares it';
my $rpc = by_name($of->{methods});
is join(' ', map { $_->{name} } $of->{methods}->@*), 'Place Upload Watch Talk',
	'methods in the order of the file';
my %streams = map { my $m = $rpc->{$_}; $_ => join '', map { $m->{$_} ? 1 : 0 }
	qw(clientStreaming serverStreaming) } keys %$rpc;
is_deeply \%streams, {Place => '00', Upload => '10', Watch => '01', Talk => '11'},
	'all four kinds of streaming';
is join(' ', map { $rpc->{$_}{idempotency} // '-' } qw(Place Upload Watch Talk)),
	'- - no-side-effects idempotent', 'what they say of being repeated';
is join(' ', grep { $rpc->{$_}{deprecated} } sort keys %$rpc), 'Talk', 'the deprecated one';
is "$rpc->{Place}{input} $rpc->{Place}{output}", "$shop.Order $shop.Receipt",
	'types by their full names';
is $rpc->{Place}{comment}, "Places an order. 注文する。", 'a comment in Japanese';
is_deeply $rpc->{Place}{options}, {'google.api.http' => {post => '/v1/orders', body => '*',
	additional_bindings => [{put => '/v1/orders/{id}', body => 'order'},
		{patch => '/v2/orders', response_body => 'id'}]}}, 'HTTP bindings, the additional ones too';
is join(' ', map { "$_->{service}:" . ($_->{method} // '*') } $service->{consumers}->@*),
	'front:Gone front:Place whole:*', 'who calls it, by the specs';
is_deeply $service->{providers}, [{service => 'back', team => 'red', method => undef}],
	'and who implements it';
ok page("$shop.Old")->{deprecated}, 'a service may be deprecated';

my $method = page("$shop.Shop.Place");
is join(' ', map { $method->{$_} // 'null' } qw(kind parent line)), "method $shop.Shop 30",
	'a method has a page';
is_deeply $method->{document}, $rpc->{Place}, 'that says what its service says';
is join(' ', map { "$_->{service}:" . ($_->{method} // '*') } $method->{consumers}->@*),
	'front:Place whole:*', 'called by those who name it, and those who name the whole service';
is join(' ', map { $_->{service} } page("$shop.Shop.Talk")->{consumers}->@*), 'whole',
	'another method not by them';
is_deeply [sort keys $method->{types}->%*], [sort map { /^google/ ? $_ : "$shop.$_" }
	qw(Order Receipt Order.Line Order.Company Kind google.protobuf.Timestamp)],
	'with all that its messages are made of';
is_deeply $method->{types}{"$shop.Kind"}, document("$shop.Kind"), 'as their own pages say';

# --- messages ----------------------------------------------------------------------------

my $order = page("$shop.Order");
my $field = by_name($order->{document}{fields});
my $text = by_name([map { bare($_) } $order->{document}{fields}->@*]);
is_deeply $order->{document}{reservedRanges}, [[5, 5], [20, 29], [1000, 536870911]],
	'reserved numbers, first and last';
is_deeply $order->{document}{reservedNames}, [qw(amount sum)], 'and names';
is_deeply $order->{document}{options}, {'acme.risk' => 'HIGH', 'acme.more' => [qw(LOW HIGH)]},
	'enums as options, one and many';
is_deeply $text->{id}, {name => 'id', type => 'string', number => 1, jsonName => 'id',
	presence => 'implicit'}, 'a plain field of proto3 has no presence of its own';
is $field->{id}{trailingComment}, "of the shop", 'with the comment in its line';
is_deeply $text->{placed_by}, {name => 'placed_by', type => 'int64', number => 2,
	jsonName => 'placedBy', presence => 'explicit'}, 'an optional one has, and is in no oneof';
is_deeply $text->{lines}, {name => 'lines', type => 'message', typeName => "$shop.Order.Line",
	number => 3, jsonName => 'lines', repeated => JSON::PP::true}, 'many of a nested message';
is_deeply [map { $_->{name} } $order->{document}{oneofs}->@*], ['payer'],
	'what protoc makes of optional is no oneof';
is_deeply bare($order->{document}{oneofs}[0]), {name => 'payer',
	options => {'acme.strict' => JSON::PP::true}}, 'a oneof with its option';
is $order->{document}{oneofs}[0]{comment}, "Who pays.", 'and its comment';
is_deeply $text->{company}, {name => 'company', type => 'message', number => 7,
	typeName => "$shop.Order.Company", jsonName => 'company', presence => 'explicit',
	oneof => 'payer', deprecated => JSON::PP::true}, 'a deprecated choice of it';
is_deeply $text->{by_name}, {name => 'by_name', type => 'map', number => 8, jsonName => 'byName',
	repeated => JSON::PP::true, key => {type => 'string'},
	value => {type => 'message', typeName => "$shop.Order.Line"}}, 'a map is one field';
is_deeply $text->{rates}{key}, {type => 'int32'}, 'with a type for its keys';
is_deeply $text->{rates}{value}, {type => 'double'}, 'and one for its values';
ok $text->{marks}{packed}, 'numbers are packed in proto3';
ok !$text->{loose}{packed}, 'unless that is turned off';
is $text->{at}{jsonName}, 'AT', 'a JSON name of its own';
is_deeply $text->{kind}{options}, {'acme.weight' => 0.25, 'acme.most' => 18446744073709551615},
	'numbers as options';
like $ci->get("$base/symbols/$shop.Order")->{content}, qr/"acme\.most":18446744073709551615\b/,
	'with every digit';
is full_names($order->{items}), "$shop.Order.Line $shop.Order.Company",
	'what is nested in it, without the entries of maps';
is full_names(page("$shop.Order.Line")->{items}), "$shop.Order.Line.Deep $shop.Order.Line.Unit",
	'and in that';
is page("$shop.Order.Line.Deep")->{parent}, "$shop.Order.Line", 'which is its parent';
ok page("$shop.Order.Company")->{deprecated}, 'a message may be deprecated';

my $focus = page("$shop.Order.placed_by");
is "$focus->{fullName} $focus->{focus} $focus->{kind}", "$shop.Order placed_by message",
	'a field is shown in its message';
is page("$shop.Kind.KIND_GIFT")->{focus}, 'KIND_GIFT', 'and a value in its enum';

# --- proto2 and editions -----------------------------------------------------------------

my $old = document('acme.old.Old');
my $f2 = by_name($old->{fields});
is join(' ', map { $f2->{$_}{presence} // '-' } qw(name count loose)), 'required explicit -',
	'presence in proto2';
is_deeply {map { $_ => $f2->{$_}{default} } grep { exists $f2->{$_}{default} } keys %$f2},
	{count => '42', greeting => "say \"hi\"\n", ratio => 'inf', state => 'STOPPED', on => 'true'},
	'defaults';
ok !$f2->{loose}{packed}, 'numbers are not packed in proto2';
ok $f2->{tight}{packed}, 'unless that is turned on';
is "$f2->{result}{type} $f2->{result}{typeName} $f2->{result}{delimited}",
	'group acme.old.Old.Result 1', 'a group';
is_deeply $old->{extensionRanges}, [[100, 199], [1000, 536870911]], 'numbers for extensions';
ok document('acme.old.State')->{closed}, 'enums of proto2 are closed';
ok !document("$shop.Kind")->{closed}, 'those of proto3 are not';

my $extension = page('acme.old.tags');
is_deeply bare($extension->{document}), {name => 'tags', extends => 'acme.old.Old',
	type => 'string', number => 100, jsonName => $extension->{document}{jsonName},
	repeated => JSON::PP::true, deprecated => JSON::PP::true}, 'an extension';
is $extension->{document}{comment}, "Its own note.", 'with its comment';
is page('acme.old.Old.inside')->{parent}, 'acme.old.Old', 'one declared in a message';

my $new = by_name(document('acme.next.New')->{fields});
is join(' ', map { $new->{$_}{presence} } qw(plain asked must part)),
	'implicit explicit required explicit', 'presence by features of the file and of the field';
ok $new->{numbers}{packed}, 'packed by the default of the edition';
ok !$new->{part}{delimited}, 'messages have their length before';
my $loose = by_name(document('acme.next.Loose')->{fields});
ok !$loose->{numbers}{packed}, 'features of a message hold for what is in it: not packed';
ok $loose->{part}{delimited}, 'and delimited';
ok document('acme.next.Shut')->{closed}, 'an enum that is closed';
ok !document('acme.next.Open')->{closed}, 'and one that is not';

is join(' ', map { page($_)->{syntax} // 'null' } 'acme.old.Old', "$shop.Order", 'acme.next.New',
	"$shop.Shop", $shop), 'proto2 proto3 2023 proto3 null', 'the syntax of the file of each';

# --- enums -------------------------------------------------------------------------------

my $kind = document("$shop.Kind");
ok $kind->{aliases}, 'an enum with aliases';
is_deeply $kind->{options}, {'acme.shift' => -3}, 'with an option';
is_deeply $kind->{reservedRanges}, [[4, 4], [10, 12], [100, 2147483647]], 'reserved numbers';
is_deeply $kind->{reservedNames}, ['KIND_GONE'], 'and names';
is join(' ', map { "$_->{name}=$_->{number}" } $kind->{values}->@*),
	'KIND_NONE=0 KIND_GIFT=1 KIND_PRESENT=1 KIND_BELOW=-1', 'values in the order of the file';
is $kind->{values}[0]{trailingComment}, "nothing said", 'a comment of a value';
is_deeply bare($kind->{values}[1]), {name => 'KIND_GIFT', number => 1,
	deprecated => JSON::PP::true, options => {'acme.text' => '贈り物'}}, 'and an option';

# --- packages ----------------------------------------------------------------------------

my $package = page($shop);
is $package->{kind}, 'package', 'a package has a page';
is join(' ', map { "$_->{kind}:$_->{name}" } $package->{items}->@*),
	'service:Old service:Shop message:Order message:Receipt message:Unused enum:Kind',
	'services first, then messages and enums, by name';
my %item = by_name($package->{items})->%*;
is_deeply $item{Shop}, {kind => 'service', name => 'Shop', fullName => "$shop.Shop",
	deprecated => JSON::PP::false, parts => 4,
	summary => "Sells *things*:\nsee [Order][$shop.Order]."}, 'with the first paragraph';
ok $item{Old}{deprecated}, 'and what is deprecated';
is_deeply $package->{files}, ['acme/shop/v1/order.proto', 'acme/shop/v1/shop.proto'], 'its files';
is_deeply $package->{packages}, ["$shop.sub"], 'the packages below it';
is_deeply $package->{siblings}, ['acme.shop.v1beta1'], 'and its other versions';
is_deeply page('acme')->{packages}, ['acme.next', 'acme.old', $shop, "$shop.sub", 'acme.shop.v1beta1'],
	'a package above others';
is_deeply page('acme.shop')->{items}, [], 'one that declares nothing itself';
is full_names(page('-')->{items}), 'Nameless', 'files without a package';
is page('Nameless')->{package}, '', 'whose symbols are in none';

# --- uses --------------------------------------------------------------------------------

my $uses = page("$shop.Order")->{uses};
is join(' ', map { "$_->{kind}:$_->{fullName}" =~ s/\Q$shop.\E//r } $uses->{items}->@*),
	'field:Receipt.order method:Shop.Place method:Shop.Talk method:Shop.Upload method:Shop.Watch',
	'what names a message';
is_deeply $uses->{items}[1], {kind => 'method', fullName => "$shop.Shop.Place", line => 30,
	file => 'acme/shop/v1/shop.proto'}, 'and where';
is_deeply [map { "$_->{kind} $_->{fullName}" } page('acme.old.Old')->{uses}{items}->@*],
	['extension acme.old.Old.inside', 'extension acme.old.tags'], 'extensions, of it and with its type';
is_deeply [map { $_->{fullName} } page("$shop.Order.Line")->{uses}{items}->@*],
	["$shop.Order.Line.Deep.up", "$shop.Order.by_name", "$shop.Order.lines"],
	'a value of a map is a use';
my @all;
my $next = '';
do {
	my $answer = answer(listApiUses => "/symbols/$shop.Order/uses?limit=2$next");
	cmp_ok scalar $answer->{json}{items}->@*, '<=', 2, 'a page of two';
	push @all, $answer->{json}{items}->@*;
	$next = defined $answer->{json}{next} ? "&after=$answer->{json}{next}" : undef;
} while defined $next;
is_deeply \@all, $uses->{items}, 'page by page all of them, once';
is_deeply answer(listApiUses => "/symbols/$shop.Unused/uses")->{json}{items}, [], 'of some none';
is answer(listApiUses => "/symbols/$shop.Nothing/uses")->{status}, 404, 'of what is not there 404';

# --- files -------------------------------------------------------------------------------

my $file = answer(getApiFile => '/files?path=acme/shop/v1/shop.proto')->{json};
is "$file->{path} $file->{package} $file->{syntax}", "acme/shop/v1/shop.proto $shop proto3", 'a file';
is_deeply $file->{imports}, ['google/api/annotations.proto',
	'acme/shop/v1/order.proto', 'acme/options.proto'], 'its imports in their order';
is_deeply $file->{document}, {
	standard => {java_package => 'example.acme.shop', java_multiple_files => JSON::PP::true,
		go_package => 'acme.example/shop;shop', optimize_for => 'LITE_RUNTIME'},
	options => {'acme.owner' => 'team-shop'}, publicImports => ['acme/shop/v1/order.proto']},
	'its options, those of the set too, and what it imports for others';
is full_names($file->{symbols}), "$shop.Shop $shop.Old", 'what it declares';
is_deeply $file->{symbols}[0]{document}, $of, 'as the pages say';
$file = answer(getApiFile => '/files?path=acme/shop/v1/order.proto')->{json};
is_deeply $file->{importedBy}, ['acme/shop/v1/shop.proto'], 'who imports it';
is full_names($file->{symbols}), join(' ', map { "$shop.$_" } qw(Order Order.Line Order.Line.Deep
	Order.Line.Unit Order.Company Receipt Unused Kind)), 'nested ones after what they are in';
my $edition = answer(getApiFile => '/files?path=acme/next.proto')->{json};
is $edition->{syntax}, '2023', 'an edition';
is_deeply $edition->{document}, {standard => {'features.field_presence' => 'IMPLICIT'}},
	'with features' or diag explain $edition->{document};
is answer(getApiFile => '/files?path=acme/old.proto')->{json}{syntax}, 'proto2', 'or proto2';
is answer(getApiFile => '/files?path=acme/none.proto')->{status}, 404, 'no such file';

# As an older version of mdash left it.
$mdash->sql("UPDATE proto_file SET document = NULL WHERE path = 'acme/old.proto'");
is answer(getApiFile => '/files?path=acme/old.proto')->{json}{document}, undef,
	'or nothing is known of it';

# --- what is not there, and what is no question ---------------------------------------------

sub near ($name) {
	my $answer = answer(getApiSymbol => "/symbols/$name");
	return join ' ', $answer->{status}, ($answer->{json}{nearest} // [])->@*;
}
is near("$shop.Shopp"), "404 $shop.Shop acme.shop.v1beta1.Shop",
	'a name that is not there answers with those like it, the likest first';
is near("$shop.Shop.Plase"), "404 $shop.Shop.Place", 'also of a method';
is near('acme.shop.v2.Shop'), "404 $shop.Shop acme.shop.v1beta1.Shop",
	'or the same name in another package';
is near('zzz'), '404', 'or none';
is near("$shop.Order.nothing"), '404', 'a field that its message lacks';
is answer(getApiSymbol => "/symbols/$_")->{status}, 404, "no name: $_"
	for 'acme.', '.acme', 'a%20b', '%25', "$shop.Order.", 'x' x 500;
for my $case (['/symbols/x?revision=0', '?revision'], ['/symbols/x?revision=x', '?revision'],
	['/symbols/x?other=1', '?other'], ['/files', '?path'], ['/files?path=', '?path'],
	['/revisions?limit=0', '?limit'], ['/revisions?after=x', '?after'],
	["/symbols/$shop.Order/uses?after=x", '?after'], ['/diff?from=1', '?to'],
	['/descriptor-set?symbol=', '?symbol'], ['?revision=99999999999', '?revision']) {
	my ($path, $pointer) = @$case;
	my $answer = $ci->get("$base$path");
	is $answer->{status} . ' ' . ($answer->{json}{errors}[0]{pointer} // ''), "422 $pointer",
		"$path is no question";
}

done_testing;
