package dev.catamaran.tool.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PortChoiceTest {

    @Test
    void takesTheKnownPortsWhenAllAreFree() throws IOException {
        assertThat(PortChoice.choose(3, port -> true)).containsExactly(8848, 8858, 8868);
    }

    @Test
    void takesOthersWhenAPortOrItsRaftPortIsTaken() throws IOException {
        assertThat(PortChoice.choose(3, port -> port != 8858)).containsExactly(8878, 8888, 8898);
        assertThat(PortChoice.choose(3, port -> port != 7848)).containsExactly(8878, 8888, 8898);
        assertThat(PortChoice.choose(3, port -> port != 9869)).containsExactly(8878, 8888, 8898);
    }

    @Test
    void saysWhenThereAreNone() {
        assertThatThrownBy(() -> PortChoice.choose(3, port -> false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no 3 free ports");
    }
}
