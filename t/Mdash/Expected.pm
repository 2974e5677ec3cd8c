# SPDX-License-Identifier: Apache-2.0
package Mdash::Expected;

# What is known of services and what items of campaigns must be by it, kept beside a
# database without looking at its facts: tests tell what they do to both, and compare.
use v5.36;
use Exporter 'import';
use JSON::PP;

our @EXPORT_OK = qw(next_state);

my $json = JSON::PP->new->canonical->allow_nonref;

my %to_do = map { $_ => 1 } qw(open waiting in_review);

# The state of an item after rules have looked at it; undef = there is none. `wanted`:
# the campaign is for its service; `holds`: what its rule says, undef without one.
sub next_state ($state, $wanted, $holds, $reviewed) {
	if (!$wanted) {
		return defined $state && ($to_do{$state} || $state eq 'exempt') ? 'cancelled' : $state;
	}
	return $holds ? 'done' : 'open' if !defined $state || $state eq 'cancelled';
	return $state if $state eq 'not_applicable' || $state eq 'exempt';
	if (defined $holds) {
		return $reviewed ? 'in_review' : 'done' if $holds && $state =~ /^(?:open|waiting)$/;
		return 'open' if !$holds && $state =~ /^(?:done|in_review)$/;
	}
	return 'done' if $state eq 'in_review' && !$reviewed;
	return $state;
}

sub new ($class) { return bless {known => {}, item => {}, spec => {}, file => {}}, $class }

# Facts of one family that CI says of a service; wholly: nothing else is known of it.
sub say ($self, $service, $family, $facts, $wholly) {
	my $known = $self->{known}{$service} //= {};
	$known->{$family} = {} if $wholly;
	$known->{$family} = {($known->{$family} // {})->%*, %$facts};
	return;
}

sub forget ($self, $service, $family, $name) {
	delete $self->{known}{$service}{$family}{$name};
	return;
}

# A spec that is current; undef = the service is no longer declared.
sub spec ($self, $service, $spec) {
	$self->{spec}{$service} = $spec;
	return;
}

sub live ($self) { return grep { $self->{spec}{$_} } sort keys $self->{spec}->%* }

# What the current revision declares: full name => deprecated.
sub declares ($self, $file) { $self->{file} = $file; return }

sub _api ($self, $spec) {
	my %api;
	my $grpc = $spec->{grpc} // {};
	$api{provides} = [sort $grpc->{provides}->@*] if $grpc->{provides};
	for my $target (sort(($grpc->{consumes} // [])->@*)) {
		my $deprecated = $self->{file}{$target =~ tr{/}{.}r};
		push $api{undeclaredCalls}->@*, $target if !defined $deprecated;
		push $api{deprecatedCalls}->@*, $target if $deprecated;
	}
	return \%api;
}

# Everything that is known of a service: {family => {name => value}}.
sub document ($self, $service) {
	my $spec = $self->{spec}{$service};
	my %all = (($self->{known}{$service} // {})->%*,
		$spec ? (spec => $spec, api => $self->_api($spec)) : ());
	delete @all{grep { !$all{$_}->%* } keys %all};
	return \%all;
}

sub documents ($self) {
	return $json->encode({map { $_ => $self->document($_) } keys $self->{spec}->%*});
}

# Rules look at everything: $asked is {campaign => {state, rule, quarantine, permanent,
# reviewed, wanted => [...], holds => {...}}}; `opens` has campaigns that make items for
# whoever they are for.
sub judge ($self, $asked, $opens) {
	for my $name (sort keys %$asked) {
		my $c = $asked->{$name};
		my $items = $self->{item}{$name} //= {};
		next if $c->{state} ne 'running';
		my %wanted = map { $_ => 1 } ($c->{wanted} // [])->@*;
		my %all = map { $_ => 1 } keys %$items,
			$c->{permanent} || $opens->{$name} ? keys %wanted : ();
		my $ruled = defined $c->{rule} && !defined $c->{quarantine};
		for my $service (keys %all) {
			my $holds = $ruled && $wanted{$service} ? ($c->{holds}{$service} ? 1 : 0) : undef;
			my $state = next_state($items->{$service}{state}, $wanted{$service}, $holds,
				$c->{reviewed});
			$items->{$service}{state} = $state;
		}
	}
	$self->_unblock;
	return;
}

sub _unblock ($self) {
	my %settled;
	for my $name (keys $self->{item}->%*) {
		my $items = $self->{item}{$name};
		$settled{"$name/$_"} = !$to_do{$items->{$_}{state}} for keys %$items;
	}
	for my $items (values $self->{item}->%*) {
		for my $item (values %$items) {
			$item->{state} = 'open' if $item->{state} eq 'waiting' && $settled{$item->{waits}};
		}
	}
	return;
}

# What is still to be done ends with its campaign.
sub end ($self, $name) {
	for my $item (values $self->{item}{$name}->%*) {
		$item->{state} = 'cancelled' if $to_do{$item->{state}};
	}
	$self->_unblock;
	return;
}

1;
