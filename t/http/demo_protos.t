#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The .proto files of the demo company: they go with its specs, but for what
# demo/README.md says, and so does what the step from the revision before breaks.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Check qw(program skip_or_fail);
use Mdash::Files qw(read_source source_dir source_files);
use Mdash::Proto qw(publish_set_of);
use Mdash::Publish qw(publish_set);
use Test::More;
use YAML::XS ();

program('protoc') or skip_or_fail('there is no protoc');
-e '/usr/include/google/protobuf/timestamp.proto'
	or skip_or_fail('libprotobuf-dev is missing');

my $mdash = Mdash->new;
my $ci = $mdash->token(scopes => [qw(ingest:write catalog:read)]);
my $specs = join '', map { read_source($_) } source_files(qr{^demo/specs/});
my $readme = read_source('demo/README.md');

# The bytes of a set: of now, or 'before'.
sub compiled (@revision) {
	my $set = $mdash->dir . '/demo.binpb';
	system(source_dir() . '/demo/compile.sh', $set, @revision) == 0
		or die "demo/compile.sh failed\n";
	open my $in, '<:raw', $set or die "$set: $!";
	local $/;
	return <$in>;
}

# The cells of the table of the README below a heading, row by row.
sub table ($heading) {
	my ($part) = $readme =~ /^### \Q$heading\E\n(.*?)(?=^#|\z)/ms
		or die "no table \"$heading\"\n";
	my @rows = map { [map { s/^[\s`]+|[\s`]+$//gr } split /\|/, s/^\||\|$//gr] }
		grep { /^\|/ } split /\n/, $part;
	return @rows[2 .. $#rows];
}

is publish_set($ci, 'demo', $specs)->{status}, 200, 'the specs are accepted';
my $first = publish_set_of($ci, 'kazamori', compiled('before'), sequence => 0);
is $first->{status}, 200, 'the revision before is accepted' or diag $first->{content};
my $second = publish_set_of($ci, 'kazamori', compiled(), sequence => 1);
is $second->{status}, 200, 'and the one of now' or diag $second->{content};
is_deeply [map { $_->{json}{warnings}->@* } $first, $second], [], 'without a warning';
my ($counted) = $readme =~ /(\d+ gRPC services with \d+ RPCs)/;
is $counted, sprintf('%d gRPC services with %d RPCs',
	$second->{json}{counts}->@{qw(services methods)}), 'as many as the README says';
is join(' ', $second->{json}{files}->@{qw(new removed)}), '0 0', 'of the same files';
is $second->{json}{files}{changed}, scalar source_files(qr{^demo/protos-before/}),
	'and each one in protos-before differs';

# --- what the specs name -------------------------------------------------------------

sub is_declared ($name) {
	return $ci->get("/api/v1/apis/kazamori/symbols/$name")->{status} == 200;
}

my (%provided, %consumed);
for my $spec (grep { ref } YAML::XS::Load($specs)) {
	$provided{$_} = 1 for ($spec->{grpc}{provides} // [])->@*;
	$consumed{$_}{$spec->{serviceID}} = 1 for ($spec->{grpc}{consumes} // [])->@*;
}
cmp_ok scalar keys %provided, '>', 140, 'services provide gRPC services';
cmp_ok scalar keys %consumed, '>', 190, 'and consume RPCs';
is join("\n", grep { !is_declared($_) } sort keys %provided), '',
	'every provided service is declared';
my @missing = grep { !is_declared(s{/}{.}r) } sort keys %consumed;
is_deeply [map { [$_, join ' ', sort keys $consumed{$_}->%*] } @missing],
	[sort { $a->[0] cmp $b->[0] } map { [$_->@[0, 1]] } table('Consumed, but not declared')],
	'every consumed RPC is, but those that the README names';

# --- from the revision before --------------------------------------------------------

is join("\n", sort map { "$_->{rule} " . ($_->{fullName} // $_->{path}) }
	$second->{json}{findings}->@*),
	join("\n", sort map { "$_->[0] $_->[1]" } table('What the last revision breaks')),
	'it breaks what the README says';
is join(' ', sort map { $_->{service} } grep { $_->{role} eq 'consumes' }
	map { $_->{impact}->@* } grep { $_->{rule} eq 'RPC_NO_DELETE' }
	$second->{json}{findings}->@*), 'nq-treasury', 'also for one who calls what is gone';

my $diff = $ci->get('/api/v1/apis/kazamori/diff?from=1&to=2')->{json};
my %changes = map { $_->{fullName} => $_ } map { $_->{changes}->@* } $diff->{packages}->@*;
my %how = (
	'kazamori.pay.wallet.v1.LimitService.WatchNearLimit' => 'added',
	'northquay.fx.v1.RateService.History' => 'removed',
	'kazamori.group.notification.v1.NotificationService.SendSms' => 'changed',
);
is $changes{$_}{how}, $how{$_}, "$_ is $how{$_}" for sort keys %how;
ok $changes{'kazamori.market.brand.v1.BrandService.Match'}{onlyComment},
	'one change is of a comment only';

# --- what a screen has to cope with --------------------------------------------------

sub symbol ($name) {
	return $ci->get("/api/v1/apis/kazamori/symbols/$name")->{json};
}

my $features = symbol('kazamori.group.feature.v1.PersonFeatures');
cmp_ok scalar $features->{document}{fields}->@*, '>', 120, 'a large message';
my $kinds = symbol('kazamori.pay.merchant.v1.BusinessKind');
cmp_ok scalar $kinds->{document}{values}->@*, '>', 120, 'a large enum';
is_deeply symbol('kazamori.pay.payment.v1')->{siblings}, ['kazamori.pay.payment.v2beta1'],
	'a package with another version';
is symbol('kazamori.group.identity.v1.TokenService')->{document}{options}
	{'kazamori.options.v1.owner'}, 'identity', 'an option of our own';
like symbol('kazamori.market.escrow.v1.EscrowService')->{document}{comment}, qr/預かる/,
	'a comment in Japanese';

my %streams;
for my $name (sort keys %provided) {
	for my $method (symbol($name)->{document}{methods}->@*) {
		my $kind = ($method->{clientStreaming} ? 'client' : '')
			. ($method->{serverStreaming} ? 'server' : '');
		$streams{$kind}++;
	}
}
cmp_ok $streams{$_}, '>=', 3, "streams of the kind $_" for qw(client server clientserver);

done_testing;
