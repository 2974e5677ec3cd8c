#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# mdash apis against a server: a set tried out and published, what breaks by the
# policy, by a category and but for a waiver, and what is refused.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Proto qw(descriptor_set);
use Mdash::Publish qw(publish);
use POSIX qw(strftime);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest apis)]);
my $ci = $mdash->token(scopes => ['ingest:write']);
my $admin = $mdash->sign_in('admin');

# Variables of the CI system that runs this test must not count.
delete @ENV{qw(GITHUB_ACTIONS GITLAB_CI JENKINS_URL)};
my $made = $mdash->mdash('token', 'create', 'test', '--scope', 'ingest:write');
chomp(our $secret = $made->{out});

sub apis (@arguments) {
	local $mdash->{environment} = {MDASH_URL => $mdash->origin, MDASH_TOKEN => $secret};
	return $mdash->mdash('apis', @arguments);
}

# Written as bytes, not as text.
sub file ($name, $bytes) {
	my $path = $mdash->dir . "/$name.binpb";
	open my $out, '>:raw', $path or die "$path: $!\n";
	print $out $bytes;
	close $out or die "$path: $!\n";
	return $path;
}

sub set ($name, $rpcs) {
	return file($name, descriptor_set({'acme/cart.proto' => <<~"PROTO"}));
		syntax = "proto3";
		package acme;
		message Item { string id = 1; }
		service Cart {
		$rpcs
		}
		PROTO
}

my $full = set('full', "  rpc Add(Item) returns (Item);\n  rpc Empty(Item) returns (Item);");
my $less = set('less', '  rpc Add(Item) returns (Item);');
is publish($ci, 'till', "serviceID: till\ngrpc: {consumes: [acme.Cart/Empty]}\n")->{status},
	200, 'a service that calls an RPC';

my $done = apis('publish', 'acme', $full);
is $done->{status}, 0, 'a set is published' or diag $done->{err};
like $done->{err}, qr/^created: revision 1, 1 files \(1 new, 0 changed, 0 removed\)/, 'and counted';
$done = apis('publish', 'acme', $full);
like $done->{err}, qr/^unchanged: revision 1/, 'again it is unchanged';

# --- tried out ------------------------------------------------------------------------

my $finding = qr{^acme/cart\.proto:4:1: RPC_NO_DELETE: .*Empty.*; };
my $hit = qr{^  till consumes \(no owner\): acme\.Cart\.Empty$}m;
$done = apis('validate', 'acme', $less);
is $done->{status}, 1, 'what breaks something is an error';
like $done->{out}, qr{$finding}m, 'it is told at its place';
like $done->{out}, qr{$hit}m, 'with who is hit';
unlike $done->{out}, qr/WITHOUT_DEPRECATION/, 'what the policy does not ask for is not';
like $done->{err}, qr/^dry run: updated: revision 2,.*; by the policy 1 breaking, 0 waived and 1 allowed changes$/m,
	'all is counted, as a dry run';
is $mdash->value('SELECT max(number) FROM proto_revision'), 1, 'nothing is kept';

$done = apis('validate', '--breaking', 'WIRE', 'acme', $less);
is $done->{status}, 0, 'a category says what counts instead';
is $done->{out}, '', 'it finds nothing here';
my $policy = qr/by the policy 1 breaking, 0 waived and 1 allowed changes/;
like $done->{err}, qr/; 0 breaking by WIRE \($policy\)$/m, 'the last line says what each finds';
$done = apis('validate', '--breaking', 'NONE', 'acme', $less);
is $done->{status}, 0, 'none can be an error';
like $done->{err}, qr/; 0 breaking by NONE \($policy\)$/m, 'and the policy is still told';
$done = apis('validate', '--breaking', 'MDASH', 'acme', $less);
is $done->{status}, 1, 'another one, too';
like $done->{out}, qr/REMOVED_WITHOUT_DEPRECATION/, 'with its findings';
like $done->{err}, qr/; 1 breaking by MDASH \($policy\)$/m, 'which are counted';
is apis('validate', '--breaking', 'SOME', 'acme', $less)->{status}, 2, 'there is no other';

my $json = apis('validate', '--json', 'acme', $less);
is $json->{status}, 1, 'as JSON it is an error, too';
is decode_json($json->{out})->{verdicts}{breaking}, 1,
	'with the server\'s answer and nothing else';
like $json->{err}, qr/^dry run: updated: .*$policy\n\z/, 'the last line is on stderr';
is apis('validate', '--json', '--breaking', 'WIRE', 'acme', $less)->{status}, 0,
	'and the category decides';

my $until = strftime('%Y-%m-%dT00:00:00.000Z', gmtime(time + 5 * 86_400));
is $admin->post('/api/v1/apis/acme/waivers', {rule => 'RPC_NO_DELETE',
	subject => 'acme.Cart.Empty', reason => 'nobody used it', until => $until})->{status},
	201, 'an admin lets it pass';
$done = apis('validate', 'acme', $less);
is $done->{status}, 0, 'then it is no error';
like $done->{out}, qr{${finding}waived by user:admin until \Q$until\E: nobody used it$}m,
	'but told, with who, why and until when';
is apis('validate', '--breaking', 'FILE', 'acme', $less)->{status}, 1,
	'a category looks at no waiver';

$done = apis('publish', 'acme', $less);
is $done->{status}, 0, 'it is published';
like $done->{err}, qr/^updated: revision 2,.* 0 breaking, 1 waived/, 'as it was tried out';

# --- what a set lacks -----------------------------------------------------------------

my %imports = (
	'acme/money.proto' => qq{syntax = "proto3";\npackage acme;\nmessage Money {}\n},
	'acme/till.proto' => qq{syntax = "proto3";\npackage acme;\nimport "acme/money.proto";\n}
		. "message Till { Money in = 1; }\n",
);
my $lacks = file('lacks', descriptor_set(\%imports, only => ['acme/till.proto'],
	imports => 0, source_info => 0));
unlike apis('publish', 'till', file('whole', descriptor_set(\%imports)))->{err}, qr/warning|import/,
	'a set that has all has no warning';
for my $command (qw(validate publish)) {
	$done = apis($command, 'till', $lacks);
	is $done->{status}, 0, "$command: what is missing is no error";
	like $done->{err}, qr{^warning: 1 of 2 files have no comments and lines, acme/till\.proto first; }m,
		'  but told: source info';
	like $done->{err}, qr{^import taken from what is stored: acme/money\.proto$}m,
		'  and imports that were completed';
}
unlike apis('publish', '--json', 'till', $lacks)->{err}, qr/warning/,
	'as JSON it is in the answer';

# --- texts of findings ----------------------------------------------------------------

sub noted ($name, $default) {
	return file($name, descriptor_set({'acme/note.proto' => <<~"PROTO"}));
		syntax = "proto2";
		package acme;
		message Note { optional string text = 1 [default = "$default"]; }
		PROTO
}

apis('publish', 'note', noted('spoken', 'say \\"hi\\"\\n'));
$done = apis('validate', '--breaking', 'FILE', 'note', noted('silent', ''));
like $done->{out}, qr{ changed its default from "say \\"hi\\"\\n" to ""; }, 'a default keeps to one line';

# --- refused --------------------------------------------------------------------------

$done = apis('publish', 'acme', file('bad', "\x0a\xff"));
is $done->{status}, 1, 'what is no set is refused';
like $done->{err} . $done->{out}, qr/the set cannot be read/, 'with the reason';
chomp(my $bound = $mdash->mdash('token', 'create', 'bound', '--scope', 'ingest:write',
	'--service', 'acme-*')->{out});
{
	local $secret = $bound;
	$done = apis('publish', 'acme', $full);
}
is $done->{status}, 1, 'a token that is bound may not publish what all share';
like $done->{err}, qr/^refused \(403\): .*\n  needed: role admin$/m, 'and is told who may';
is apis('publish', 'Acme!', $full)->{status}, 1, 'so is the name of a repository';
is apis('publish', 'acme', '/nowhere/x.binpb')->{status}, 2, 'a file must be there';

done_testing;
