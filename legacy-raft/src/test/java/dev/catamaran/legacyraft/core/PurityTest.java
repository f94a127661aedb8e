package dev.catamaran.legacyraft.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The core decides; it does nothing, and knows no clock. */
@AnalyzeClasses(
        packages = "dev.catamaran.legacyraft.core",
        importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

    @ArchTest
    static final ArchRule CORE_IS_PURE =
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
