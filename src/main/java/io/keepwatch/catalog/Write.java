package io.keepwatch.catalog;

/** One change of the catalog. */
@FunctionalInterface
interface Write<T> extends io.keepwatch.sqlite.own.Write<WriteSession, T> {}
