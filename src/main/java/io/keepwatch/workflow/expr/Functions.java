package io.keepwatch.workflow.expr;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelLateFunctionBindings;
import io.keepwatch.unit.ByteSize;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.RuleEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Our own functions beside those of CEL. */
final class Functions {
    /** What a misspelt name of a function may have meant. */
    static final List<String> NAMES = List.of(
            "bytes",
            "delta",
            "state",
            "diff",
            "paths_on",
            "secret",
            "success",
            "failure",
            "always",
            "size",
            "has",
            "matches",
            "contains",
            "startsWith",
            "endsWith",
            "exists",
            "all",
            "filter",
            "map",
            "int",
            "double",
            "string",
            "bool",
            "duration",
            "timestamp",
            "type");

    /** A call of {@code state("disk.usage", s)} becomes one of a function with this name, which knows its result. */
    static final String STATE = "state ";

    static final String SIZE = "bytes of a size";

    private Functions() {}

    static List<CelFunctionDecl> declarations() {
        return List.of(
                CelFunctionDecl.newFunctionDeclaration(
                        SIZE, CelOverloadDecl.newGlobalOverload("size_text", SimpleType.INT, SimpleType.STRING)),
                CelFunctionDecl.newFunctionDeclaration(
                        "diff",
                        CelOverloadDecl.newGlobalOverload(
                                "diff_paths", SimpleType.STRING, ListType.create(SimpleType.STRING))),
                CelFunctionDecl.newFunctionDeclaration(
                        "paths_on",
                        CelOverloadDecl.newGlobalOverload(
                                "paths_on_disk", ListType.create(SimpleType.STRING), SimpleType.STRING)),
                CelFunctionDecl.newFunctionDeclaration(
                        "secret",
                        CelOverloadDecl.newGlobalOverload("secret_name", SimpleType.STRING, SimpleType.STRING)));
    }

    static CelFunctionDecl state(EventType type) {
        String name = STATE + type.name();
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(name, Names.event(type), SimpleType.STRING));
    }

    static List<CelFunctionBinding> always() {
        return List.copyOf(CelFunctionBinding.fromOverloads(
                SIZE,
                CelFunctionBinding.from(
                        "size_text", String.class, text -> ByteSize.parse(text).bytes())));
    }

    /** The names that are bound at each evaluation; the states are names of event types. */
    static List<String> late(Collection<String> states) {
        List<String> names = new ArrayList<>(List.of("diff", "paths_on", "secret"));
        states.forEach(type -> names.add(STATE + type));
        return names;
    }

    // CEL asks for functions without state; these live for one evaluation only.
    @SuppressWarnings("Immutable")
    static CelLateFunctionBindings bindings(Lookup lookup, Collection<String> states) {
        List<CelFunctionBinding> bindings = new ArrayList<>(List.of(
                CelFunctionBinding.from("diff_paths", List.class, paths -> lookup.diff(texts(paths))),
                CelFunctionBinding.from("paths_on_disk", String.class, lookup::pathsOn),
                CelFunctionBinding.from("secret_name", String.class, lookup::secret)));
        states.forEach(type -> bindings.add(
                CelFunctionBinding.from(STATE + type, String.class, subject -> state(lookup, type, subject))));
        return CelLateFunctionBindings.from(bindings);
    }

    private static Map<String, Object> state(Lookup lookup, String type, String subject) {
        return lookup.state(type, subject)
                .map(RuleEvent::view)
                .orElseThrow(() ->
                        new IllegalArgumentException("there is no value of " + type + " for \"" + subject + "\" yet"));
    }

    private static List<String> texts(List<?> list) {
        return list.stream().map(String::valueOf).toList();
    }
}
