package dev.catamaran.tool.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Model.CommandSpec;

/** Says what to ask when somebody ends the program in the middle of its work. */
final class Interruption {

    private final Thread hook;
    private final AtomicBoolean isOver = new AtomicBoolean();

    private Interruption(CommandSpec spec, List<Path> homes) {
        this.hook =
                new Thread(
                        () -> {
                            if (!isOver.get() && !homes.isEmpty()) {
                                String paths =
                                        String.join(
                                                " ", homes.stream().map(Path::toString).toList());
                                spec.commandLine()
                                        .getErr()
                                        .println(
                                                "Interrupted. Start no server before you asked what"
                                                        + " is live: catamaran rebuild status "
                                                        + paths);
                                spec.commandLine().getErr().flush();
                            }
                        },
                        "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Watches until it is told that the work is over.
     *
     * @param homes homes that are being changed, looked at when it is needed; without any, nothing
     *     is said
     */
    static Interruption tell(CommandSpec spec, List<Path> homes) {
        return new Interruption(spec, homes);
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
