package io.keepwatch.workflow.expr;

import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import io.keepwatch.config.yaml.NearestName;
import io.keepwatch.workflow.type.EventTypes;
import java.util.List;
import java.util.Optional;

/** Functions that the parser replaces by something simpler, so that the checker knows their exact types. */
final class Macros {
    /** Stands between the problem and the advice in a message of ours. */
    static final String ADVICE = "\u0000";

    private final EventTypes types;

    Macros(EventTypes types) {
        this.types = types;
    }

    // The types do not change while expressions are compiled.
    @SuppressWarnings("Immutable")
    List<CelMacro> all() {
        return List.of(
                CelMacro.newGlobalMacro("delta", 1, (factory, target, args) -> delta(factory, args.get(0))),
                CelMacro.newGlobalMacro("state", 2, (factory, target, args) -> state(factory, args)),
                CelMacro.newGlobalMacro(
                        "bytes",
                        1,
                        (factory, target, args) -> Optional.of(factory.newGlobalCall(Functions.SIZE, args))),
                CelMacro.newGlobalMacro(
                        "success", 0, (factory, target, args) -> Optional.of(factory.newIdentifier(Variables.SUCCESS))),
                CelMacro.newGlobalMacro(
                        "failure",
                        0,
                        (factory, target, args) ->
                                Optional.of(factory.newGlobalCall("!_", factory.newIdentifier(Variables.SUCCESS)))),
                CelMacro.newGlobalMacro(
                        "always", 0, (factory, target, args) -> Optional.of(factory.newBoolLiteral(true))));
    }

    /** How much a field has grown since the event before; 0 where there was none. */
    private static Optional<CelExpr> delta(CelMacroExprFactory factory, CelExpr field) {
        if (!isField(field)) {
            return Optional.of(error(
                    factory,
                    field,
                    "delta() needs a field of the event",
                    "write, for example, delta(event.data.count)"));
        }
        CelExpr before = before(factory, field);
        CelExpr known = factory.newGlobalCall(
                "_&&_",
                factory.newIdentifier(Variables.HAS_PREVIOUS),
                factory.newSelect(before.select().operand(), field.select().field(), true));
        CelExpr grown = factory.newGlobalCall("_-_", factory.copy(field), before(factory, field));
        CelExpr nothing = factory.newGlobalCall("_-_", factory.copy(field), factory.copy(field));
        return Optional.of(factory.newGlobalCall("_?_:_", known, grown, nothing));
    }

    private static boolean isField(CelExpr expr) {
        CelExpr inner = expr;
        while (inner.exprKind().getKind() == ExprKind.Kind.SELECT) {
            inner = inner.select().operand();
        }
        return inner != expr
                && inner.exprKind().getKind() == ExprKind.Kind.IDENT
                && inner.ident().name().equals("event");
    }

    private static CelExpr before(CelMacroExprFactory factory, CelExpr field) {
        return field.exprKind().getKind() == ExprKind.Kind.SELECT
                ? factory.newSelect(
                        before(factory, field.select().operand()),
                        field.select().field(),
                        false)
                : factory.newIdentifier("previous");
    }

    private Optional<CelExpr> state(CelMacroExprFactory factory, List<CelExpr> args) {
        CelExpr type = args.get(0);
        if (type.exprKind().getKind() != ExprKind.Kind.CONSTANT
                || type.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return Optional.of(error(
                    factory,
                    type,
                    "state() needs the name of an event type in quotes",
                    "write state(\"disk.usage\", …)"));
        }
        String name = type.constant().stringValue();
        if (types.find(name).isEmpty()) {
            String advice = NearestName.of(name, types.names())
                    .map(near -> "did you mean \"" + near + "\"?")
                    .orElse("see docs/rules.md for the event types");
            return Optional.of(error(factory, type, "there is no event type \"" + name + "\"", advice));
        }
        return Optional.of(factory.newGlobalCall(Functions.STATE + name, args.get(1)));
    }

    private static CelExpr error(CelMacroExprFactory factory, CelExpr at, String problem, String advice) {
        return factory.reportError(
                CelIssue.formatError(at.id(), factory.getSourceLocation(at), problem + ADVICE + advice));
    }
}
