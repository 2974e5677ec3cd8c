#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# The worker gets through a log of which more deliveries are made than a statement
# has time for.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Process qw(wait_until);
use Mdash::Receiver;
use Test::More;

my $place = Mdash::Place->new;
my $receiver = Mdash::Receiver->new($place, 'receiver');
my $mdash = Mdash->new(areas => [qw(auth jobs)], worker => 1, cluster => {}, settings => {
	statement_timeout_ms => '1s', webhook_allow => '127.0.0.1', webhook_schemes => 'http',
	webhook_ports => $receiver->port});
my $admin = $mdash->sign_in('admin');
is $admin->post('/api/v1/webhooks', {name => 'all', types => ['*'], url => $receiver->url('/200')})->{status}, 201,
	'a webhook';
ok wait_until(20, sub { $mdash->value(q{SELECT count(*) FROM event_reader WHERE name = 'webhook'}) }),
	'the worker follows the log';
# So slow that a statement has time for a fraction of what is new.
$mdash->sql(<<~'SQL');
	CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END $$;
	CREATE TRIGGER slowly BEFORE INSERT ON webhook_delivery FOR EACH ROW EXECUTE FUNCTION slowly();
	SELECT count(event_append('service.updated', 'service', 'svc-' || n, NULL, NULL, now(), '{}'))
	  FROM generate_series(1, 400) AS n
	SQL
ok wait_until(60, sub { $mdash->value(q{SELECT count(*) FROM webhook_delivery WHERE state = 'delivered'}) == 400 }),
	'of events that are too many for a statement all are delivered'
	or diag explain [$mdash->sql('SELECT state, count(*) FROM webhook_delivery GROUP BY 1')];
like $mdash->log_of('worker'), qr/fan-out-slow/, '  more of them at a time than it had time for';

done_testing;
