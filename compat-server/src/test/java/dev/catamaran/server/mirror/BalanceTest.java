package dev.catamaran.server.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catamaran.registry.digest.Digest;
import org.junit.jupiter.api.Test;

class BalanceTest {

    private static final Digest OLD = new Digest("0".repeat(32));
    private static final Digest NEW = new Digest("1".repeat(32));
    private static final long SETTLED = Balance.SETTLED.toNanos();

    private final Balance balance = new Balance();

    @Test
    void aDifferenceThatHasJustAppearedIsOnItsWay() {
        balance.look(OLD, OLD, 0);

        assertThat(balance.look(NEW, OLD, 1).onItsWay()).isTrue();
        assertThat(balance.look(NEW, OLD, SETTLED).onItsWay()).isTrue();
    }

    @Test
    void aDifferenceThatStandsStillIsOne() {
        balance.look(NEW, OLD, 1_000_000);

        Balance.Look look = balance.look(NEW, OLD, 1_000_000 + SETTLED);

        assertThat(look.onItsWay()).isFalse();
        assertThat(look.standsMs()).isEqualTo(Balance.SETTLED.toMillis());
    }

    @Test
    void eachChangeOfEitherStackBeginsTheWaitAnew() {
        Digest third = new Digest("2".repeat(32));
        balance.look(NEW, OLD, 0);
        balance.look(NEW, third, SETTLED - 1);

        assertThat(balance.look(NEW, third, SETTLED).onItsWay()).isTrue();
        assertThat(balance.look(third, third, SETTLED + 1).onItsWay()).isFalse();
        assertThat(balance.look(third, NEW, 2 * SETTLED).onItsWay()).isTrue();
    }

    @Test
    void equalStacksAreOnNoWay() {
        assertThat(balance.look(NEW, NEW, 0).onItsWay()).isFalse();
    }
}
