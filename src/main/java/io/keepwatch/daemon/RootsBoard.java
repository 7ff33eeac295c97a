package io.keepwatch.daemon;

import io.keepwatch.catalog.CatalogReader;
import io.keepwatch.catalog.RootTotals;
import io.keepwatch.config.Config;
import io.keepwatch.config.RootConfig;
import io.keepwatch.http.RootsView;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The roots of the configuration, and those of the catalog that are configured no more. */
final class RootsBoard implements RootsView {
    private final Map<String, RootConfig> configured;
    private final CatalogReader catalog;
    private final RootBoard watches;

    RootsBoard(Config config, CatalogReader catalog, RootBoard watches) {
        this.configured = config.roots().stream().collect(Collectors.toMap(RootConfig::name, Function.identity()));
        this.catalog = catalog;
        this.watches = watches;
    }

    @Override
    public Roots roots() {
        TreeSet<String> names = new TreeSet<>(configured.keySet());
        names.addAll(catalog.roots());
        return new Roots(names.stream().map(this::root).toList());
    }

    private Root root(String name) {
        RootTotals totals = catalog.totals(name);
        RootBoard.Line line = watches.of(name);
        boolean known = configured.containsKey(name);
        return new Root(
                name,
                known,
                Optional.ofNullable(configured.get(name))
                        .map(root -> root.path().toString()),
                known ? Optional.of(line.watch()) : Optional.empty(),
                line.problem(),
                line.remedy(),
                totals.files(),
                totals.bytes(),
                totals.lastDurable(),
                line.lastReconcile());
    }
}
