package io.keepwatch.layout.pack;

import io.keepwatch.layout.StorageLayoutContract;

class PackLayoutTest extends PackLayoutFixture implements StorageLayoutContract {}
