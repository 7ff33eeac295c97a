package io.keepwatch.workflow.load;

import io.keepwatch.config.yaml.Named;
import io.keepwatch.config.yaml.YamlValue;
import io.keepwatch.workflow.expr.Compiled;
import io.keepwatch.workflow.expr.Expression;
import io.keepwatch.workflow.expr.Expressions;
import io.keepwatch.workflow.expr.Mistake;
import io.keepwatch.workflow.expr.Result;
import io.keepwatch.workflow.expr.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads expressions and templates, and reports their mistakes where they stand. */
final class ExpressionReader {
    private static final Pattern SECRET_NAME = Pattern.compile("secret\\(\\s*[\"']([^\"']*)[\"']\\s*\\)");
    private static final Pattern NO_STEP = Pattern.compile("there is no \"(.*)\" in steps");

    private final Expressions expressions;
    private final Optional<Set<String>> secrets;

    ExpressionReader(Expressions expressions, Optional<Set<String>> secrets) {
        this.expressions = expressions;
        this.secrets = secrets;
    }

    /** Whether a template may call {@code secret()}. */
    enum Secrets {
        ALLOWED,
        REFUSED
    }

    Optional<Expression> condition(YamlValue value, Scope scope) {
        return expression(value, scope, Result.TRUTH);
    }

    Optional<Expression> expression(YamlValue value, Scope scope, Result result) {
        Optional<String> text = value.word();
        if (text.isEmpty()) {
            value.error("this needs an expression but holds " + value.found(), "write, for example, event.subject");
            return Optional.empty();
        }
        if (text.get().contains("${")) {
            value.error(
                    text.get().codePointCount(0, text.get().indexOf("${")),
                    "this is an expression already",
                    "remove ${ and }");
            return Optional.empty();
        }
        return compile(value, text.get(), 0, scope, result, Secrets.REFUSED);
    }

    Optional<Template> template(YamlValue value, Scope scope, Secrets secretsAllowed) {
        return template(value, scope, secretsAllowed, Result.ANY);
    }

    /** @param result what the template must yield where it is an expression alone */
    Optional<Template> template(YamlValue value, Scope scope, Secrets secretsAllowed, Result result) {
        Optional<List<YamlValue>> items = value.items();
        if (items.isPresent()) {
            List<Template> list = new ArrayList<>();
            items.get().forEach(item -> template(item, scope, secretsAllowed).ifPresent(list::add));
            return Optional.of(new Template.Items(list));
        }
        if (value.text().isPresent()) {
            return text(value, value.text().get(), scope, secretsAllowed, result);
        }
        Optional<Object> constant = value.constant();
        return constant.isPresent()
                ? Optional.of(new Template.Constant(constant.get()))
                : value.entries().map(entries -> fields(entries, scope, secretsAllowed));
    }

    /** The templates of a map; reports what is no map. */
    Template.Fields fields(YamlValue value, Scope scope, Secrets secretsAllowed) {
        Optional<List<Named<YamlValue>>> entries = value.entries();
        if (entries.isEmpty()) {
            value.error(
                    "this needs a map but holds " + value.found(), "write names and values, for example {text: \"…\"}");
        }
        return fields(entries.orElse(List.of()), scope, secretsAllowed);
    }

    private Template.Fields fields(List<Named<YamlValue>> entries, Scope scope, Secrets secretsAllowed) {
        Map<String, Template> fields = new LinkedHashMap<>();
        entries.forEach(entry -> template(entry.value(), scope, secretsAllowed)
                .ifPresent(template -> fields.put(entry.name(), template)));
        return new Template.Fields(fields);
    }

    private Optional<Template> text(YamlValue value, String text, Scope scope, Secrets secretsAllowed, Result result) {
        List<TemplateText.Part> parts = TemplateText.split(text);
        boolean single = parts.size() == 1 && parts.get(0).isExpression();
        List<Template> templates = new ArrayList<>();
        for (TemplateText.Part part : parts) {
            if (!part.isExpression()) {
                templates.add(new Template.Constant(part.text()));
            } else if (part.isOpen()) {
                value.error(
                        part.offset() - 2, "the expression has no end", "close it with }, or write $${ for ${ itself");
                return Optional.empty();
            } else {
                compile(value, part.text(), part.offset(), scope, single ? result : Result.ANY, secretsAllowed)
                        .ifPresent(found -> templates.add(new Template.Single(found)));
            }
        }
        if (templates.size() < parts.size()) {
            return Optional.empty();
        }
        return Optional.of(
                templates.isEmpty()
                        ? new Template.Constant("")
                        : templates.size() == 1 ? templates.get(0) : new Template.Text(templates));
    }

    private Optional<Expression> compile(
            YamlValue value, String text, int offset, Scope scope, Result result, Secrets secretsAllowed) {
        if (text.isBlank()) {
            value.error(offset, "the expression is empty", "write what the value is, for example event.subject");
            return Optional.empty();
        }
        Compiled compiled = expressions.compile(text, scope.names(), result);
        for (Mistake mistake : compiled.mistakes()) {
            report(value, offset, mistake, scope);
        }
        if (compiled.expression().filter(found -> found.uses("secret")).isPresent()) {
            checkSecret(value, text, offset, secretsAllowed);
        }
        return compiled.expression();
    }

    private static void report(YamlValue value, int offset, Mistake mistake, Scope scope) {
        Matcher missing = NO_STEP.matcher(mistake.problem());
        if (missing.matches() && scope.hasStep(missing.group(1))) {
            value.error(
                    offset + mistake.offset(),
                    "the step \"" + missing.group(1) + "\" has not run yet here",
                    "move it before this step, or use a step that ran before");
        } else {
            value.error(offset + mistake.offset(), mistake.problem(), mistake.advice());
        }
    }

    private void checkSecret(YamlValue value, String text, int offset, Secrets allowed) {
        Matcher call = SECRET_NAME.matcher(text);
        int at = Math.max(0, text.indexOf("secret"));
        if (allowed == Secrets.REFUSED) {
            value.error(
                    offset + text.codePointCount(0, at),
                    "secret() cannot stand here, where its value would be kept or shown",
                    "use it in env: of a run step, or in with: of a webhook step");
            return;
        }
        while (call.find()) {
            String name = call.group(1);
            if (secrets.isPresent() && !secrets.get().contains(name)) {
                String advice = io.keepwatch.config.yaml.NearestName.of(name, secrets.get())
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("add it to secrets in the configuration");
                value.error(
                        offset + text.codePointCount(0, call.start(1)),
                        "the configuration has no secret \"" + name + "\"",
                        advice);
            }
        }
    }
}
