package io.keepwatch.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {
    private static final Key<String> NAME = Key.optional("name", Values.text("web"), "none", "");
    private static final Key<Boolean> BIG_ENOUGH = Key.of("big_enough", Values.bool(), "true", "");
    private static final Key<Integer> COUNT = Key.of("count", Values.integer(1, 9), "3", "");
    private static final Key<List<String>> WORDS = Key.of("words", Values.listOf(Values.text("a")), "[]", "");
    private static final Key<String> INNER_NAME = Key.required("name", Values.text("web"), "");
    private static final Section<String> INNER = Section.of(List.of(INNER_NAME), map -> map.find(INNER_NAME));
    private static final Key<String> CHILD = Key.optional("child", INNER, "none", "");
    private static final Section<Sample> SAMPLE = new Section<>(
            List.of(NAME, BIG_ENOUGH, COUNT, WORDS, CHILD),
            List.of(new RefusedKey("size", "size is now count", "write count")),
            map -> Optional.of(
                    new Sample(map.find(NAME), map.get(BIG_ENOUGH), map.get(COUNT), map.get(WORDS), map.find(CHILD))));

    record Sample(Optional<String> name, boolean bigEnough, int count, List<String> words, Optional<String> child) {}

    private final Problems problems = new Problems(Path.of("f.yml"));

    private Optional<Sample> read(String text) {
        return YamlDocument.parse(text, problems).flatMap(document -> SAMPLE.read(document.root()));
    }

    private String problem(String text) {
        read(text);
        assertThat(problems.sorted()).hasSize(1);
        return problems.sorted().get(0).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n", "{}", "---\n...\n"})
    void nothing_is_all_defaults(String text) {
        assertThat(read(text)).hasValue(new Sample(Optional.empty(), true, 3, List.of(), Optional.empty()));
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void values_are_read() {
        assertThat(read("name: on\nbig_enough: false\ncount: 5\nwords: [a, \"b\"]\nchild: {name: x}\n"))
                .hasValue(new Sample(Optional.of("on"), false, 5, List.of("a", "b"), Optional.of("x")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nmae: x | f.yml:1:1 nmae: the key \"nmae\" is not known; did you mean \"name\"?",
                "big-enough: true | f.yml:1:1 big-enough: the key \"big-enough\" is not known; did you mean \"big_enough\"?",
                "colour: x | the key \"colour\" is not known; known here: name, big_enough, count, words, child",
                "size: 1 | f.yml:1:1 size: size is now count; write count",
                "{name: a, name: b} | f.yml:1:11 name: the key \"name\" stands here a second time; remove one of them",
                "child: {} | f.yml:1:8 child: the key \"name\" is missing; add name: web",
                "child: {nam: x, name: y} | f.yml:1:9 child.nam: the key \"nam\" is not known; did you mean \"name\"?",
                "name: 5 | f.yml:1:7 name: this needs a text but holds the number 5; put it in quotes if it is meant as text: \"5\"",
                "name: true | f.yml:1:7 name: this needs a text but holds the truth value true; put it in quotes",
                "name: [] | f.yml:1:7 name: this needs a text but holds a list; write a text, for example web",
                "name: {} | f.yml:1:7 name: this needs a text but holds a map; write a text, for example web",
                "name: | f.yml:1:6 name: there is no value; write a text, for example web, or remove the line",
                "name: ' ' | f.yml:1:7 name: the text is empty",
                "count: 10 | f.yml:1:8 count: 10 is not a whole number from 1 to 9",
                "count: 1.5 | f.yml:1:8 count: 1.5 is not a whole number from 1 to 9",
                "count: x | f.yml:1:8 count: this needs a whole number from 1 to 9 but holds the text \"x\"",
                "big_enough: yes | f.yml:1:13 big_enough: \"yes\" is not one of true or false",
                "big_enough: tru | f.yml:1:13 big_enough: \"tru\" is not one of true or false; did you mean true?",
                "words: a | f.yml:1:8 words: this needs a list but holds the text \"a\"; write [a]",
                "words: [a, 5] | f.yml:1:12 words[1]: this needs a text but holds the number 5",
                "child: x | f.yml:1:8 child: this needs a map but holds the text \"x\"; write {name: web}",
                "[a] | f.yml:1:1 this needs a map but holds a list",
                "{[a]: b} | f.yml:1:2 a key must be a word, but this is a list or a map",
                "<<: {name: a} | f.yml:1:1 <<: merge keys (<<) are not used here; write the keys themselves",
                "name: &x a | f.yml:1:7 anchors (&name) are not used here; write the value where it is needed",
                "name: *x | f.yml:1:7 aliases (*name) are not used here; write the value itself",
                "name: !env HOME | f.yml:1:7 the tag \"!env\" is not known; remove it",
                "name: !!java/object x | f.yml:1:7 the tag \"tag:yaml.org,2002:java/object\" is not known; remove it",
                "name: !<x y> a | f.yml:1:",
                "name: a: b | f.yml:1:8 this is not YAML: mapping values are not allowed here; check the indentation, and put",
                "name: 'a | f.yml:1:9 this is not YAML: while scanning a quoted scalar found unexpected end of stream",
                "words: [a | f.yml:1:10 this is not YAML:",
            })
    void a_mistake_has_its_place_and_what_to_write(String text, String message) {
        assertThat(problem(text)).contains(message);
    }

    @Test
    void a_standard_tag_is_accepted() {
        assertThat(read("name: !!str 5\n").flatMap(Sample::name)).hasValue("5");
    }

    @Test
    void a_tab_is_named() {
        assertThat(problem("child:\n\tname: x\n")).contains("f.yml:2:1").contains("indent with spaces");
    }

    @Test
    void a_second_document_is_refused() {
        assertThat(problem("name: a\n---\nname: b\n")).startsWith("f.yml:2:1 a second document begins here");
    }

    @Test
    void a_character_that_yaml_forbids_has_its_place() {
        assertThat(problem("name: a\nwords: [\"\u0007\"]\n"))
                .startsWith("f.yml:2:10 the character U+0007 cannot stand in YAML");
    }

    @Test
    void columns_count_code_points() {
        assertThat(problem("{name: \"\uD83D\uDE00\", x: 1}")).startsWith("f.yml:1:13 x:");
    }

    @ParameterizedTest
    @ValueSource(ints = {31, 100_000})
    void deep_nesting_is_refused_and_costs_no_stack(int depth) {
        assertThat(problem("[".repeat(depth) + "]".repeat(depth)))
                .startsWith("f.yml:1:31 values are nested more than 30 levels deep");
    }

    @Test
    void all_anchors_and_tags_are_reported_at_once() {
        read("name: !x a\nwords: &y [a]\nchild: {name: *y}\n");
        assertThat(problems.sorted())
                .extracting(problem -> problem.position().line())
                .containsExactly(1, 2, 3);
    }

    @Test
    void an_unreadable_default_is_a_defect_of_the_program() {
        assertThatThrownBy(() -> YamlDocument.constant("many", Values.integer(1, 2)))
                .isInstanceOf(IllegalStateException.class);
    }
}
