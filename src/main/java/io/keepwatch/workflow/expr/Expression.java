package io.keepwatch.workflow.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A checked expression. Any thread may evaluate it. */
public final class Expression {
    private final String text;
    private final CelAbstractSyntaxTree tree;
    private final CelRuntime.Program program;
    private final Set<String> functions;
    private final List<String> states;

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
    }

    /** As written. */
    public String text() {
        return text;
    }

    /** Whether this calls the function. */
    public boolean uses(String function) {
        return functions.contains(function);
    }

    public Object evaluate(Values values) throws ExpressionException {
        try {
            return program.eval(values.variables(), Functions.bindings(values.lookup(), states));
        } catch (CelEvaluationException e) {
            boolean missing = e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND;
            throw new ExpressionException("\"" + text + "\": " + reason(e), e, missing);
        } catch (RuntimeException e) {
            throw new ExpressionException("\"" + text + "\": " + reason(e), e);
        }
    }

    /** For a condition, whose result is a truth value. */
    public boolean isTrue(Values values) throws ExpressionException {
        return Boolean.TRUE.equals(evaluate(values));
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
