#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Search: any part of a word, in Japanese as in English, the best hit first.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Publish qw(publish publish_set spec);
use Test::More;

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $mdash = Mdash->new(areas => [qw(auth ingest services)]);
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);

sub search ($words, $more = '') {
	utf8::encode($words);
	$words =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ge;
	return $admin->get("/api/v1/search?q=$words$more");
}

sub keys_of ($words, $more = '') {
	my $answer = search($words, $more);
	return $answer->{status} if $answer->{status} != 200;
	return join ' ', map { $_->{key} } $answer->{json}{items}->@*;
}

my %about = (
	'kessai-kanji' => '決済を受け付けるサービス',
	'kessai-kata' => 'ケッサイの結果を通知',
	'kessai-hira' => 'けっさいのお知らせ',
	'kessai-half' => 'ｹｯｻｲ ﾊﾞｯﾁ',
	'wide-latin' => 'ＰＡＹＭＥＮＴ　ｇａｔｅｗａｙ',
	'server-long' => 'サーバー監視',
	'cafe-accent' => 'Café Ünïcode straße',
	'percent-sign' => '100% of a_b and c\d',
	'voiced-nfd' => "か\x{3099}んばる",
	'one-kanji' => '税',
	'iteration' => '時々',
);
publish_set($ci, 'demo', [map { my $text = spec($_, description =>
	q(") . $about{$_} =~ s/([\\"])/\\$1/gr . q("), teamName => undef);
	utf8::encode($text); $text } sort keys %about]);

# [words, keys that must be found, in any order]
for my $case (
	['決済', 'kessai-kanji'], ['決', 'kessai-kanji'], ['済を', 'kessai-kanji'],
	['受け付け', 'kessai-kanji'], ['付けるサ', 'kessai-kanji'],
	['ケッサイ', 'kessai-half kessai-hira kessai-kata'],
	['けっさい', 'kessai-half kessai-hira kessai-kata'],
	['ｹｯｻｲ', 'kessai-half kessai-hira kessai-kata'],
	['けつさい', ''], ['ッサ', 'kessai-half kessai-hira kessai-kata'],
	['っさい', 'kessai-half kessai-hira kessai-kata'],
	['ばっち', 'kessai-half'], ['バッチ', 'kessai-half'], ['ハッチ', ''],
	['payment', 'wide-latin'], ['ＰＡＹ', 'wide-latin'],
	['Gate', 'wide-latin'], ['GW', ''], ['wa', 'wide-latin'],
	['サーバー', 'server-long'], ['サーバ', 'server-long'],
	['さーばー', 'server-long'], ['ー', 'kessai-kanji server-long'], ['バー監', 'server-long'],
	['CAFÉ', 'cafe-accent'], ["cafe\x{301}", 'cafe-accent'], ['ünï', 'cafe-accent'],
	['100%', 'percent-sign'], ['%', 'percent-sign'], ['a_b', 'percent-sign'],
	['_', 'percent-sign'], ['c\d', 'percent-sign'], ['aXb', ''],
	['がんばる', 'voiced-nfd'], ['ガン', 'voiced-nfd'], ['税', 'one-kanji'],
	['々', 'iteration'], ['時々', 'iteration'],
	['essai-k', 'kessai-kanji kessai-kata'], ['-', join ' ', sort grep { /-/ } keys %about],
	['けっさい 通知', 'kessai-kata'], ['通知　けっさい', 'kessai-kata'],
	['けっさい 税', ''], ['ッ ち', 'kessai-half'], ['kata ケ', 'kessai-kata'],
	['決済 zzz', ''], ['zzz', ''], ['   ', ''], ['　', ''],
) {
	my ($words, $want) = @$case;
	my $got = join ' ', sort split / /, keys_of($words, '&limit=50');
	is $got, $want, "'$words' finds " . ($want || 'nothing');
}

# Each part of a description of each length is found.
my @missed;
for my $key (sort keys %about) {
	my $norm = $about{$key} =~ s/\s+/ /gr;
	for my $length (1 .. 4) {
		for my $from (0 .. length($norm) - $length) {
			my $part = substr $norm, $from, $length;
			# Half a letter, parted from its voiced mark, is another one.
			next if $part =~ /^[ \x{3099}ﾞ]|[ か]$|[ﾊ]$/;
			push @missed, "$key: $part"
				if keys_of($part, '&limit=50') !~ /\b\Q$key\E\b/;
		}
	}
}
is join("\n", @missed), '', 'every part of every description finds it';

# --- the best first -----------------------------------------------------------------

publish($ci, $_->[0], spec($_->[0], $_->[1]->%*)) for (
	['pay', {tier => 4, description => 'x'}],
	['pay-gate', {tier => 3, description => 'x'}],
	['pay-core', {tier => 1, description => 'x'}],
	['pay-core-batch', {tier => 1, description => 'x'}],
	['re-pay', {tier => 1, description => 'x'}],
	['wallet', {tier => 1, description => 'to pay with', teamName => 'pay-team'}],
);
is keys_of('pay', '&kind=service&limit=6'),
	'pay pay-core pay-core-batch pay-gate re-pay wallet',
	'what is called so, what begins so, what has it in its name, the rest';
like keys_of('PAY'), qr/^pay pay-team /, 'a team weighs more than a service';
is keys_of('pay core', '&limit=2'), 'pay-core pay-core-batch',
	'all words in the name, the shorter first';
is keys_of('pay', '&kind=team'), 'pay-team', 'one kind only';
is scalar(split / /, keys_of('a', '&limit=3')), 3, 'no more than asked for';
is_deeply search('re-pay')->{json}{items}[0], {kind => 'service',
	key => 're-pay', title => 're-pay', detail => 'x', team => 'red'},
	'a hit says what it is';

# --- kept up to date ------------------------------------------------------------------

publish($ci, 'wallet', spec('wallet', description => 'purse',
	teamName => 'purse-team'));
is keys_of('purse', '&kind=service'), 'wallet', 'a change is found at once';
is keys_of('to pay'), '', 'what was there before is not';
is keys_of('pay-team'), '', 'a team that owns nothing any more is not';
publish_set($ci, 'demo', [map { my $text = spec($_, description => 'x');
	$text } grep { $_ ne 'one-kanji' } sort keys %about]);
is keys_of('one-kanji'), '', 'what is gone is not found';
is $mdash->value(q{SELECT count(*) FROM service s WHERE NOT EXISTS (
	SELECT FROM search_entry e WHERE e.kind = 'service'
	AND e.key = s.service_id)}), 0, 'every service has its entry';

# --- what is refused ---------------------------------------------------------------------

is search('x' x 200)->{status}, 200, 'as many letters as the limit';
is search('界' x 200)->{status}, 200, 'of any kind';
for my $case (['', '?q'], ["q=" . 'x' x 201, '?q'], ['q=', '?q'],
	['q=x&kind=api', '?kind'], ['q=x&limit=0', '?limit'],
	['q=x&limit=51', '?limit'], ['q=x&after=y', '?after'], ['q=%00', '?q'],
	['q=%E3%81', '?q'], ['q=x&q=y', '?q']) {
	my ($query, $pointer) = @$case;
	my $answer = $admin->get("/api/v1/search?$query");
	is $answer->{status}, 422, substr("'$query'", 0, 20) . ' is refused';
	is $answer->{json}{errors}[0]{pointer}, $pointer, "  for $pointer"
		if $query !~ /%/;
}

done_testing;
