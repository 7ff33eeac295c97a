/** Versions in packs: each flush is one {@code .tar.zst} that stock tools open, with a journal of what changed in it. */
@NullMarked
package io.keepwatch.layout.pack;

import org.jspecify.annotations.NullMarked;
