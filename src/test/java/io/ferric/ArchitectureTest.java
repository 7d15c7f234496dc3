package io.ferric;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/architecture.md: which room may lean on which. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String HALL = "hall";
    private static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("node", List.of()),
            Map.entry("image", List.of()),
            Map.entry("publish", List.of()),
            Map.entry("iscsi", List.of()),
            Map.entry("store", List.of("node")),
            Map.entry("driver", List.of("node")),
            Map.entry("deploy", List.of("node", "driver", "image", "iscsi")),
            Map.entry("conductor", List.of("node", "driver", "store")),
            Map.entry("ilo", List.of("node", "driver", "deploy", "image", "publish")),
            Map.entry("rest", List.of("node", "driver", "conductor")),
            Map.entry("client", List.of("rest.data")),
            Map.entry("lab", List.of("node", "image", "iscsi")),
            Map.entry(
                    "cli",
                    List.of(
                            HALL,
                            "node",
                            "image",
                            "iscsi",
                            "deploy",
                            "conductor",
                            "ilo.client",
                            "ilo.connect",
                            "ilo.wire",
                            "rest",
                            "client",
                            "lab")),
            Map.entry(
                    HALL,
                    List.of(
                            "node",
                            "image",
                            "publish",
                            "iscsi",
                            "store",
                            "driver",
                            "deploy",
                            "conductor",
                            "ilo",
                            "rest",
                            "lab")));

    /** What floor 0 may use besides the JDK and the logging API. */
    private static final Map<String, List<String>> FLOOR_0_LIBRARIES = Map.of(
            "node", List.of(),
            "iscsi", List.of(),
            "image", List.of("org.apache.commons.compress..", "org.tukaani.xz..", "com.github.luben.zstd.."),
            "publish", List.of("org.openstack4j..", "com.fasterxml.jackson.."));

    private final JavaClasses ferric = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.ferric");

    static Stream<String> rooms() {
        return MAY_IMPORT.keySet().stream().sorted();
    }

    static Stream<String> floor0() {
        return FLOOR_0_LIBRARIES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void leans_only_on_the_rooms_below_it(String room) {
        DescribedPredicate<JavaClass> allowed =
                resideOutsideOfPackage("io.ferric..").or(in(room));
        for (String other : MAY_IMPORT.get(room)) {
            allowed = allowed.or(in(other));
        }
        classes()
                .that(in(room))
                .should()
                .onlyDependOnClassesThat(allowed)
                .because("room '" + room + "' may import only " + MAY_IMPORT.get(room))
                .check(ferric);
    }

    @ParameterizedTest
    @MethodSource("floor0")
    void ground_floor_needs_little_but_the_jdk(String room) {
        List<String> libraries = FLOOR_0_LIBRARIES.get(room);
        classes()
                .that(in(room))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax..", "com.sun.net.httpserver..", "org.slf4j..")
                                .or(in(room))
                                .or(resideInAnyPackage(libraries.toArray(String[]::new))))
                .check(ferric);
    }

    /** It is handed out as a small jar. */
    @Test
    void the_client_needs_nothing_of_the_server_but_its_data() {
        classes()
                .that(resideInAnyPackage("io.ferric.client..", "io.ferric.rest.data.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.net.ssl..",
                        "com.fasterxml.jackson..",
                        "io.ferric.client..",
                        "io.ferric.rest.data.."))
                .check(ferric);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("io.ferric.(**)").should().beFreeOfCycles().check(ferric);
    }

    @Test
    void every_package_is_a_room_of_the_table() {
        Set<String> rooms = ferric.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("io.ferric."))
                .map(name -> name.substring("io.ferric.".length()).split("\\.")[0])
                .collect(Collectors.toSet());
        assertThat(MAY_IMPORT.keySet()).containsAll(rooms);
        assertThat(rooms).containsAll(rooms().filter(room -> !room.equals(HALL)).toList());
    }

    private static DescribedPredicate<JavaClass> in(String room) {
        return room.equals(HALL) ? resideInAPackage("io.ferric") : resideInAPackage("io.ferric." + room + "..");
    }
}
