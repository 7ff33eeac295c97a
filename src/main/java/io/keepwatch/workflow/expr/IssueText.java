package io.keepwatch.workflow.expr;

import dev.cel.common.CelIssue;
import io.keepwatch.config.yaml.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in our words what the parser and the checker of CEL found, and what may have been meant. */
final class IssueText {
    private static final Pattern FIELD = Pattern.compile("undefined field '(.*)'");
    private static final Pattern NAME = Pattern.compile("undeclared reference to '(.*)' \\(in container ''\\)");
    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '(.*)' applied to '(.*?)\\((.*?)\\)'.*", Pattern.DOTALL);
    private static final Pattern NO_FIELDS = Pattern.compile("type '(.*)' does not support field selection.*");
    private static final Pattern CHAIN = Pattern.compile("[\\p{Alpha}_][\\w]*(?:\\.\\w+)*$");
    private static final Pattern UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kKMGT]i?B?|B)\\b");
    private static final Pattern TIME_UNIT = Pattern.compile("(?<![\\w\"'.])(\\d+(?:ms|s|m|h|d|w))\\b");
    private static final Pattern PERCENT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%(?!\\s*[\\w(])");
    private static final Pattern WORD = Pattern.compile("\\b(and|or|not|AND|OR|NOT)\\b");
    private static final Pattern ASSIGN = Pattern.compile("(?<![=!<>])=(?!=)");

    private final String text;
    private final Names names;

    IssueText(String text, Names names) {
        this.text = text;
        this.names = names;
    }

    List<Mistake> of(List<CelIssue> issues) {
        Optional<Mistake> syntax = issues.stream().anyMatch(issue -> isSyntax(issue.getMessage()))
                ? Optional.of(syntax(issues.get(0)))
                : Optional.empty();
        if (syntax.isPresent()) {
            return List.of(syntax.get());
        }
        List<Mistake> mistakes = new ArrayList<>();
        issues.stream().map(this::of).distinct().forEach(mistakes::add);
        return mistakes;
    }

    private static boolean isSyntax(String message) {
        return message.startsWith("mismatched input")
                || message.startsWith("extraneous input")
                || message.startsWith("no viable alternative")
                || message.startsWith("missing ")
                || message.startsWith("token recognition error");
    }

    private Mistake of(CelIssue issue) {
        String message = issue.getMessage();
        int at = offset(issue);
        Matcher field = FIELD.matcher(message);
        if (field.matches()) {
            return unknownField(field.group(1), at);
        }
        Matcher name = NAME.matcher(message);
        if (name.matches()) {
            return unknownName(name.group(1), at);
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return overload(overload.group(1), overload.group(2), overload.group(3), at);
        }
        Matcher noFields = NO_FIELDS.matcher(message);
        if (noFields.matches()) {
            return new Mistake(
                    at + 1, TypeText.of(noFields.group(1)) + " has no fields", "remove what follows the dot");
        }
        int advice = message.indexOf(Macros.ADVICE);
        return advice < 0
                ? new Mistake(at, message, "")
                : new Mistake(at, message.substring(0, advice), message.substring(advice + 1));
    }

    private Mistake unknownField(String field, int reported) {
        int dot = dot(field, reported);
        List<String> path = chainBefore(dot);
        Collection<String> known = names.below(path);
        String of = names.isStruct(path) ? " in " + String.join(".", path) : "";
        String advice = NearestName.of(field, names.isStruct(path) ? known : names.fields())
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse(known.isEmpty() ? "" : "known here: " + sorted(known));
        return new Mistake(dot + 1, "there is no \"" + field + "\"" + of, advice);
    }

    /** Within has() the checker only tells where the call is. */
    private int dot(String field, int reported) {
        int index = text.offsetByCodePoints(0, reported);
        int found = text.startsWith(".", index) ? index : text.indexOf("." + field, index);
        return found < 0 ? reported : points(found);
    }

    private List<String> chainBefore(int dot) {
        Matcher chain = CHAIN.matcher(text.substring(0, text.offsetByCodePoints(0, dot)));
        return chain.find() ? Arrays.asList(chain.group().split("\\.")) : List.of();
    }

    private Mistake unknownName(String name, int at) {
        boolean call = at < text.length() && text.charAt(at) == '(';
        int start = call ? Math.max(0, text.lastIndexOf(name, at)) : at;
        Collection<String> known = call ? Functions.NAMES : names.variables().keySet();
        Optional<String> near = NearestName.of(name, known);
        String kind = call ? "function" : "name";
        String advice = near.map(found -> "did you mean \"" + found + "\"?")
                .orElseGet(() -> call ? "known: " + sorted(known) : bareName(name, known));
        return new Mistake(start, "the " + kind + " \"" + name + "\" is not known here", advice);
    }

    /** Somebody wrote the field without what it belongs to, or a text without quotes. */
    private String bareName(String name, Collection<String> known) {
        return NearestName.of(name, names.below(List.of("event", "data")))
                .map(field -> "did you mean \"event.data." + field + "\"?")
                .or(() -> NearestName.of(name, names.below(List.of("steps")))
                        .map(step -> "did you mean \"steps." + step + "\"?"))
                .orElse(
                        known.isEmpty()
                                ? "put it in quotes if it is a text"
                                : "known here: " + sorted(known) + "; put it in quotes if it is a text");
    }

    private static Mistake overload(String function, String receiver, String arguments, int at) {
        String operator = function.replaceAll("^[_@]+|[_]+$", "").replace("?_:", "?:");
        List<String> kinds = Arrays.stream((receiver + arguments).split(", "))
                .map(TypeText::of)
                .toList();
        boolean mixed = kinds.contains("a number") && kinds.contains("a whole number");
        String advice = mixed
                ? "write the number with a decimal point, for example 90.0, or convert with double()"
                : kinds.contains("a text") && function.startsWith("_") ? textAdvice(kinds) : "";
        return new Mistake(at, "\"" + operator + "\" cannot be used with " + String.join(" and ", kinds), advice);
    }

    private static String textAdvice(List<String> kinds) {
        return kinds.contains("a number") || kinds.contains("a whole number")
                ? "remove the quotes if a number is meant, or convert with string()"
                : "both sides must be of one kind";
    }

    private Mistake syntax(CelIssue issue) {
        int at = offset(issue);
        String message = issue.getMessage();
        Matcher word = WORD.matcher(text);
        if (word.find()) {
            String operator = switch (word.group().toLowerCase(java.util.Locale.ROOT)) {
                case "and" -> "&&";
                case "or" -> "||";
                default -> "!";
            };
            return new Mistake(
                    points(word.start()), "\"" + word.group() + "\" is not an operator", "write " + operator);
        }
        Matcher size = UNIT.matcher(text);
        if (size.find()) {
            return new Mistake(
                    points(size.start()),
                    "a size with its unit cannot stand here as it is",
                    "write bytes(\"" + size.group() + "\")");
        }
        Matcher time = TIME_UNIT.matcher(text);
        if (time.find()) {
            return new Mistake(
                    points(time.start()),
                    "a duration cannot stand here as it is",
                    "write duration(\"" + time.group() + "\")");
        }
        Matcher percent = PERCENT.matcher(text);
        if (percent.find()) {
            return new Mistake(
                    points(percent.end() - 1),
                    "a percent sign cannot stand here",
                    "write the number alone: " + percent.group(1));
        }
        Matcher assign = ASSIGN.matcher(text);
        if (assign.find()) {
            return new Mistake(points(assign.start()), "\"=\" is not an operator", "write == to compare");
        }
        if (message.contains("'<EOF>'") && !message.startsWith("extraneous")) {
            return new Mistake(at, "the expression ends too early", "complete it, or check its brackets and quotes");
        }
        String found = message.replaceFirst("^.*?(?:input|at:|error at) '(.*?)'( expecting.*)?$", "$1");
        return new Mistake(at, "\"" + found + "\" is not expected here", "check operators, brackets and quotes");
    }

    private int offset(CelIssue issue) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int before = text.lines()
                .limit(line - 1L)
                .mapToInt(l -> l.codePointCount(0, l.length()) + 1)
                .sum();
        int all = text.codePointCount(0, text.length());
        return Math.max(
                0, Math.min(all, before + Math.max(0, issue.getSourceLocation().getColumn())));
    }

    private int points(int index) {
        return text.codePointCount(0, index);
    }

    private static String sorted(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
