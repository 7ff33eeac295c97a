package io.keepwatch.layout.mirror;

import io.keepwatch.layout.LayoutOnRealS3;
import io.keepwatch.layout.StorageLayout;
import io.keepwatch.store.ObjectStore;
import java.time.Clock;

class MirrorOnRealS3Test extends LayoutOnRealS3 {
    @Override
    protected StorageLayout newLayout(ObjectStore store, String prefix, Clock clock) {
        return new MirrorLayout(store, prefix, "host", MirrorOptions.defaults(), clock);
    }
}
