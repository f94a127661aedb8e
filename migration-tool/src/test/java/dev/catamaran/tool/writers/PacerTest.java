package dev.catamaran.tool.writers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacerTest {

    private long nowNs;

    @Test
    void handsOutTurnsAtAnEvenRateAndDoesNotMakeUpForMissedOnes() {
        Pacer pacer = new Pacer(10, () -> nowNs);

        assertThat(pacer.takeTurn()).isZero();
        assertThat(pacer.takeTurn()).isEqualTo(100_000_000);
        assertThat(pacer.takeTurn()).isEqualTo(200_000_000);
        nowNs = 5_000_000_000L;
        assertThat(pacer.takeTurn()).isEqualTo(5_000_000_000L);
        assertThat(pacer.takeTurn()).isEqualTo(5_100_000_000L);
    }
}
