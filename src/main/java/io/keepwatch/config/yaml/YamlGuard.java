package io.keepwatch.config.yaml;

import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Looks through a text before anything is built from it, so that neither deep nesting nor aliases can cost memory or
 * stack, and every syntax problem has a position.
 */
final class YamlGuard {
    private static final int MAX_DEPTH = 30;
    private static final Set<String> STANDARD_TAGS = Set.of("str", "int", "float", "bool", "null", "seq", "map");

    private final LoadSettings settings;
    private final Problems problems;
    private Position last = Position.START;
    private int depth;
    private int documents;

    YamlGuard(LoadSettings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    boolean accepts(String text) {
        int before = problems.sorted().size();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                last = Position.of(event.getStartMark());
                if (!look(event)) {
                    break;
                }
            }
        } catch (MarkedYamlEngineException e) {
            // The library throws the position away when it is unknown, and then the last event is the nearest one.
            Position at = e.getProblemMark().isPresent() ? Position.of(e.getProblemMark()) : last;
            Optional<Position> template = bareTemplate(text, at);
            if (template.isPresent()) {
                problems.error(
                        template.get(),
                        "",
                        "${ begins a map where it stands without quotes within brackets or braces",
                        "put the text in quotes, for example \"${event.subject}\"");
            } else {
                problems.error(at, "", "this is not YAML: " + sentence(e), advice(e.getProblem()));
            }
        } catch (ReaderException e) {
            problems.error(
                    Position.after(text, e.getPosition()),
                    "",
                    "the character U+%04X cannot stand in YAML".formatted(e.getCodePoint()),
                    "remove it, or write it as an escape in double quotes");
        } catch (RuntimeException | StackOverflowError e) {
            problems.error(last, "", "this is not YAML that can be read: " + e, "check the text after this place");
        }
        return problems.sorted().size() == before;
    }

    private boolean look(Event event) {
        if (event instanceof DocumentStartEvent && ++documents > 1) {
            problems.error(last, "", "a second document begins here", "keep one document a file and remove \"---\"");
            return false;
        }
        if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
            problems.error(last, "", "values are nested more than " + MAX_DEPTH + " levels deep", "flatten them");
            return false;
        }
        if (event instanceof CollectionEndEvent) {
            depth--;
        }
        if (event instanceof NodeEvent node) {
            lookAtNode(node);
        }
        return true;
    }

    private void lookAtNode(NodeEvent node) {
        if (node instanceof AliasEvent) {
            problems.error(last, "", "aliases (*name) are not used here", "write the value itself");
        } else if (node.getAnchor().isPresent()) {
            problems.error(last, "", "anchors (&name) are not used here", "write the value where it is needed");
        }
        String tag = tag(node);
        if (!tag.isEmpty() && !STANDARD_TAGS.contains(tag.replace("tag:yaml.org,2002:", ""))) {
            problems.error(last, "", "the tag \"" + tag + "\" is not known", "remove it");
        }
    }

    /** A template without quotes at the place of a problem or before it in its line. */
    private static Optional<Position> bareTemplate(String text, Position problem) {
        String line = text.lines().skip(problem.line() - 1L).findFirst().orElse("");
        boolean quoted = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted = quoted ? c != quote : c == '"' || c == '\'';
            quote = quoted && quote == 0 ? c : quoted ? quote : 0;
            if (!quoted && line.startsWith("${", i)) {
                return Optional.of(new Position(problem.line(), line.codePointCount(0, i) + 1));
            }
        }
        return Optional.empty();
    }

    private static String tag(NodeEvent node) {
        if (node instanceof ScalarEvent scalar) {
            return scalar.getTag().filter(tag -> !tag.equals("!")).orElse("");
        }
        return node instanceof CollectionStartEvent start ? start.getTag().orElse("") : "";
    }

    private static String sentence(MarkedYamlEngineException e) {
        String context = e.getContext() == null ? "" : e.getContext() + " ";
        return context + e.getProblem();
    }

    private static String advice(String problem) {
        if (problem.contains("TAB")) {
            return "indent with spaces; YAML does not allow tabs";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "check the indentation, and put a value that holds \": \" in quotes";
        }
        return "check indentation, quotes and brackets here and on the line before";
    }
}
