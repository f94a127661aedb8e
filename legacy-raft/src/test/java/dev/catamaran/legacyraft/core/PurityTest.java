package dev.catamaran.legacyraft.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The cores decide; they do nothing, and know no clock. */
@AnalyzeClasses(
        packages = {"dev.catamaran.legacyraft.core", "dev.catamaran.legacyraft.shared"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

    @ArchTest
    static final ArchRule CORES_ARE_PURE =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.io..",
                            "java.nio..",
                            "java.net..",
                            "java.time..",
                            "java.util.concurrent..",
                            "org.slf4j..",
                            "tools.jackson..",
                            "dev.catamaran.legacyraft.store..",
                            "dev.catamaran.legacyraft.wire..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.System")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.util.Random");
}
