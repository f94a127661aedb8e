package dev.catamaran.it.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.it.dump.DumpFile;
import dev.catamaran.it.dump.GoldenLoad;
import dev.catamaran.it.dump.RegistryDump;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The homes of real 1.x servers, and what those servers answered. */
final class Golden {

    private static final Path FOLDER =
            Path.of("..", "migration-tool", "src", "test", "resources", "golden");

    private Golden() {}

    static Path home(String version) {
        return FOLDER.resolve(version).toAbsolutePath().normalize();
    }

    /**
     * What a 2.x server must say once it holds the records of this home: what the 1.x cluster said
     * of them, field by field, but for the check port of the clusters. 1.x answers 80 whatever is
     * configured (its catalog shows the default of a field that it never fills); the home holds
     * 8080 and more, and 2.x shows what it was given.
     */
    static RegistryDump answers(String version) throws IOException {
        RegistryDump said = DumpFile.read(home(version).resolve("expected-dump.json"));
        RegistryDump wanted = GoldenLoad.expected();
        List<String> different = said.differencesTo(wanted);
        assertThat(said.services()).isEqualTo(11);
        assertThat(said.instances()).isEqualTo(20);
        assertThat(different)
                .hasSize(10)
                .allSatisfy(line -> assertThat(line).contains("/cluster/C2/checkPort: 80.0"));
        for (String line : different) {
            String path = line.substring(0, line.indexOf(": "));
            said = said.with(path, wanted.fields().get(path));
        }
        return said;
    }
}
