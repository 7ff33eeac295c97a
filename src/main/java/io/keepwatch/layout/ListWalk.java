package io.keepwatch.layout;

import io.keepwatch.store.ObjectPage;
import io.keepwatch.store.ObjectStore;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Walks a list page by page: one page is worked off before the next one is asked for. */
public final class ListWalk implements Iterator<Optional<String>> {
    private Optional<String> continuation = Optional.empty();
    private boolean more = true;

    private ListWalk() {}

    /** {@code each} says whether the walk goes on. */
    public static CompletionStage<Void> pages(
            ObjectStore store, String prefix, Function<ObjectPage, CompletionStage<Boolean>> each) {
        ListWalk walk = new ListWalk();
        return InFlight.forEach(
                walk,
                1,
                next -> store.list(prefix, next)
                        .thenCompose(page -> each.apply(page).thenAccept(goOn -> walk.advance(page, goOn))));
    }

    private void advance(ObjectPage page, boolean goOn) {
        continuation = page.continuation();
        more = goOn && continuation.isPresent();
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public Optional<String> next() {
        if (!more) {
            throw new NoSuchElementException("the list has no more pages");
        }
        return continuation;
    }
}
