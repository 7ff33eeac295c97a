package io.keepwatch.file;

/**
 * One extended attribute, with its name space ({@code user.comment}). POSIX ACLs are the attributes {@code
 * system.posix_acl_access} and {@code system.posix_acl_default}, in the kernel's own bytes.
 */
public record Xattr(String name, Bytes value) {}
