package dev.catamaran.server.stack.jraft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes<String, String> lanes = new Lanes<>();
    private final List<String> started = new ArrayList<>();

    @Test
    void exclusiveWorkWaitsForAllBeforeItAndHoldsAllBehindIt() {
        CompletableFuture<String> a = new CompletableFuture<>();
        CompletableFuture<String> b = new CompletableFuture<>();
        CompletableFuture<String> x = new CompletableFuture<>();
        CompletableFuture<String> c = new CompletableFuture<>();
        run("k", false, "a", a);
        run("k", false, "b", b);
        run("k", true, "x", x);
        CompletableFuture<String> last = run("k", false, "c", c);
        run("other", true, "o", CompletableFuture.completedFuture("o"));
        assertThat(started).containsExactly("a", "b", "o");

        b.complete("b");
        assertThat(started).doesNotContain("x");
        a.completeExceptionally(new IllegalStateException("failed work ends, too"));
        assertThat(started).containsExactly("a", "b", "o", "x");
        x.complete("x");
        assertThat(started).endsWith("x", "c");
        c.complete("c");
        assertThat(last).isCompletedWithValue("c");
        assertThat(lanes.size()).isZero();
    }

    @Test
    void workThatThrowsEndsAndLetsTheNextStart() {
        CompletableFuture<String> thrown =
                lanes.run(
                        "k",
                        true,
                        () -> {
                            throw new IllegalStateException("broken work");
                        });
        assertThat(thrown).isCompletedExceptionally();
        run("k", true, "next", CompletableFuture.completedFuture("next"));
        assertThat(started).containsExactly("next");
        assertThat(lanes.size()).isZero();
    }

    private CompletableFuture<String> run(
            String key, boolean exclusive, String name, CompletableFuture<String> work) {
        return lanes.run(
                key,
                exclusive,
                () -> {
                    started.add(name);
                    return work;
                });
    }
}
