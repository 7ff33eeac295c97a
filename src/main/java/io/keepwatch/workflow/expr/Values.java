package io.keepwatch.workflow.expr;

import java.util.Map;

/** The values of the variables of one evaluation, and where functions look. */
public record Values(Map<String, Object> variables, Lookup lookup) {}
