package io.keepwatch.file;

import java.io.IOException;
import java.nio.file.Path;

class PortableDirectoryTest extends HeldDirectoryContract {
    @Override
    HeldDirectory open(Path realPath) throws IOException {
        return PortableDirectory.open(realPath);
    }
}
