package dev.catamaran.tool.live;

/** Hears how far long work is. Called from several threads. */
public interface Progress {

    /** Nobody listens. */
    Progress SILENT =
            new Progress() {
                @Override
                public void begins(String what, long of) {}

                @Override
                public void advanced(long by) {}

                @Override
                public void ended() {}
            };

    /** Something begins that has this many parts. */
    void begins(String what, long of);

    /** Some more parts are done. */
    void advanced(long by);

    /** What was begun has ended, well or not. */
    void ended();
}
