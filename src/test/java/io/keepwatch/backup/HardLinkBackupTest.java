package io.keepwatch.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.file.RawPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The kernel tells of a change under one name; every name must be right in the bucket. */
class HardLinkBackupTest extends BackupFixture {
    private void link(String path, String existing) throws IOException {
        Files.createLink(tree.resolve(path), tree.resolve(existing));
    }

    private void append(String path, String text) throws IOException {
        Files.writeString(tree.resolve(path), text, StandardOpenOption.APPEND);
    }

    /** One file as {@code a}, which leads, and {@code b}. */
    private void storeTwoNames() throws IOException {
        write("a", "one");
        link("b", "a");
        changed("a", "b");
        flushAll();
    }

    @Test
    void two_new_names_in_one_flush_have_one_leader() throws IOException {
        storeTwoNames();
        assertThat(meta("a").hardLinkLeader()).isEmpty();
        assertThat(meta("b").hardLinkLeader()).contains(RawPath.of("a"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_name_that_comes_later_is_linked_and_moves_no_content() throws IOException {
        write("a", "one");
        changed("a");
        flushAll();
        store.contentBytes();
        link("b", "a");
        changed("b");
        flushAll();
        assertThat(meta("a").hardLinkLeader()).isEmpty();
        assertThat(meta("b").hardLinkLeader()).contains(RawPath.of("a"));
        assertThat(store.contentBytes()).isZero();
        assertThat(reconcile()).isZero();
    }

    @Test
    void a_third_name_costs_one_request() throws IOException {
        storeTwoNames();
        store.requests();
        link("c", "a");
        changed("c");
        flushAll();
        assertThat(store.requests()).containsExactly("COPY " + KEYS + "a " + KEYS + "c");
        assertThat(meta("c").hardLinkLeader()).contains(RawPath.of("a"));
    }

    @Test
    void a_change_through_one_name_is_stored_under_every_name() throws IOException {
        write("a", "one");
        link("b", "a");
        link("c", "a");
        changed("a", "b", "c");
        flushAll();
        append("b", " and more");
        changed("b");
        flushAll();
        assertThat(differences()).isEmpty();
        assertThat(stored("a")).isEqualTo("one and more");
        assertThat(Stream.of("a", "b", "c")
                        .filter(name -> meta(name).hardLinkLeader().isEmpty()))
                .hasSize(1);
        assertNothingWaits();
    }

    @Test
    void a_change_through_a_name_that_is_gone_since_reaches_the_other_names() throws IOException {
        write("a", "one");
        link("b", "a");
        link("c", "a");
        changed("a", "b", "c");
        flushAll();
        append("b", " and more");
        Files.delete(tree.resolve("b"));
        changed("b");
        flushAll();
        assertThat(differences()).isEmpty();
        assertThat(stored("a")).isEqualTo("one and more");
        assertThat(stored("c")).isEqualTo("one and more");
        assertNothingWaits();
    }

    @Test
    void a_change_of_the_leader_through_its_own_name_reaches_the_follower() throws IOException {
        storeTwoNames();
        append("a", " and more");
        Files.setPosixFilePermissions(tree.resolve("a"), PosixFilePermissions.fromString("r--------"));
        changed("a");
        flushAll();
        assertThat(differences()).isEmpty();
        assertNothingWaits();
    }

    @Test
    void the_follower_of_a_deleted_leader_stands_on_its_own() throws IOException {
        storeTwoNames();
        Files.delete(tree.resolve("a"));
        changed("a");
        flushAll();
        assertThat(meta("b").hardLinkLeader()).isEmpty();
        assertThat(stored("b")).isEqualTo("one");
        assertThat(differences()).isEmpty();
        assertThat(reconcile()).isZero();
    }

    @Test
    void what_follows_for_other_names_is_on_the_disk_with_the_flush() throws IOException {
        storeTwoNames();
        Files.delete(tree.resolve("a"));
        changed("a");
        List<Long> waiting = new ArrayList<>();
        onEvent = event -> waiting.add(backlog().pending());
        flush();
        // A crash at the moment at which the flush is told must not forget the follower: no comparison would find it.
        assertThat(waiting).containsExactly(1L);
    }

    @Test
    void the_follower_of_a_replaced_leader_keeps_its_content() throws IOException {
        storeTwoNames();
        Path replacement = write("tmp", "two");
        Files.delete(tree.resolve("a"));
        Files.move(replacement, tree.resolve("a"));
        changed("a");
        flushAll();
        assertThat(meta("b").hardLinkLeader()).isEmpty();
        assertThat(stored("b")).isEqualTo("one");
        assertThat(stored("a")).isEqualTo("two");
        assertThat(differences()).isEmpty();
    }

    @Test
    void names_that_were_read_before_and_after_a_change_do_not_lead_each_other() throws IOException {
        write("a", "one");
        changed("a");
        flushAll();
        link("b", "a");
        append("a", " and more");
        changed("b");
        flushAll();
        assertThat(differences()).isEmpty();
        assertThat(stored("a")).isEqualTo("one and more");
    }
}
