#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What doc/todos.md and the examples of doc/openapi.yaml say about items is so:
# each request is sent as it stands there.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash;
use Mdash::Example qw(differs);
use Mdash::Files qw(read_source);
use Mdash::OpenApi;
use Mdash::Publish qw(publish spec);
use Mdash::Todos qw(campaign item_id);
use Test::More;

# A cluster of its own: changes are shown up to the oldest transaction in it.
my $mdash = Mdash->new(areas => [qw(auth ingest todos)], cluster => {});
my $json = JSON::PP->new->utf8;
my $ci = $mdash->token(scopes => ['ingest:write']);
my $system = $mdash->token(kind => 'system', scopes => ['todos:write']);
publish($ci, 'shop-cart', spec('shop-cart', teamName => 'shop'));

# --- the page -----------------------------------------------------------------------------

local $ENV{MDASH_URL} = $mdash->origin;
local $ENV{MDASH_TOKEN} = $system->{token};
my $text = read_source('doc/todos.md');
my $examples = 0;
while ($text =~ m{^```sh\n(.*?)^```\n\n^```json\n(.*?)^```}gms) {
	my ($command, $shown) = ($1, $2);
	my ($name) = $command =~ m{(\$MDASH_URL\S*?)"};
	local $ENV{ITEM} = $mdash->value('SELECT id FROM todo_item') // '';
	open my $curl, '-|', 'sh', '-c', $command or die "sh: $!";
	my $answer = do { local $/; <$curl> };
	ok close($curl), "$name: the example runs" or diag $answer;
	is join("\n", differs($json->decode($shown), $json->decode($answer), '')), '', '  and is answered so'
		or diag $answer;
	$examples++;
}
is $examples, () = $text =~ m{^```sh$}gm, 'each example has its answer';
cmp_ok $examples, '>', 4, 'there are some';

# --- the contract ---------------------------------------------------------------------------

campaign($mdash, 'one');
my $openapi = Mdash::OpenApi->new;
my %id = (id => item_id($mdash, 'one', 'shop-cart'));
my $sent = 0;
for my $operation (grep { $_->{path} =~ m{^/api/v1/todos} } $openapi->operations) {
	my $example = ($operation->{requestBody} // next)->{content}{'application/json'}{example} // next;
	my $path = $operation->{path} =~ s/\{(\w+)\}/$id{$1}/gr;
	my $version = $mdash->value("SELECT version FROM todo_item WHERE id = $id{id}");
	my $answer = $system->request($operation->{method}, $path, body => $example,
		headers => {'if-match' => qq("$version")});
	like $answer->{status}, qr/^20[01]$/, "$operation->{id}: the example is taken";
	is join("\n", $openapi->faults($operation->{id}, $answer)), '', '  and answered as documented';
	$sent++;
}
is $sent, 3, 'all examples of the contract were sent';

done_testing;
