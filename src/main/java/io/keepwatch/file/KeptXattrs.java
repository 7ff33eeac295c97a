package io.keepwatch.file;

/**
 * Which extended attributes belong to a backup: those of users, POSIX ACLs, file capabilities, and {@code trusted.*},
 * which only root can see. Not kept: labels and signatures that another host's policy would refuse or that are bound to
 * the inode ({@code security.selinux}, {@code security.ima}, {@code security.evm}), the bookkeeping of overlayfs, and
 * other {@code system.*} views, which a file system computes.
 */
public final class KeptXattrs {
    private KeptXattrs() {}

    public static boolean keeps(String name) {
        return name.startsWith("user.")
                || name.equals("system.posix_acl_access")
                || name.equals("system.posix_acl_default")
                || name.equals("security.capability")
                || (name.startsWith("trusted.") && !name.startsWith("trusted.overlay."));
    }
}
