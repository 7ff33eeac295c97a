package io.keepwatch.store;

import java.util.List;
import java.util.Optional;

/** Up to 1,000 objects, and the token that continues the list, if there are more. */
public record ObjectPage(List<ListedObject> objects, Optional<String> continuation) {
    public ObjectPage {
        objects = List.copyOf(objects);
    }
}
