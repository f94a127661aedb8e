package dev.catamaran.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command an operator tries first, as they run it. */
class RehearseIT {

    private static final long LIMIT_MINUTES = 10;

    @TempDir Path folder;

    private int run(String... args) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("rehearse"));
        options.addAll(Arrays.asList(args));
        Process process =
                new ProcessBuilder(Distribution.here().tool(options.toArray(String[]::new)))
                        .redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
    }

    @Test
    void playsTheWholeUpgradeAndLosesNothing() throws Exception {
        Path page = folder.resolve("report.html");

        int exit = run("--json", "--dwell", "1", "--report", page.toString());

        assertThat(exit).as("%s%n%s", read("err"), read("out")).isZero();
        JsonNode report = JsonMapper.shared().readTree(read("out"));
        assertThat(report.path("verdict").asString()).isEqualTo("passed");
        assertThat(report.path("lost").asLong(-1)).isZero();
        assertThat(report.path("resurrected").asLong(-1)).isZero();
        assertThat(report.path("duplicated").asLong(-1)).isZero();
        assertThat(report.path("acknowledged").asLong()).isGreaterThan(500);
        assertThat(report.path("steps").size()).isEqualTo(20);
        assertThat(Files.readString(page)).contains("<svg");
    }

    @Test
    void refusesHomesWithoutRecordsAndStartsNothing() throws Exception {
        Path naming = Files.createDirectories(folder.resolve("home/data/naming"));
        Files.writeString(naming.resolve("meta.properties"), "term=801\n");

        assertThat(run("--from", folder.resolve("home").toString())).isEqualTo(3);
        assertThat(read("err")).contains("its files do not hold the records");
        assertThat(read("out")).isEmpty();
    }
}
