# SPDX-License-Identifier: Apache-2.0
# The libraries of doc/architecture.md. One static library of ours is linked
# against all of them; --as-needed leaves each program with what it uses.

AC_DEFUN([MDASH_LIBRARIES], [
  PKG_CHECK_MODULES([MDASH_DEPS], [libpq >= 15 jansson >= 2.14 yaml-0.1 >= 0.2.5
    libxml-2.0 >= 2.9 libcurl >= 7.88 libcrypto >= 3.0 libcrypt >= 4.4
    zlib >= 1.2 libprotobuf-c >= 1.4])

  AC_PATH_PROG([PROTOC], [protoc])
  AC_PATH_PROG([PROTOC_GEN_C], [protoc-gen-c])
  AS_IF([test -z "$PROTOC" || test -z "$PROTOC_GEN_C"],
    [AC_MSG_ERROR([protoc or its plugin protoc-gen-c is missing: install protobuf-compiler and protobuf-c-compiler])])

  dnl Older packages of libfcgi have no .pc file.
  PKG_CHECK_MODULES([FCGI], [fcgi], [], [
    AC_CHECK_HEADER([fcgiapp.h], [],
      [AC_MSG_ERROR([fcgiapp.h is missing: install libfcgi-dev])])
    AC_CHECK_LIB([fcgi], [FCGX_Accept_r], [FCGI_LIBS=-lfcgi],
      [AC_MSG_ERROR([libfcgi is missing: install libfcgi-dev])])
    AC_SUBST([FCGI_LIBS])
  ])

  dnl Only the unit tests need cmocka; without it they are left out, and the
  dnl suite says so.
  PKG_CHECK_MODULES([CMOCKA], [cmocka >= 1.1.5],
    [have_cmocka=yes], [have_cmocka="no (libcmocka-dev is missing)"])
  AM_CONDITIONAL([HAVE_CMOCKA], [test "x$have_cmocka" = xyes])
])
