package io.keepwatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

class OpenApiTest {
    private final ApiDocument document = new ApiDocument();

    @Test
    void every_example_of_the_document_fits_its_schema() throws JsonProcessingException {
        assertThat(document.problemsOfExamples()).isEmpty();
        assertThat(document.operations()).hasSizeGreaterThan(30);
    }

    @Test
    void every_operation_says_what_a_problem_looks_like() {
        assertThat(document.operations()).allSatisfy((name, operation) -> {
            assertThat(operation.get("summary").asText()).endsWith(".");
            assertThat(operation.at("/responses/default/$ref").asText()).isEqualTo("#/components/responses/Problem");
        });
    }

    @Test
    void every_operation_says_what_to_do_where_it_was_too_slow_or_something_is_out_of_reach() {
        assertThat(document.operations()).allSatisfy((name, operation) -> {
            assertThat(operation.at("/responses/408/$ref").asText()).endsWith("/TooSlow");
            if (!name.matches(".* /(openapi.yaml|session|configuration)")) {
                assertThat(operation.at("/responses/409/$ref").asText()).endsWith("/Stuck");
                assertThat(operation.at("/responses/503/$ref").asText()).endsWith("/OutOfReach");
            }
        });
    }

    @Test
    void an_answer_that_is_not_as_promised_is_found() {
        assertThat(document.problems("GET /roots", 200, "application/json", "{\"items\": [{\"name\": 7}]}"))
                .isNotEmpty();
        assertThat(document.problems("GET /roots", 200, "application/json", "{\"items\": []}"))
                .isEmpty();
        assertThat(document.problems("GET /roots", 204, "", "")).isNotEmpty();
        assertThat(document.problems("GET /configuration", 503, Problem.TYPE, "{}"))
                .containsExactly("GET /configuration does not say when it answers 503");
        assertThat(document.problems("GET /nothing", 200, "application/json", "{}"))
                .isNotEmpty();
    }
}
