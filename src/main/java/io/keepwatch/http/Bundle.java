package io.keepwatch.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins the dashboard's modules into one script and its style sheets into one sheet, so that a page is a few requests and not
 * fifty. The sources stay plain ES modules and {@code @import} rules. Of the ways to write a module it knows those that the
 * dashboard uses, each on one line; anything else stops the daemon with its place, and so the first test.
 *
 * <p>Files below {@code vendor/} stay files of their own; {@code import('…')} of one is loaded when it is needed.
 */
final class Bundle {
    private static final String VENDOR = "vendor/";
    private static final Pattern IMPORT = Pattern.compile("(?m)^import \\{ (.+) } from '(\\.[^']+)';$");
    private static final Pattern EXPORT = Pattern.compile("(?m)^export (?=(?:async )?(?:function|class|const) (\\w+))");
    private static final Pattern LAZY = Pattern.compile("\\bimport\\('(\\.[^']+)'\\)");
    private static final Pattern UNKNOWN = Pattern.compile("(?m)^(?:import|export)\\b.*");
    private static final Pattern SHEET = Pattern.compile("(?m)^@import url\\('([^']+)'\\);$");

    private final Map<String, String> files;
    private final Map<String, String> joined = new LinkedHashMap<>();
    private final Map<String, Set<String>> exported = new HashMap<>();
    private final Set<String> vendors = new LinkedHashSet<>();
    private final List<String> open = new ArrayList<>();

    private Bundle(Map<String, String> files) {
        this.files = files;
    }

    /**
     * The module with everything that it imports, the imported first: each in a function of its own, which returns what the
     * module exports.
     *
     * @param files texts by their paths, without a leading slash
     * @throws IllegalStateException where a module cannot be joined: it says which line
     */
    static String script(String entry, Map<String, String> files) {
        Bundle bundle = new Bundle(files);
        bundle.add(entry);
        StringBuilder text = new StringBuilder();
        bundle.vendors.forEach(vendor -> text.append("import * as ")
                .append(constant(vendor))
                .append(" from './")
                .append(vendor)
                .append("';\n"));
        bundle.joined.forEach((path, module) -> text.append("\n// ")
                .append(path)
                .append("\nconst ")
                .append(constant(path))
                .append(" = (() => {\n")
                .append(module)
                .append("})();\n"));
        return text.toString();
    }

    /** The sheet with those that it imports in place of the rules that import them. */
    static String sheet(String entry, Map<String, String> files) {
        return SHEET.matcher(text(entry, files))
                .replaceAll(found -> Matcher.quoteReplacement(text(resolve(entry, found.group(1)), files)));
    }

    private void add(String path) {
        if (joined.containsKey(path)) {
            return;
        }
        if (open.contains(path)) {
            throw new IllegalStateException(path + " imports itself by way of " + open);
        }
        open.add(path);
        String source = text(path, files);
        Set<String> exports = new LinkedHashSet<>();
        EXPORT.matcher(source).results().forEach(found -> exports.add(found.group(1)));
        String module = EXPORT.matcher(IMPORT.matcher(source).replaceAll(found -> named(path, found)))
                .replaceAll("");
        module = LAZY.matcher(module).replaceAll(found -> "import('./" + resolve(path, found.group(1)) + "')");
        Matcher unknown = UNKNOWN.matcher(module);
        if (unknown.find()) {
            throw new IllegalStateException(path + ": cannot be joined with the other modules: " + unknown.group());
        }
        StringJoiner returned = new StringJoiner(", ", "return { ", " };\n").setEmptyValue("");
        exports.forEach(returned::add);
        open.remove(path);
        joined.put(path, module + returned);
        exported.put(path, exports);
    }

    /** An import becomes a constant; what it takes from is joined before. */
    private String named(String path, MatchResult found) {
        String from = resolve(path, found.group(2));
        if (from.startsWith(VENDOR)) {
            vendors.add(from);
        } else {
            add(from);
            checkNames(path, from, found.group(1));
        }
        String names = found.group(1).replace(" as ", ": ");
        return Matcher.quoteReplacement("const { " + names + " } = " + constant(from) + ";");
    }

    /** What a module loader refuses would be {@code undefined} here. */
    private void checkNames(String path, String from, String names) {
        for (String name : names.split(",", -1)) {
            String wanted = name.strip().replaceFirst(" as .*", "");
            if (!exported.getOrDefault(from, Set.of()).contains(wanted)) {
                throw new IllegalStateException(
                        path + " imports " + wanted + " from " + from + ", which exports no such name");
            }
        }
    }

    private static String constant(String path) {
        return path.replaceAll("\\W", "_");
    }

    private static String resolve(String path, String relative) {
        return URI.create(path).resolve(relative).normalize().toString();
    }

    private static String text(String path, Map<String, String> files) {
        String text = files.get(path);
        if (text == null) {
            throw new IllegalStateException(path + " is imported by the dashboard, but is not in the program's jar");
        }
        return text;
    }
}
