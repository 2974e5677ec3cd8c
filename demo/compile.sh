#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The FileDescriptorSet of the demo company's .proto files: of now, or of the
# revision before, whose files in protos-before/ hide those of now.
set -euo pipefail

case $#-${2-} in
    1- | 2-before) ;;
    *)
        echo "usage: demo/compile.sh FILE [before]" >&2
        exit 2
        ;;
esac
set_file=$(realpath -m "$1")
cd "$(dirname "${BASH_SOURCE[0]}")"
folders=(-I protos)
[[ ${2-} != before ]] || folders=(-I protos-before -I protos)
mapfile -t files < <(cd protos && find . -name '*.proto' -printf '%P\n' | LC_ALL=C sort)
protoc "${folders[@]}" --include_imports --include_source_info \
    --descriptor_set_out="$set_file" "${files[@]}"
