package io.keepwatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The house rules of docs/design.md: imports run one way, and each foreign library has one home. */
@AnalyzeClasses(packages = "io.keepwatch", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule unit_stands_alone = mayImport("unit");

    @ArchTest
    static final ArchRule file = mayImport("file", "unit");

    @ArchTest
    static final ArchRule event = mayImport("event", "file", "unit");

    @ArchTest
    static final ArchRule source = mayImport("source", "event", "file", "unit");

    @ArchTest
    static final ArchRule probe = mayImport("probe", "event", "file", "unit");

    @ArchTest
    static final ArchRule snapshot = mayImport("snapshot", "probe", "file", "unit");

    @ArchTest
    static final ArchRule threshold = mayImport("threshold", "event", "unit");

    @ArchTest
    static final ArchRule history = mayImport("history", "sqlite", "event", "file", "unit");

    @ArchTest
    static final ArchRule store = mayImport("store", "file", "unit");

    @ArchTest
    static final ArchRule layout = mayImport("layout", "store", "file", "unit");

    @ArchTest
    static final ArchRule catalog = mayImport("catalog", "sqlite", "file", "unit");

    @ArchTest
    static final ArchRule sqlite = mayImport("sqlite", "file", "unit");

    @ArchTest
    static final ArchRule backup = mayImport("backup", "catalog", "sqlite", "layout", "store", "event", "file", "unit");

    @ArchTest
    static final ArchRule bus = mayImport("bus", "event", "file", "unit");

    @ArchTest
    static final ArchRule http = mayImport("http", "bus", "event", "file", "unit");

    @ArchTest
    static final ArchRule config = mayImport("config", "probe", "source", "file", "unit");

    @ArchTest
    static final ArchRule config_yaml = mayImport("config.yaml", "file", "unit");

    @ArchTest
    static final ArchRule workflow = mayImport("workflow", "sqlite", "event", "config.yaml", "file", "unit");

    @ArchTest
    static final ArchRule action = mayImport("action", "workflow", "config", "event", "file", "unit");

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("io.keepwatch.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_bus_http_daemon_and_senders_know_vertx =
            onlyIn("io.vertx..", "bus", "http", "daemon", "action.send");

    @ArchTest
    static final ArchRule only_store_knows_the_aws_sdk = onlyIn("software.amazon..", "store");

    @ArchTest
    static final ArchRule only_the_databases_know_sql =
            onlyIn("java.sql..", "catalog", "history", "sqlite", "workflow.state");

    @ArchTest
    static final ArchRule only_expressions_know_cel = onlyIn("dev.cel..", "workflow.expr");

    @ArchTest
    static final ArchRule only_portable_probes_know_oshi = onlyIn("oshi..", "probe.portable");

    @ArchTest
    static final ArchRule only_file_calls_the_c_library = onlyIn("com.sun.jna..", "file");

    @ArchTest
    static final ArchRule only_main_ends_the_process = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.keepwatch.cli.Main")
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule names_say_the_idea = noClasses()
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    private static ArchRule mayImport(String owner, String... others) {
        List<String> allowed = Stream.concat(Stream.of(owner), Arrays.stream(others))
                .map(name -> "io.keepwatch." + name)
                .toList();
        DescribedPredicate<JavaClass> foreign = new DescribedPredicate<>("packages other than " + allowed) {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getPackageName();
                return name.startsWith("io.keepwatch")
                        && allowed.stream().noneMatch(own -> name.equals(own) || name.startsWith(own + "."));
            }
        };
        return noClasses()
                .that()
                .resideInAPackage("io.keepwatch." + owner + "..")
                .should()
                .dependOnClassesThat(foreign)
                .allowEmptyShould(true);
    }

    private static ArchRule onlyIn(String library, String... homes) {
        String[] packages =
                Arrays.stream(homes).map(home -> "io.keepwatch." + home + "..").toArray(String[]::new);
        return classes()
                .that()
                .resideOutsideOfPackages(packages)
                .and()
                .resideInAPackage("io.keepwatch..")
                .should()
                .onlyDependOnClassesThat(new DescribedPredicate<>("are not " + library) {
                    private final DescribedPredicate<JavaClass> inLibrary =
                            JavaClass.Predicates.resideInAPackage(library);

                    @Override
                    public boolean test(JavaClass type) {
                        return !inLibrary.test(type);
                    }
                })
                .allowEmptyShould(true);
    }
}
