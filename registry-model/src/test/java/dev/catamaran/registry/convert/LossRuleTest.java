package dev.catamaran.registry.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossRuleTest {

    @ParameterizedTest
    @EnumSource
    void everyRuleIsInTheReference(LossRule rule) throws IOException {
        String reference = Files.readString(Path.of("..", "docs", "reference", "records.md"));

        assertThat(reference).contains("`" + rule.id() + "`");
        assertThat(LossRule.named(rule.id())).contains(rule);
    }
}
