package io.ferric.conductor;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.theClass;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.ferric.store.NodeStore;
import org.junit.jupiter.api.Test;

/** Rules of this room that the compiler cannot hold. */
class ConductorRulesTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.ferric");

    @Test
    void settlement_alone_changes_the_provision_state() {
        noClasses()
                .that(describe("are not Settlement", type -> !type.getName().startsWith(Settlement.class.getName())))
                .should()
                .accessTargetWhere(describe("saves a provision state", ConductorRulesTest::movesANode))
                .check(classes);
        // and the rule has something to look at
        assertThat(classes.get(Settlement.class.getName() + "$Moves").getAccessesFromSelf())
                .anyMatch(ConductorRulesTest::movesANode);
    }

    private static boolean movesANode(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        return target.getOwner().isAssignableTo(NodeStore.class)
                && target.getName().equals("move");
    }

    @Test
    void the_public_face_is_small() {
        theClass(Settlement.class).should().notBePublic().check(classes);
        theClass(NodeTask.class).should().notBePublic().check(classes);
    }
}
