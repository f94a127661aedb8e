package dev.catamaran.it.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The words of a dump, pinned by what real servers were seen to say. */
class RegistryDumpTest {

    private static RegistryDump golden(String file) throws IOException {
        return DumpFile.read(Path.of(file));
    }

    @Test
    void theLoadIsTheOneThatTheGoldenServersHad() throws IOException {
        RegistryDump said = golden("src/test/resources/golden/2.4.1/expected-dump.json");

        assertThat(said.differencesTo(GoldenLoad.expected())).isEmpty();
        assertThat(said.services()).isEqualTo(11);
        assertThat(said.instances()).isEqualTo(20);
    }

    @Test
    void a1xServerSaysTheSameButForTheCheckPortThatItHides() throws IOException {
        for (String version : List.of("1.1.4", "1.4.2")) {
            RegistryDump said =
                    golden(
                            "../migration-tool/src/test/resources/golden/"
                                    + version
                                    + "/expected-dump.json");

            assertThat(said.differencesTo(GoldenLoad.expected()))
                    .hasSize(10)
                    .allSatisfy(line -> assertThat(line).contains("/cluster/C2/checkPort: 80.0"));
        }
    }

    @Test
    void everyFieldThatDiffersIsNamed() {
        RegistryDump expected = GoldenLoad.expected();
        String weight = "DEFAULT_GROUP@@svc-03/instance/C2/10.1.3.1:9000/weight";
        RegistryDump changed =
                expected.with(weight, "1.0").with("DEFAULT_GROUP@@x/visible/a", "true");

        assertThat(changed.differencesTo(expected))
                .containsExactly(
                        weight + ": 1.0, expected 7.5",
                        "DEFAULT_GROUP@@x/visible/a: true, expected null");
        assertThat(expected.only(path -> path.contains("svc-03")).differencesTo(expected))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains(": null, expected "));
    }
}
