package dev.catamaran.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/reference/configuration.md and the code name the same keys and defaults. */
class ConfigurationPageTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `(catamaran\\.[a-z.-]+)` \\| (?:`([^`]*)`)? ?\\|");

    @Test
    void namesEveryKeyWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/reference/configuration.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                documented.put(row.group(1), row.group(2) == null ? "" : row.group(2));
            }
        }

        Map<String, String> known = new TreeMap<>();
        for (SettingKey key : SettingKey.values()) {
            known.put(key.key(), key.fallback());
        }
        assertThat(documented).isEqualTo(known);
    }
}
