package dev.catamaran.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the records and all that is made of them may not know (house: modules). */
@AnalyzeClasses(
        packages = "dev.catamaran.registry",
        importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {

    @ArchTest
    static final ArchRule RECORDS_KNOW_NO_OUTSIDE =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..records", "..digest", "..convert", "..reconcile", "..decode")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.io",
                            "java.nio.file..",
                            "java.nio.channels..",
                            "java.net..",
                            "java.util.concurrent..",
                            "org.slf4j..",
                            "tools.jackson..",
                            "com.caucho..",
                            "com.google.protobuf..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.lang\\.(Thread|Process|Runtime)|java\\.util\\.Random")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule NOBODY_OPENS_FILES_SOCKETS_OR_THREADS =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.nio.file..", "java.net..", "org.slf4j..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.lang\\.(Thread|Process|Runtime)|java\\.util\\.Random"
                                    + "|java\\.io\\.File.*");

    @ArchTest
    static final ArchRule FORMATS_DO_NOT_KNOW_EACH_OTHER =
            noClasses()
                    .that()
                    .resideInAPackage("..v1")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..v2");
}
