package io.keepwatch.workflow.expr;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.keepwatch.workflow.type.EventType;
import io.keepwatch.workflow.type.Field;
import io.keepwatch.workflow.type.FieldType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an expression may speak of at one place of a rule: variables, each with the names below it. Immutable. */
public final class Names {
    /** Nothing but the functions. */
    public static final Names NONE = new Names(Map.of());

    private static final Map<FieldType, CelType> TYPES = Map.of(
            FieldType.TEXT, SimpleType.STRING,
            FieldType.WHOLE, SimpleType.INT,
            FieldType.NUMBER, SimpleType.DOUBLE,
            FieldType.TRUTH, SimpleType.BOOL,
            FieldType.TIME, SimpleType.TIMESTAMP,
            FieldType.TEXTS, ListType.create(SimpleType.STRING),
            FieldType.ANY, SimpleType.DYN);

    private final Map<String, CelType> variables;

    private Names(Map<String, CelType> variables) {
        this.variables = variables;
    }

    /** The same and one variable whose kind is known. */
    public Names with(String name, FieldType type) {
        return and(name, type(type));
    }

    /** The same and one variable with fields. */
    public Names with(String name, List<Field> fields) {
        return and(name, struct(name, fields));
    }

    /** The same and one variable that is an event of this type. */
    public Names withEvent(String name, EventType type) {
        return and(name, event(type));
    }

    /** The same and one variable with any names below it. */
    public Names withAnything(String name) {
        return and(name, MapType.create(SimpleType.STRING, SimpleType.DYN));
    }

    /** The same and the results of steps by their ids; a later call replaces an earlier one. */
    public Names withSteps(Map<String, StepFields> steps) {
        Map<String, CelType> results = new LinkedHashMap<>();
        steps.forEach((id, fields) -> results.put(id, step(id, fields)));
        return and("steps", struct("steps", results));
    }

    /**
     * What a step leaves behind.
     *
     * @param data the type of the event below {@code data}, for a probe
     */
    public record StepFields(List<Field> fields, Optional<EventType> data) {
        public StepFields {
            fields = List.copyOf(fields);
        }
    }

    Map<String, CelType> variables() {
        return variables;
    }

    /** The names below a variable along a path; empty when there are none or any will do. */
    Collection<String> below(List<String> path) {
        return typeAt(path) instanceof StructType struct ? struct.fieldNames() : List.of();
    }

    private CelType typeAt(List<String> path) {
        CelType type = path.isEmpty() ? SimpleType.DYN : variables.getOrDefault(path.get(0), SimpleType.DYN);
        for (String part : path.subList(Math.min(1, path.size()), path.size())) {
            type = type instanceof StructType struct
                    ? struct.findField(part).map(StructType.Field::type).orElse(SimpleType.DYN)
                    : SimpleType.DYN;
        }
        return type;
    }

    /** Every name of a field of any variable. */
    Collection<String> fields() {
        List<String> all = new ArrayList<>();
        variables.values().forEach(type -> structs(type).forEach(struct -> all.addAll(struct.fieldNames())));
        return all;
    }

    /** Whether the path leads to something whose fields are known. */
    boolean isStruct(List<String> path) {
        return typeAt(path) instanceof StructType;
    }

    /** Knows the types of all variables, and of these events beside them. */
    CelTypeProvider provider(Collection<EventType> more) {
        Map<String, CelType> byName = new LinkedHashMap<>();
        more.forEach(type -> structs(event(type)).forEach(struct -> byName.put(struct.name(), struct)));
        variables.values().forEach(type -> structs(type).forEach(struct -> byName.put(struct.name(), struct)));
        ImmutableMap<String, CelType> types = ImmutableMap.copyOf(byName);
        return new CelTypeProvider() {
            @Override
            public ImmutableCollection<CelType> types() {
                return types.values();
            }

            @Override
            public Optional<CelType> findType(String name) {
                return Optional.ofNullable(types.get(name));
            }
        };
    }

    static CelType type(FieldType type) {
        return TYPES.getOrDefault(type, SimpleType.DYN);
    }

    static StructType event(EventType type) {
        Map<String, CelType> fields = new LinkedHashMap<>();
        List.of("id", "source", "type", "subject").forEach(name -> fields.put(name, SimpleType.STRING));
        fields.put("time", SimpleType.TIMESTAMP);
        fields.put("hops", SimpleType.INT);
        fields.put("data", struct("data of " + type.name(), type.fields()));
        return struct("event " + type.name(), fields);
    }

    static List<StructType> structs(CelType type) {
        List<StructType> found = new ArrayList<>();
        if (type instanceof StructType struct) {
            found.add(struct);
            struct.fields().forEach(field -> found.addAll(structs(field.type())));
        }
        return found;
    }

    private static StructType step(String id, StepFields step) {
        Map<String, CelType> fields = new LinkedHashMap<>();
        step.fields().forEach(field -> fields.put(field.name(), type(field.type())));
        step.data().ifPresent(type -> fields.put("data", struct("data of " + type.name(), type.fields())));
        return struct("step " + id, fields);
    }

    private static StructType struct(String name, List<Field> fields) {
        Map<String, CelType> types = new LinkedHashMap<>();
        fields.forEach(field -> types.put(field.name(), type(field.type())));
        return struct(name, types);
    }

    private static StructType struct(String name, Map<String, CelType> fields) {
        ImmutableMap<String, CelType> types = ImmutableMap.copyOf(fields);
        return StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
    }

    private Names and(String name, CelType type) {
        Map<String, CelType> more = new LinkedHashMap<>(variables);
        more.put(name, type);
        return new Names(more);
    }
}
