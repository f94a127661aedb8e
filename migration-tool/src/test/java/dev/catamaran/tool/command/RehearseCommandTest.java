package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RehearseCommandTest {

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine tool = CatamaranTool.commandLine();
        tool.setOut(new PrintWriter(out, true));
        tool.setErr(new PrintWriter(err, true));
        return tool.execute(args);
    }

    private Path home(String... names) throws IOException {
        Path naming = folder.resolve("data").resolve("naming");
        Path records = Files.createDirectories(naming.resolve("data").resolve("public"));
        for (String name : names) {
            Files.writeString(records.resolve(name), "{}", StandardCharsets.UTF_8);
        }
        Files.writeString(naming.resolve("meta.properties"), "term=801\n");
        return folder;
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("rehearse").contains("Exit codes");
        assertThat(run("rehearse", "--help")).isZero();
        assertThat(out.toString()).contains("--writes-per-second").contains("--keep");
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("catamaran ");
    }

    @Test
    void refusesWrongUsageWithTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("rehearse", "--writes-per-second", "0")).isEqualTo(2);
        assertThat(run("rehearse", "--no-such-option")).isEqualTo(2);
        assertThat(run("rehearse", "--from", folder.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("Missing verb").contains("is no folder");
    }

    @Test
    void refusesAHomeWithoutRecordsWithThreeAndSaysWhy() throws IOException {
        assertThat(run("rehearse", "--from", home().toString())).isEqualTo(3);
        assertThat(err.toString())
                .contains("its files do not hold the records")
                .contains("Nothing was started.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesWithThreeWhenItDoesNotKnowHowToStartAMember() {
        assertThat(run("rehearse")).isEqualTo(3);
        assertThat(err.toString()).contains("catamaran.server.classpath");
    }
}
