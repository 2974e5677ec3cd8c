#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# Symbols of gRPC APIs in the search: by parts of names, words of CamelCase and
# full names, of the current revision alone.
use v5.36;
use utf8;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Proto qw(descriptor_set publish_set_of);
use Mdash::Publish qw(publish spec);
use Test::More;

my %proto = (
	'acme/pay/v1/pay.proto' => <<~'PROTO',
		syntax = "proto3";
		package acme.pay.v1;
		service PaymentService {
		  rpc GetPayment(GetPaymentRequest) returns (Payment);
		  rpc ListPayments(GetPaymentRequest) returns (stream Payment);
		}
		service PayoutScheduler { rpc Run(Payment) returns (Payment); }
		service PaymentSink { option deprecated = true; }
		message GetPaymentRequest { string payment_id = 1; }
		message Payment {
		  string payment_id = 1;
		  int64 amount_minor = 2;
		  message Line { string payment_id = 1; }
		  Status status = 3;
		}
		message XMLHttpPayment {}
		message Status2 {}
		enum Status { STATUS_UNSPECIFIED = 0; STATUS_SETTLED = 1; }
		PROTO
	'acme/far.proto' => <<~'PROTO',
		syntax = "proto3";
		package acme.far.down.below.all.others.v1;
		message Target {}
		PROTO
	'acme/pay/v2/pay.proto' => <<~'PROTO',
		syntax = "proto2";
		package acme.pay.v2;
		message Payment { optional string payment_id = 1; extensions 100 to 200; }
		extend Payment { optional string settlement_note = 100; }
		PROTO
);

binmode Test::More->builder->$_, ':utf8' for qw(output failure_output);

my $mdash = Mdash->new;
my $reader = $mdash->sign_in('aoi');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $v1 = 'bank/acme.pay.v1';
my $v2 = 'bank/acme.pay.v2';

sub search ($words, $more = '') {
	utf8::encode($words);
	$words =~ s/([^A-Za-z0-9])/sprintf '%%%02X', ord $1/ge;
	my $answer = $reader->get("/api/v1/search?q=$words$more");
	is $answer->{status}, 200, "the search $words$more answers";
	return $answer->{json}{items};
}
sub names ($words, $more = '') {
	return join ' ', map { $_->{key} =~ s{^bank/acme\.pay\.}{}r } search($words, $more)->@*;
}

is publish_set_of($ci, 'bank', descriptor_set(\%proto), sequence => 1)->{status}, 200,
	'a set is published';
publish($ci, 'payment', spec('payment', description => 'Payments', tier => 1));

# --- what finds a symbol ---------------------------------------------------------------

# [words, kind, what is found, the best first]
for my $case (
	# whole names, whatever the case
	['PaymentService', '', 'v1.PaymentService'],
	['paymentservice', '', 'v1.PaymentService'],
	['Payment', 'message', 'v1.Payment v2.Payment v1.XMLHttpPayment v1.GetPaymentRequest'],
	# beginnings
	['Paym', 'grpc-service', 'v1.PaymentService v1.PaymentSink'],
	['GetP', '', 'v1.PaymentService.GetPayment v1.GetPaymentRequest'],
	['status_s', '', 'v1.Status.STATUS_SETTLED'],
	['li', 'message', 'v1.Payment.Line'],
	# anything within
	['mentserv', '', 'v1.PaymentService'],
	['minor', '', 'v1.Payment.amount_minor'],
	['unspec', 'value', 'v1.Status.STATUS_UNSPECIFIED'],
	['ettlement', 'extension', 'v2.settlement_note'],
	# words of CamelCase
	['PS', 'grpc-service', 'v1.PaymentService v1.PayoutScheduler v1.PaymentSink'],
	['PaSe', 'grpc-service', 'v1.PaymentService'],
	['PaymSch', '', ''],
	['PaySch', '', 'v1.PayoutScheduler'],
	['GPR', '', 'v1.GetPaymentRequest'],
	['GePaRe', '', 'v1.GetPaymentRequest'],
	['XMLHP', '', 'v1.XMLHttpPayment'],
	# full names, and parts of them
	['acme.pay.v2.Payment', 'message', 'v2.Payment'],
	['.acme.pay.v2.Payment', 'message', 'v2.Payment'],
	['v2.Payment', 'message', 'v2.Payment'],
	['Payment.payment_id', '', 'v1.Payment.payment_id v2.Payment.payment_id'
		. ' v1.GetPaymentRequest.payment_id v1.Payment.Line.payment_id'],
	['PaymentService.ListPayments', '', 'v1.PaymentService.ListPayments'],
	['PaymentService/ListPayments', '', 'v1.PaymentService.ListPayments'],
	['acme.pay.v1.PaymentService/GetPayment', '', 'v1.PaymentService.GetPayment'],
	['/acme.pay.v1.PaymentService/GetPayment', '', 'v1.PaymentService.GetPayment'],
	['acme.far.down.below.all.others.v1.Target', '', 'bank/acme.far.down.below.all.others.v1.Target'],
	['below.all.others.v1.Target', '', 'bank/acme.far.down.below.all.others.v1.Target'],
	['service getpay', '', 'v1.PaymentService.GetPayment'],
	['payment line', '', 'v1.Payment.Line v1.Payment.Line.payment_id'],
	# what is a pattern elsewhere
	['%', '', ''], ['a_m', '', ''], ['amount_m', '', 'v1.Payment.amount_minor'],
	['payment%', '', ''], ['status\\', '', ''], ['決済', '', ''], ['zzz', '', ''], ['.', '', ''],
) {
	my ($words, $kind, $want) = @$case;
	is names($words, $kind eq '' ? '' : "&kind=$kind"), $want,
		"'$words' finds " . ($want || 'nothing');
}
is_deeply search('PaymentService')->[0], {kind => 'grpc-service',
	key => "$v1.PaymentService", title => 'PaymentService', detail => 'acme.pay.v1',
	team => undef}, 'a hit says what it is, and in which package';
is search('amount_minor')->[0]{detail}, 'acme.pay.v1.Payment', 'or in which message';

# --- the best first --------------------------------------------------------------------

my @all = map { "$_->{kind}:$_->{key}" =~ s{bank/acme\.pay\.}{}r } search('payment', '&limit=50')->@*;
is $all[0], 'service:payment', 'a service that is called so comes first';
is "@all[1, 2]", 'message:v1.Payment message:v2.Payment', 'then messages that are';
ok +(grep { /GetPaymentRequest$/ } @all), 'and what has it within';
is names('payment', '&limit=1&kind=message'), 'v1.Payment', 'no more than asked for';
is names('payment_id', '&kind=field'),
	'v1.GetPaymentRequest.payment_id v1.Payment.Line.payment_id v1.Payment.payment_id'
	. ' v2.Payment.payment_id', 'fields of one name, by where they are';
for my $case ([service => 'payment'], [rpc => 'v1.PaymentService.GetPayment'],
	[enum => ''], [field => 'v1.GetPaymentRequest.payment_id']) {
	my ($kind, $first) = @$case;
	my ($found) = split / /, names('payment', "&kind=$kind");
	is $found // '', $first, "of the kind $kind first: $first";
}

# --- kept up to date -------------------------------------------------------------------

my %next = %proto;
$next{'acme/pay/v1/pay.proto'} =~ s/PayoutScheduler/DrawdownPlanner/;
is publish_set_of($ci, 'bank', descriptor_set(\%next), sequence => 3, dryRun => 1)->{status}, 200,
	'a dry run';
is names('DrawdownPlanner'), '', 'is not found';
is publish_set_of($ci, 'bank', descriptor_set(\%next), sequence => 3)->{status}, 200,
	'the publish';
is names('DrawdownPlanner'), 'v1.DrawdownPlanner', 'is, at once';
is names('PayoutScheduler'), '', 'and what is gone is not';
is names('payoutsch'), '', 'nor by a part';
is names('DrawdownPlanner.Run'), 'v1.DrawdownPlanner.Run', 'with what is in it';
$next{'acme/pay/v1/pay.proto'} =~ s/DrawdownPlanner/LatePlanner/;
is publish_set_of($ci, 'bank', descriptor_set(\%next), sequence => 2)->{json}{result},
	'superseded', 'what comes too late';
is names('LatePlanner'), '', 'is not found either';
is publish_set_of($ci, 'other', descriptor_set({'o.proto' => <<~'PROTO'}))->{status}, 200,
	syntax = "proto3";
	package other;
	message DrawdownPlanner {}
	PROTO
	'another repository';
is join(' ', map { $_->{key} } search('DrawdownPlanner')->@*),
	"$v1.DrawdownPlanner other/other.DrawdownPlanner", 'one search is over all';
is $mdash->value(<<~'SQL'), 0, 'every entry is of a symbol of a current revision';
	SELECT count(*) FROM search_entry e
	 WHERE e.repository IS NOT NULL AND NOT EXISTS (
	   SELECT FROM proto_repository r
	     JOIN revision_spans(r.id, r.revision) AS s ON true
	     JOIN proto_symbol y ON y.file = s.file
	    WHERE r.id = e.repository AND e.key = r.name || '/' || y.full_name)
	SQL

done_testing;
