#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What the page costs, as nginx serves it: bytes of a first visit, bytes of each
# screen, how answers may be kept, packages in the lock file.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use JSON::PP;
use Mdash::Publish qw(publish spec);
use Mdash::Web qw(browse mdash_for_browser web_dir);

my $mdash = mdash_for_browser();
$mdash->user($_) for qw(admin anna);
my $ci = $mdash->token(scopes => ['ingest:write']);
publish($ci, 'acme-payment', spec('acme-payment', teamName => 'payments'));
publish($ci, 'acme-payment', "serviceID: acme-payment\ntier: 9\n");

browse($mdash,
	packages => sub {
		open my $file, '<', web_dir() . '/package-lock.json' or die $!;
		local $/;
		my $all = decode_json(<$file>)->{packages};
		return [map { s{.*node_modules/}{}r }
			grep { $_ ne '' && !$all->{$_}{dev} } sort keys %$all];
	},
	# A file of the page as nginx gives it to a client that takes gzip or not:
	# its size, its headers, and whether it is the file that was compressed once.
	fetch => sub ($path, $encoding) {
		my $answer = $mdash->client->get($path, 'accept-encoding' => $encoding,
			accept => 'text/html');
		my $made = $mdash->tree . "/share/mdash/page$path.gz";
		my $same = -f $made && do {
			open my $file, '<:raw', $made or die $!;
			local $/;
			<$file> eq $answer->{content};
		};
		return {
			size => length $answer->{content},
			status => 0 + $answer->{status},
			headers => $answer->{headers},
			static => $same ? JSON::PP::true : JSON::PP::false,
		};
	});
