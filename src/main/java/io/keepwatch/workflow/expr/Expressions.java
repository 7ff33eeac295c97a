package io.keepwatch.workflow.expr;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.EventTypes;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;

/** Turns text into expressions for one set of event types. For one thread. */
public final class Expressions {
    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .populateMacroCalls(true)
            .maxExpressionCodePointSize(10_000)
            .maxParseRecursionDepth(64)
            .comprehensionMaxIterations(10_000)
            .build();

    private final EventTypes types;
    private final CelRuntime runtime;
    private final IdentityHashMap<Names, CelCompiler> compilers = new IdentityHashMap<>();
    private final IdentityHashMap<Names, CelCompiler> compilersOfStates = new IdentityHashMap<>();

    public Expressions(EventTypes types) {
        this.types = types;
        this.runtime = CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(OPTIONS)
                .addFunctionBindings(Functions.always())
                .addLateBoundFunctions(Functions.late(types.names()))
                .build();
    }

    /** Parses and checks; reports every mistake that the checker finds. */
    public Compiled compile(String text, Names names, Result result) {
        // A function for each event type makes the checker several times as slow to build, and few texts need them.
        CelCompiler compiler = text.contains("state(")
                ? compilersOfStates.computeIfAbsent(names, found -> compiler(found, types.all()))
                : compilers.computeIfAbsent(names, found -> compiler(found, List.of()));
        CelValidationResult checked = compiler.compile(text);
        IssueText issues = new IssueText(text, names);
        if (checked.hasError()) {
            return Compiled.wrong(issues.of(
                    checked.getErrors().stream().map(CelIssue.class::cast).toList()));
        }
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            List<Mistake> constants = ConstantCheck.mistakes(tree);
            if (!constants.isEmpty()) {
                return Compiled.wrong(constants);
            }
            if (!result.accepts(tree.getResultType())) {
                return Compiled.wrong(List.of(new Mistake(
                        0,
                        "this must be " + result.words() + " but is " + TypeText.of(tree.getResultType()),
                        result.advice())));
            }
            return Compiled.of(new Expression(text, tree, runtime.createProgram(tree), ConstantCheck.functions(tree)));
        } catch (CelValidationException | CelEvaluationException e) {
            return Compiled.wrong(List.of(new Mistake(0, String.valueOf(e.getMessage()), "")));
        }
    }

    private CelCompiler compiler(Names names, Collection<EventType> states) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addMacros(new Macros(types).all())
                .setTypeProvider(names.provider(states))
                .addFunctionDeclarations(Functions.declarations())
                .addVar(Variables.SUCCESS, SimpleType.BOOL)
                .addVar(Variables.HAS_PREVIOUS, SimpleType.BOOL);
        states.forEach(type -> builder.addFunctionDeclarations(Functions.state(type)));
        names.variables().forEach(builder::addVar);
        return builder.build();
    }
}
