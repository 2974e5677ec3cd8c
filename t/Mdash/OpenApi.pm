# SPDX-License-Identifier: Apache-2.0
package Mdash::OpenApi;

# doc/openapi.yaml, and whether an answer is what it promises. The part of JSON
# Schema that the document uses is checked; a keyword that is not known here
# dies, so that nothing is passed over in silence.
use v5.36;
use JSON::PP;
use Mdash::Files qw(source_dir);
use YAML::XS ();

my %annotation = map { $_ => 1 } qw(description default summary format name);
my %checked = map { $_ => 1 } qw($ref type required properties
	additionalProperties items enum const oneOf pattern minimum maximum
	minLength maxLength minItems maxItems);

my %type = (
	null => sub ($v) { !defined $v },
	boolean => sub ($v) { JSON::PP::is_bool($v) },
	object => sub ($v) { ref $v eq 'HASH' },
	array => sub ($v) { ref $v eq 'ARRAY' },
	string => sub ($v) { defined $v && !ref $v && !_is_number($v) },
	number => sub ($v) { defined $v && !ref $v && _is_number($v) },
	integer => sub ($v) {
		defined $v && !ref $v && _is_number($v) && $v == int $v
	},
);

# JSON::PP keeps what a value was: a number has never been a text.
sub _is_number ($value) {
	return JSON::PP->new->allow_nonref->encode($value) !~ /^"/;
}

sub new ($class) {
	local $YAML::XS::Boolean = 'JSON::PP';
	my $document = YAML::XS::LoadFile(source_dir() . '/doc/openapi.yaml');
	return bless {document => $document}, $class;
}

sub document ($self) { return $self->{document} }

sub _resolve ($self, $node) {
	while (ref $node eq 'HASH' && $node->{'$ref'}) {
		my $found = $self->{document};
		$found = $found->{$_} // die "no $node->{'$ref'}\n"
			for split m{/}, $node->{'$ref'} =~ s{^#/}{}r;
		$node = $found;
	}
	return $node;
}

# [{id, method, path, responses, ...}] of all operations, by path.
sub operations ($self) {
	my @found;
	my $paths = $self->{document}{paths};
	for my $path (sort keys %$paths) {
		for my $method (qw(get put post patch delete)) {
			my $operation = $paths->{$path}{$method} // next;
			push @found, {%$operation, id => $operation->{operationId},
				method => uc $method, path => $path};
		}
	}
	return @found;
}

sub operation ($self, $id) {
	my ($found) = grep { $_->{id} eq $id } $self->operations;
	return $found // die "no operation $id\n";
}

# What is wrong with an answer (of Mdash::Client) of an operation; nothing when
# it is as promised.
sub faults ($self, $id, $answer) {
	my $operation = $self->operation($id);
	my $response = $self->_resolve($operation->{responses}{$answer->{status}}
		// return "status $answer->{status} is not documented");
	my $content = $response->{content};
	if (!$content) {
		return ($answer->{content} // '') eq '' ? () : 'there should be no content';
	}
	my $type = $answer->{headers}{'content-type'} // '';
	$type =~ s/;.*//;
	my $media = $content->{$type}
		// return "the content is $type, not " . join ' or ', sort keys %$content;
	return if $type !~ /json/;
	return $self->violations($media->{schema}, $answer->{json}, '#');
}

# Where a value breaks a schema, in words.
sub violations ($self, $schema, $value, $at) {
	$schema = $self->_resolve($schema);
	for my $keyword (sort keys %$schema) {
		die "the keyword $keyword is not known\n"
			unless $annotation{$keyword} || $checked{$keyword};
	}
	if (my $choices = $schema->{oneOf}) {
		my $fit = grep { !$self->violations($_, $value, $at) } @$choices;
		return $fit == 1 ? () : "$at: $fit of the choices fit";
	}
	my @types = map { ref $_ ? @$_ : $_ } $schema->{type} // ();
	return "$at: is no " . join ' or ', @types
		if @types && !grep { $type{$_}->($value) } @types;
	return if !defined $value;
	return $self->_object($schema, $value, $at) if ref $value eq 'HASH';
	return $self->_array($schema, $value, $at) if ref $value eq 'ARRAY';
	return _scalar($schema, $value, $at);
}

sub _object ($self, $schema, $value, $at) {
	my $known = $schema->{properties} // {};
	my $more = $schema->{additionalProperties};
	my @found = map { "$at/$_: is missing" }
		grep { !exists $value->{$_} } ($schema->{required} // [])->@*;
	for my $key (sort keys %$value) {
		my $inner = $known->{$key} // (ref $more eq 'HASH' ? $more : undef);
		if ($inner) {
			push @found, $self->violations($inner, $value->{$key}, "$at/$key");
		} elsif (%$known && !$more) {
			push @found, "$at/$key: is not documented";
		}
	}
	return @found;
}

sub _array ($self, $schema, $value, $at) {
	my @found;
	push @found, "$at: has too many items"
		if defined $schema->{maxItems} && @$value > $schema->{maxItems};
	push @found, "$at: has too few items"
		if defined $schema->{minItems} && @$value < $schema->{minItems};
	return @found if !$schema->{items};
	return @found, map { $self->violations($schema->{items}, $value->[$_],
		"$at/$_") } 0 .. $#$value;
}

my $time = qr{^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$};

sub _scalar ($schema, $value, $at) {
	my @found;
	push @found, "$at: $value is not in the list" if $schema->{enum}
		&& !grep { defined && $_ eq $value } $schema->{enum}->@*;
	push @found, "$at: is not $schema->{const}"
		if defined $schema->{const} && $schema->{const} ne $value;
	push @found, "$at: $value is no time"
		if ($schema->{format} // '') eq 'date-time' && $value !~ $time;
	push @found, "$at: $value does not match" if defined $schema->{pattern}
		&& $value !~ /$schema->{pattern}/;
	push @found, "$at: $value is too small"
		if defined $schema->{minimum} && $value < $schema->{minimum};
	push @found, "$at: $value is too large"
		if defined $schema->{maximum} && $value > $schema->{maximum};
	push @found, "$at: is too short"
		if defined $schema->{minLength} && length $value < $schema->{minLength};
	push @found, "$at: is too long"
		if defined $schema->{maxLength} && length $value > $schema->{maxLength};
	return @found;
}

1;
