package io.keepwatch.workflow.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A checked expression. Any thread may evaluate it. */
public final class Expression {
    private final String text;
    private final CelAbstractSyntaxTree tree;
    private final CelRuntime.Program program;
    private final Set<String> functions;
    private final List<String> states;
    private final boolean isPlain;
    private final boolean usesPrevious;
    private final Shortcut shortcut;

    /** @param functions every function it calls */
    Expression(String text, CelAbstractSyntaxTree tree, CelRuntime.Program program, Set<String> functions) {
        this.text = text;
        this.tree = tree;
        this.program = program;
        this.functions = Set.copyOf(functions);
        this.states = functions.stream()
                .filter(name -> name.startsWith(Functions.STATE))
                .map(name -> name.substring(Functions.STATE.length()))
                .toList();
        this.isPlain = Functions.late(states).stream().noneMatch(functions::contains);
        this.usesPrevious = CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == ExprKind.Kind.IDENT)
                .map(node -> node.expr().ident().name())
                .anyMatch(name -> name.equals("previous") || name.equals(Variables.HAS_PREVIOUS));
        this.shortcut = ShortcutReader.of(tree.getExpr());
    }

    /** As written. */
    public String text() {
        return text;
    }

    /** Whether this calls the function. */
    public boolean uses(String function) {
        return functions.contains(function);
    }

    /** Whether the event before the one that is judged makes a difference. */
    public boolean usesPrevious() {
        return usesPrevious;
    }

    /** For a condition: the subjects of which an event must have one to make it true; empty where any will do. */
    public Optional<Set<String>> subjects() {
        return shortcut.subjects();
    }

    public Object evaluate(Values values) throws ExpressionException {
        try {
            // Bindings are made anew each time, and most conditions need none.
            return isPlain
                    ? program.eval(values.variables())
                    : program.eval(values.variables(), Functions.bindings(values.lookup(), states));
        } catch (CelEvaluationException e) {
            boolean missing = e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND;
            throw new ExpressionException("\"" + text + "\": " + reason(e), e, missing);
        } catch (RuntimeException e) {
            throw new ExpressionException("\"" + text + "\": " + reason(e), e);
        }
    }

    /** For a condition, whose result is a truth value. */
    public boolean isTrue(Values values) throws ExpressionException {
        return switch (shortcut.of(values.variables())) {
            case YES -> true;
            case NO -> false;
            case LACKING, UNSURE -> Boolean.TRUE.equals(evaluate(values));
        };
    }

    /** For a condition: whether it is true; empty where the event lacks a field that it asks for. */
    public Optional<Boolean> holds(Values values) throws ExpressionException {
        return switch (shortcut.of(values.variables())) {
            case YES -> Optional.of(true);
            case NO -> Optional.of(false);
            case LACKING -> Optional.empty();
            case UNSURE -> holdsByCel(values);
        };
    }

    private Optional<Boolean> holdsByCel(Values values) throws ExpressionException {
        try {
            return Optional.of(Boolean.TRUE.equals(evaluate(values)));
        } catch (ExpressionException e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Shortcut shortcut() {
        return shortcut;
    }

    /** The value of every part that was evaluated, from the inside out; texts of values are for people. */
    public Map<String, String> explain(Values values) {
        Map<String, String> parts = new LinkedHashMap<>();
        try {
            program.trace(
                    values.variables(),
                    Functions.bindings(values.lookup(), states),
                    (part, value) -> parts.put(unparsed(part), String.valueOf(value)));
        } catch (CelEvaluationException | RuntimeException e) {
            parts.put(text, "no value: " + reason(e));
        }
        return parts;
    }

    private String unparsed(CelExpr part) {
        try {
            return CelUnparserFactory.newUnparser().unparse(CelAbstractSyntaxTree.newParsedAst(part, tree.getSource()));
        } catch (RuntimeException e) {
            return text;
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage()).replaceFirst("^evaluation error( at [^ ]*)?: ", "");
    }

    @Override
    public String toString() {
        return text;
    }
}
