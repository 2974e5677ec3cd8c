# SPDX-License-Identifier: Apache-2.0
# What the compiler is asked for. Each macro has one job and only sets
# variables; AM_CFLAGS and AM_LDFLAGS in Makefile.am put them together.

# MDASH_TRY_CFLAGS(VARIABLE, FLAGS)
# Appends each flag that the compiler takes without a warning.
AC_DEFUN([MDASH_TRY_CFLAGS], [
  for mdash_flag in $2; do
    AC_MSG_CHECKING([whether $CC takes $mdash_flag])
    mdash_saved_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS -Werror $mdash_flag"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
      [AC_MSG_RESULT([yes]); $1="$$1 $mdash_flag"],
      [AC_MSG_RESULT([no])])
    CFLAGS=$mdash_saved_CFLAGS
  done
])

# MDASH_TRY_LDFLAGS(VARIABLE, FLAGS)
AC_DEFUN([MDASH_TRY_LDFLAGS], [
  for mdash_flag in $2; do
    AC_MSG_CHECKING([whether the linker takes $mdash_flag])
    mdash_saved_LDFLAGS=$LDFLAGS
    LDFLAGS="$LDFLAGS $mdash_flag"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
      [AC_MSG_RESULT([yes]); $1="$$1 $mdash_flag"],
      [AC_MSG_RESULT([no])])
    LDFLAGS=$mdash_saved_LDFLAGS
  done
])

# The language: C17 with the GNU extensions of lib/base/attr.h.
AC_DEFUN([MDASH_C17], [
  mdash_saved_CFLAGS=$CFLAGS
  CFLAGS="$CFLAGS -std=gnu17"
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])], [],
    [AC_MSG_ERROR([a compiler with -std=gnu17 is needed (gcc 12 or clang 14)])])
  CFLAGS=$mdash_saved_CFLAGS
  LANGUAGE_CFLAGS=-std=gnu17
  AC_SUBST([LANGUAGE_CFLAGS])
])

# --enable-developer: every warning we keep clean, as an error. Packagers do
# not get -Werror: their compiler may know warnings that ours does not.
AC_DEFUN([MDASH_DEVELOPER], [
  AC_ARG_ENABLE([developer],
    [AS_HELP_STRING([--enable-developer], [strict warnings, as errors])],
    [], [enable_developer=no])
  WARNING_CFLAGS="-Wall -Wextra"
  AS_IF([test "x$enable_developer" = xyes], [
    MDASH_TRY_CFLAGS([WARNING_CFLAGS], [-Wconversion -Wsign-conversion \
      -Wshadow -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wvla \
      -Wundef -Wcast-qual -Wwrite-strings -Wnull-dereference \
      -Wduplicated-cond -Wlogical-op -Wimplicit-fallthrough -Wswitch-enum])
    WARNING_CFLAGS="$WARNING_CFLAGS -Werror"
  ])
  AM_CONDITIONAL([DEVELOPER], [test "x$enable_developer" = xyes])
  AC_SUBST([WARNING_CFLAGS])
])

# --with-sanitizer=address,undefined and --with-fuzzer
AC_DEFUN([MDASH_SANITIZER], [
  AC_ARG_WITH([sanitizer],
    [AS_HELP_STRING([--with-sanitizer=LIST],
      [build with sanitizers, for example address,undefined])],
    [], [with_sanitizer=no])
  AC_ARG_WITH([fuzzer],
    [AS_HELP_STRING([--with-fuzzer],
      [build fuzz targets with libFuzzer (needs clang)])],
    [], [with_fuzzer=no])
  SANITIZE_CFLAGS=
  AS_IF([test "x$with_sanitizer" != xno], [
    SANITIZE_CFLAGS="-fsanitize=$with_sanitizer -fno-sanitize-recover=all"
    SANITIZE_CFLAGS="$SANITIZE_CFLAGS -fno-omit-frame-pointer"
  ])
  FUZZER_LDFLAGS=
  AS_IF([test "x$with_fuzzer" != xno], [
    SANITIZE_CFLAGS="$SANITIZE_CFLAGS -fsanitize=fuzzer-no-link"
    FUZZER_LDFLAGS="-fsanitize=fuzzer"
  ])
  AS_IF([test -n "$SANITIZE_CFLAGS"], [
    AC_MSG_CHECKING([whether $CC builds with $SANITIZE_CFLAGS])
    mdash_saved_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS $SANITIZE_CFLAGS"
    AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [AC_MSG_RESULT([yes])],
      [AC_MSG_RESULT([no])
       AC_MSG_ERROR([this compiler lacks the sanitizer that was asked for])])
    CFLAGS=$mdash_saved_CFLAGS
  ])
  AM_CONDITIONAL([WITH_FUZZER], [test "x$with_fuzzer" != xno])
  AM_CONDITIONAL([WITH_SANITIZER], [test "x$with_sanitizer" != xno])
  AC_SUBST([SANITIZE_CFLAGS])
  AC_SUBST([FUZZER_LDFLAGS])
])

# --enable-coverage
AC_DEFUN([MDASH_COVERAGE], [
  AC_ARG_ENABLE([coverage],
    [AS_HELP_STRING([--enable-coverage], [count executed lines and branches])],
    [], [enable_coverage=no])
  COVERAGE_CFLAGS=
  AS_IF([test "x$enable_coverage" = xyes],
    [COVERAGE_CFLAGS="--coverage -O0 -fprofile-abs-path -fprofile-update=atomic"])
  AM_CONDITIONAL([WITH_COVERAGE], [test "x$enable_coverage" = xyes])
  AC_SUBST([COVERAGE_CFLAGS])
])

# Hardening is the default. Fortify and automatic initialisation would hide
# what sanitizers look for, and fortify needs optimisation: so not there.
AC_DEFUN([MDASH_HARDENING], [
  HARDENING_CFLAGS=
  HARDENING_LDFLAGS=
  AS_IF([test "x$with_sanitizer$with_fuzzer$enable_coverage" = xnonono], [
    MDASH_TRY_CFLAGS([HARDENING_CFLAGS], [-fstack-protector-strong \
      -fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero \
      -fPIE])
    HARDENING_CFLAGS="$HARDENING_CFLAGS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3"
    MDASH_TRY_LDFLAGS([HARDENING_LDFLAGS],
      [-pie -Wl,-z,relro -Wl,-z,now])
  ])
  MDASH_TRY_LDFLAGS([HARDENING_LDFLAGS], [-Wl,--as-needed])
  AC_SUBST([HARDENING_CFLAGS])
  AC_SUBST([HARDENING_LDFLAGS])
])
