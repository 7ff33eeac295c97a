package io.keepwatch.layout.mirror;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which objects must be gone before others can be stored: a store on a file system cannot hold {@code x} beside {@code
 * x/y}. S3 itself can, and loses nothing by the same order.
 */
final class KeyConflicts {
    private final Set<String> files = new HashSet<>();
    private final Set<String> directories = new HashSet<>();

    /** {@code stored}: the keys that are about to be stored. */
    KeyConflicts(Collection<String> stored) {
        for (String key : stored) {
            files.add(key);
            for (int slash = key.lastIndexOf('/'); slash > 0; slash = key.lastIndexOf('/', slash - 1)) {
                if (!directories.add(key.substring(0, slash))) {
                    break;
                }
            }
        }
    }

    boolean blocks(String key) {
        if (directories.contains(key)) {
            return true;
        }
        for (int slash = key.lastIndexOf('/'); slash > 0; slash = key.lastIndexOf('/', slash - 1)) {
            if (files.contains(key.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }
}
