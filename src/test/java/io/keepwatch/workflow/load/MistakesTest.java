package io.keepwatch.workflow.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.config.yaml.ConfigProblem;
import io.keepwatch.config.yaml.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The promise about mistakes, on the corpus in {@code src/test/resources/rules/mistakes.txt}. */
class MistakesTest {
    private static final Path CORPUS = Path.of("src/test/resources/rules/mistakes.txt");
    private static final Pattern HEAD = Pattern.compile("(?m)^###");
    private static final Known KNOWN = new Known(
            Optional.of(Set.of("ops")),
            Optional.of(Set.of("ops")),
            Optional.of(Set.of("deploy")),
            Optional.of(Set.of("token")));

    private record Case(String name, String advice, String text, Position place) {
        static Case of(String block) {
            int end = block.indexOf('\n');
            String[] head = block.substring(0, end).split(" => ", 2);
            String marked = block.substring(end + 1);
            int at = marked.indexOf('¦');
            String before = marked.substring(0, at);
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            int column = at - before.lastIndexOf('\n');
            return new Case(head[0].strip(), head[1].strip(), marked.replace("¦", ""), new Position(line, column));
        }
    }

    private static List<Case> corpus() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String block : HEAD.splitAsStream(Files.readString(CORPUS)).toList()) {
            if (block.contains(" => ") && block.contains("¦")) {
                cases.add(Case.of(block));
            }
        }
        return cases;
    }

    @Test
    void nearly_all_mistakes_are_shown_at_their_place_with_the_right_advice() throws IOException {
        List<Case> cases = corpus();
        List<String> misplaced = new ArrayList<>();
        List<String> badlyAdvised = new ArrayList<>();
        RuleLoader loader = new RuleLoader(KNOWN);
        for (Case one : cases) {
            List<ConfigProblem> problems =
                    loader.load(Path.of("r.yml"), one.text()).errors();
            List<ConfigProblem> here = problems.stream()
                    .filter(problem -> problem.position().equals(one.place()))
                    .toList();
            if (here.isEmpty()) {
                misplaced.add(one.name() + " at " + one.place() + ": " + problems);
            } else if (here.stream()
                    .noneMatch(problem -> problem.advice().contains(one.advice())
                            || problem.problem().contains(one.advice()))) {
                badlyAdvised.add(one.name() + " wants " + one.advice() + ": " + here);
            }
        }
        assertThat(cases).hasSizeGreaterThanOrEqualTo(200);
        assertThat(misplaced.size() * 100).as("%s", misplaced).isLessThanOrEqualTo(cases.size() * 2);
        assertThat(badlyAdvised.size() * 100).as("%s", badlyAdvised).isLessThanOrEqualTo(cases.size() * 10);
    }
}
