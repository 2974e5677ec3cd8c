#!/usr/bin/env perl
# SPDX-License-Identifier: Apache-2.0
# What writes the items of a whole campaign may take as long as a publish, and many
# changes at once longer than one. Writing sleeps here for longer than other statements
# may take, whatever the machine does.
use v5.36;
use FindBin qw($Bin);
use lib "$Bin/..";
use Mdash;
use Mdash::Campaign qw(items);
use Mdash::Publish qw(publish spec);
use Test::More;

my $mdash = Mdash->new(areas => [qw(auth ingest todos)], settings => {statement_timeout_ms => '1s'});
my $admin = $mdash->sign_in('admin');
my $ci = $mdash->token(scopes => ['ingest:write']);
my $campaigns = '/api/v1/campaigns';

sub draft ($name, %with) {
	my $draft = {name => $name, title => $name, team => 'red', rule => '$.spec.tier == 1', %with};
	is $admin->post($campaigns, $draft)->{status}, 201, "a draft: $name";
}

is publish($ci, "shop-$_", spec("shop-$_", tier => $_))->{status}, 200, 'a service' for 1 .. 2;
$mdash->sql(<<'SQL');
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.1); RETURN NULL; END $$;
CREATE TRIGGER slow AFTER INSERT ON todo_transition FOR EACH STATEMENT EXECUTE FUNCTION slow();
SQL

draft('many');
is $admin->post("$campaigns/many/launch")->{status}, 200, 'a launch';
is items($mdash, 'many'), 'shop-1:done shop-2:open', '  with all items';
is $admin->request('PATCH', "$campaigns/many", body => {rule => '$.spec.tier == 2'},
	headers => {'if-match' => '"2"'})->{status}, 200, 'another rule';
is items($mdash, 'many'), 'shop-1:open shop-2:done', '  turns all items';
is $admin->post("$campaigns/many/end", {state => 'finished'})->{status}, 200, 'an end';
is items($mdash, 'many'), 'shop-1:cancelled shop-2:done', '  of what was open';
draft(held => (rule => '$.spec.tier == 3', teamLimit => 1));
is $admin->post("$campaigns/held/launch")->{status}, 202, 'a launch is held';
is $admin->post("$campaigns/held/approve")->{status}, 200, '  and approved';
is items($mdash, 'held'), 'shop-1:open shop-2:open', '  with all items';

# --- many changes at once --------------------------------------------------------------

$mdash->sql(<<'SQL');
DROP TRIGGER slow ON todo_transition;
CREATE FUNCTION slow_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.25); RETURN NULL; END $$;
CREATE TRIGGER slow AFTER INSERT ON todo_transition FOR EACH ROW EXECUTE FUNCTION slow_row();
SQL
my @ids = map { $_->{id} } $admin->get('/api/v1/todos?campaign=held')->{json}{items}->@*;
my $answer = $admin->post('/api/v1/todos/bulk', {items => [map {
	{id => $_, version => 1, change => {state => 'not_applicable', reason => 'x'}} } @ids]});
is $answer->{status}, 200, 'two changes that take longer than one may';
is items($mdash, 'held'), 'shop-1:not_applicable shop-2:not_applicable', '  are made';
done_testing;
