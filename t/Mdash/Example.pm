# SPDX-License-Identifier: Apache-2.0
package Mdash::Example;

# Examples of the documents, held against what there is.
use v5.36;
use utf8;
use Exporter 'import';

our @EXPORT_OK = qw(differs);

# Where an answer lacks what a document shows; … stands for any text.
sub differs ($shown, $is, $at) {
	if (ref $shown eq 'HASH') {
		return "$at is no object" if ref $is ne 'HASH';
		return map { exists $is->{$_} ? differs($shown->{$_}, $is->{$_}, "$at/$_") : "$at/$_ is missing" }
			sort keys %$shown;
	}
	if (ref $shown eq 'ARRAY') {
		return "$at has not " . @$shown . ' items' if ref $is ne 'ARRAY' || @$is != @$shown;
		return map { differs($shown->[$_], $is->[$_], "$at/$_") } 0 .. $#$shown;
	}
	return if defined $shown && $shown eq '…' && defined $is;
	return ($shown // 'null') eq ($is // 'null') ? () : "$at is " . ($is // 'null');
}

1;
