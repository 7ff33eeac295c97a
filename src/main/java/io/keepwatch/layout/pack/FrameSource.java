package io.keepwatch.layout.pack;

import java.io.IOException;
import java.io.InputStream;

/** Gives the frames of packs, wherever they come from. Any thread; blocks. */
interface FrameSource {
    /** The frames of a place; there may be more behind them where a pack ends elsewhere than is thought. */
    InputStream frames(ChunkPlace place) throws IOException;
}
