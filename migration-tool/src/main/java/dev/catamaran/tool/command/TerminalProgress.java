package dev.catamaran.tool.command;

import dev.catamaran.tool.live.Progress;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a bar with rate and remaining time on standard error, which must be a terminal. */
final class TerminalProgress implements Progress {

    private static final int UPDATE_MS = 200;
    private static final int MAX_NAME = 40;

    private @Nullable ProgressBar bar;

    private TerminalProgress() {}

    /** Set by the launcher when standard error is a terminal; Java cannot tell for itself. */
    static final String TERMINAL_PROPERTY = "catamaran.terminal";

    /** A bar on a terminal, nothing anywhere else: logs and pipes are not for bars. */
    static Progress ofThisProcess() {
        return Boolean.getBoolean(TERMINAL_PROPERTY) ? new TerminalProgress() : SILENT;
    }

    @Override
    public synchronized void begins(String what, long of) {
        ended();
        bar =
                new ProgressBarBuilder()
                        .setTaskName(what.length() > MAX_NAME ? what.substring(0, MAX_NAME) : what)
                        .setInitialMax(of)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(UPDATE_MS)
                        .showSpeed()
                        .setSpeedUnit(ChronoUnit.SECONDS)
                        .build();
    }

    @Override
    public synchronized void advanced(long by) {
        if (bar != null) {
            bar.stepBy(by);
        }
    }

    @Override
    public synchronized void ended() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
