package io.keepwatch.workflow.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import io.keepwatch.unit.ByteSize;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks at load what is written out in an expression and would otherwise only be refused when it is evaluated. */
final class ConstantCheck {
    private static final String DURATION = "-?([0-9]+(\\.[0-9]+)?(h|m|s|ms|us|ns))+";

    private ConstantCheck() {}

    static List<Mistake> mistakes(CelAbstractSyntaxTree tree) {
        List<Mistake> found = new ArrayList<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == ExprKind.Kind.CALL)
                .forEach(node -> argument(node.expr())
                        .ifPresent(argument -> check(tree, node.expr().call().function(), argument, found)));
        return found;
    }

    /** The names of all functions that are called. */
    static Set<String> functions(CelAbstractSyntaxTree tree) {
        Set<String> names = new HashSet<>();
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == ExprKind.Kind.CALL)
                .forEach(node -> names.add(node.expr().call().function()));
        return names;
    }

    private static Optional<CelExpr> argument(CelExpr call) {
        List<CelExpr> args = call.call().args();
        return args.stream()
                .skip(Math.max(0, args.size() - 1L))
                .filter(arg -> arg.exprKind().getKind() == ExprKind.Kind.CONSTANT
                        && arg.constant().getKind() == CelConstant.Kind.STRING_VALUE)
                .findFirst();
    }

    private static void check(CelAbstractSyntaxTree tree, String function, CelExpr argument, List<Mistake> found) {
        String text = argument.constant().stringValue();
        int at = tree.getSource().getPositionsMap().getOrDefault(argument.id(), 0);
        switch (function) {
            case Functions.SIZE -> {
                try {
                    ByteSize.parse(text);
                } catch (IllegalArgumentException e) {
                    found.add(new Mistake(at, String.valueOf(e.getMessage()), "write bytes(\"100GiB\")"));
                }
            }
            case "matches" -> {
                try {
                    Pattern.compile(text);
                } catch (PatternSyntaxException e) {
                    found.add(new Mistake(
                            at,
                            "\"" + text + "\" is not a regular expression: " + e.getDescription(),
                            "see the syntax of RE2"));
                }
            }
            case "duration" -> {
                if (!text.matches(DURATION)) {
                    found.add(new Mistake(
                            at,
                            "\"" + text + "\" is not a duration",
                            "write numbers with units h, m, s or ms, for example duration(\"1h30m\")"));
                }
            }
            case "timestamp" -> {
                try {
                    OffsetDateTime.parse(text);
                } catch (DateTimeException e) {
                    found.add(new Mistake(
                            at, "\"" + text + "\" is not a time", "write timestamp(\"2026-01-31T12:00:00Z\")"));
                }
            }
            default -> {
                // Other functions take any text.
            }
        }
    }
}
