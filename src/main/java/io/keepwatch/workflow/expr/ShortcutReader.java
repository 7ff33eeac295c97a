package io.keepwatch.workflow.expr;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.workflow.expr.Shortcut.And;
import io.keepwatch.workflow.expr.Shortcut.Check;
import io.keepwatch.workflow.expr.Shortcut.Field;
import io.keepwatch.workflow.expr.Shortcut.Not;
import io.keepwatch.workflow.expr.Shortcut.Or;
import io.keepwatch.workflow.expr.Shortcut.Order;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds what can be answered without CEL in a checked expression. */
final class ShortcutReader {
    private static final Map<String, Order> ORDERS = Map.of(
            "_==_", Order.EQUAL,
            "_!=_", Order.EQUAL,
            "_<_", Order.LESS,
            "_<=_", Order.AT_MOST,
            "_>_", Order.GREATER,
            "_>=_", Order.AT_LEAST);

    private ShortcutReader() {}

    static Shortcut of(CelExpr expr) {
        if (expr.exprKind().getKind() != ExprKind.Kind.CALL) {
            return field(expr, Optional.of(new Check.True()));
        }
        CelCall call = expr.call();
        List<CelExpr> args = call.args();
        return switch (call.function()) {
            case "_&&_" -> new And(of(args.get(0)), of(args.get(1)));
            case "_||_" -> new Or(of(args.get(0)), of(args.get(1)));
            case "!_" -> new Not(of(args.get(0)));
            case "@in" -> field(args.get(0), texts(args.get(1)).map(Check.Among::new));
            case "startsWith" ->
                call.target()
                        .map(target -> field(target, text(args.get(0)).map(Check.StartsWith::new)))
                        .orElse(Shortcut.NONE);
            default -> ORDERS.containsKey(call.function()) ? comparison(call) : Shortcut.NONE;
        };
    }

    private static Shortcut comparison(CelCall call) {
        Order order = ORDERS.getOrDefault(call.function(), Order.EQUAL);
        CelExpr left = call.args().get(0);
        CelExpr right = call.args().get(1);
        Optional<Object> constant = constant(right);
        Shortcut found = constant.isPresent()
                ? field(left, check(order, constant.get()))
                : constant(left)
                        .map(other -> field(right, check(order.flipped(), other)))
                        .orElse(Shortcut.NONE);
        return call.function().equals("_!=_") ? new Not(found) : found;
    }

    private static Optional<Check> check(Order order, Object constant) {
        if (constant instanceof String text) {
            return order == Order.EQUAL ? Optional.of(new Check.Among(Set.of(text))) : Optional.empty();
        }
        return Check.Than.of(order, constant);
    }

    private static Shortcut field(CelExpr expr, Optional<? extends Check> check) {
        Deque<String> path = new ArrayDeque<>();
        CelExpr inner = expr;
        while (inner.exprKind().getKind() == ExprKind.Kind.SELECT
                && !inner.select().testOnly()) {
            path.addFirst(inner.select().field());
            inner = inner.select().operand();
        }
        if (inner.exprKind().getKind() != ExprKind.Kind.IDENT || path.isEmpty() || check.isEmpty()) {
            return Shortcut.NONE;
        }
        path.addFirst(inner.ident().name());
        return new Field(List.copyOf(path), check.get());
    }

    /** A text, a number, or the bytes of a size. */
    private static Optional<Object> constant(CelExpr expr) {
        if (expr.exprKind().getKind() == ExprKind.Kind.CALL
                && expr.call().function().equals(Functions.SIZE)) {
            return text(expr.call().args().get(0))
                    .map(size -> ByteSize.parse(size).bytes());
        }
        if (expr.exprKind().getKind() != ExprKind.Kind.CONSTANT) {
            return Optional.empty();
        }
        CelConstant constant = expr.constant();
        return switch (constant.getKind()) {
            case STRING_VALUE -> Optional.of(constant.stringValue());
            case INT64_VALUE -> Optional.of(constant.int64Value());
            case DOUBLE_VALUE -> Optional.of(constant.doubleValue());
            default -> Optional.empty();
        };
    }

    private static Optional<String> text(CelExpr expr) {
        return constant(expr).filter(String.class::isInstance).map(String.class::cast);
    }

    /** Of a list of nothing but texts. */
    private static Optional<Set<String>> texts(CelExpr expr) {
        if (expr.exprKind().getKind() != ExprKind.Kind.LIST) {
            return Optional.empty();
        }
        Set<String> texts = new LinkedHashSet<>();
        for (CelExpr element : expr.list().elements()) {
            Optional<String> text = text(element);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return Optional.of(texts);
    }
}
