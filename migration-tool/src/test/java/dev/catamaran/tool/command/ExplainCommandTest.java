package dev.catamaran.tool.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

    @TempDir Path folder;

    @Test
    void whereNothingCouldBeReadItSaysSoAndNotThatNothingWasFound() throws IOException {
        Path empty = Files.createFile(folder.resolve("naming-server.log"));
        Path prose = Files.writeString(folder.resolve("notes.txt"), "no log entry\n");
        Path bare = Files.createDirectory(folder.resolve("bare"));

        for (Path source : List.of(empty, prose, bare, folder)) {
            WrongInputTest.Answer answer =
                    WrongInputTest.run(List.of("explain", source.toString()));

            assertThat(answer.exit()).as(source.toString()).isEqualTo(ExitCodes.REFUSED);
            assertThat(answer.text())
                    .startsWith("Nothing could be read")
                    .contains(source.toString())
                    .doesNotContain("Nothing was found");
        }
    }
}
