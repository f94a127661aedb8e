package dev.catamaran.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catamaran.judgement.Order;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"x\\n2026 INFO reason rule=forged", "\\u001b[2J", "\\u0000"})
    void aReasonThatWouldPassForLinesOfOthersIsRefused(String reason) {
        assertThatThrownBy(() -> hold("{\"reason\":\"" + reason + "\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'reason'")
                .hasMessageContaining("control characters");
    }

    @Test
    void aReasonInAnyScriptIsTaken() {
        assertThat(hold("{\"reason\":\"größer = 中文 #1\",\"by\":\"me\"}"))
                .isEqualTo(new Order.Hold("größer = 中文 #1", "me"));
    }

    @Test
    void aReasonWithoutEndIsRefused() {
        assertThatThrownBy(() -> hold("{\"reason\":\"" + "x".repeat(1_001) + "\"}"))
                .hasMessageContaining("longer than 1000");
    }

    private static Order hold(String body) {
        return OrderJson.read(OrderJson.Kind.HOLD, body.getBytes(StandardCharsets.UTF_8));
    }
}
