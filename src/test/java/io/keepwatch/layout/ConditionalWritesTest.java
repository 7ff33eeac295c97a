package io.keepwatch.layout;

import static io.keepwatch.layout.TestCatalog.get;
import static io.keepwatch.layout.TestCatalog.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepwatch.file.MemoryContent;
import io.keepwatch.layout.mirror.RecordingStore;
import io.keepwatch.store.StoreException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConditionalWritesTest {
    private final RecordingStore store = new RecordingStore();
    private final MemoryContent content = new MemoryContent(utf8("probe"));

    private boolean areHonoured() throws Exception {
        return get(new ConditionalWrites(store).areHonoured("probe", content));
    }

    @Test
    void a_store_that_refuses_the_second_write_honours_them() throws Exception {
        assertThat(areHonoured()).isTrue();
        assertThat(store.requests()).containsExactly("PUT probe", "PUT probe");
    }

    @Test
    void one_request_is_enough_where_the_object_is_there() throws Exception {
        areHonoured();
        store.requests();
        assertThat(areHonoured()).isTrue();
        assertThat(store.requests()).containsExactly("PUT probe");
    }

    @Test
    void a_store_that_replaces_what_is_there_does_not() throws Exception {
        store.ignoreConditions();
        assertThat(areHonoured()).isFalse();
        assertThat(store.requests()).hasSize(2);
    }

    @Test
    void a_store_that_does_not_know_the_header_does_not() throws Exception {
        store.refuse(request -> Optional.of(new StoreException.Unsupported("501", null)));
        assertThat(areHonoured()).isFalse();
    }

    @Test
    void an_outage_is_no_answer() {
        store.refuse(request -> Optional.of(new StoreException.Transient("503", null)));
        assertThatThrownBy(this::areHonoured).isInstanceOf(StoreException.Transient.class);
    }
}
