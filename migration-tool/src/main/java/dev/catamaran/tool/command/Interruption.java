package dev.catamaran.tool.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** Says what to ask when somebody ends the program in the middle of its work. */
final class Interruption {

    private final Thread hook;
    private final AtomicBoolean isOver = new AtomicBoolean();

    private Interruption(CommandSpec spec, List<Path> homes, Supplier<Optional<String>> resume) {
        this.hook =
                new Thread(
                        () -> {
                            if (!isOver.get()) {
                                tell(spec.commandLine().getErr(), homes, resume.get());
                            }
                        },
                        "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Watches until it is told that the work is over.
     *
     * @param homes homes that are being changed, looked at when it is needed; without any, nothing
     *     is said of them
     * @param resume how to go on with the job, once it has begun
     */
    static Interruption tell(
            CommandSpec spec, List<Path> homes, Supplier<Optional<String>> resume) {
        return new Interruption(spec, homes, resume);
    }

    private static void tell(PrintWriter err, List<Path> homes, Optional<String> resume) {
        if (!homes.isEmpty()) {
            err.println(
                    "Interrupted. Start no server before you asked what is live: catamaran rebuild"
                            + " status "
                            + String.join(" ", homes.stream().map(Path::toString).toList()));
        }
        resume.ifPresent(
                how -> err.println((homes.isEmpty() ? "Interrupted. " : "") + "Go on by: " + how));
        err.flush();
    }

    /** The work is over: nothing is to be said any more. */
    void over() {
        isOver.set(true);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            isOver.set(true);
        }
    }
}
