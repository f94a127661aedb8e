package dev.catamaran.tool.command;

import dev.catamaran.tool.job.JournalException;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** Runs what works on homes; broken I/O and interruptions become answers that say what is live. */
final class HomeRun {

    private HomeRun() {}

    /** What is run. */
    @FunctionalInterface
    interface Work {
        int run() throws IOException;
    }

    /**
     * What is told when it does not end well.
     *
     * @param homes homes whose state is to be asked after an interruption; may be added to
     * @param afterFailure how things stand after broken I/O
     */
    record Told(List<Path> homes, Supplier<List<String>> afterFailure) {}

    /** Carries an order out under its job. */
    static int of(CommandSpec spec, Replies replies, HomeOrder order, HomeJob job) {
        return guarded(
                spec,
                replies,
                new Told(order.touched(), order::afterFailure),
                () -> order.run(replies, job));
    }

    static int guarded(CommandSpec spec, Replies replies, Told told, Work work) {
        Interruption interruption = Interruption.tell(spec, told.homes(), replies::resume);
        try {
            return work.run();
        } catch (JournalException e) {
            // only a job that has not begun is stopped by its journal
            return replies.refused(
                    List.of(
                            Finding.refuses(
                                    "no-journal",
                                    e.getMessage(),
                                    "the journal of jobs",
                                    "What changes homes is written there first. Mend it, or keep"
                                            + " this job elsewhere: --journal FILE")));
        } catch (IOException e) {
            return replies.failed(Failures.text(e), told.afterFailure().get());
        } finally {
            interruption.over();
        }
    }
}
