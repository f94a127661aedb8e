package dev.catamaran.tool.command;

/** How every verb ends. Wrong usage is 2, which the command line parser answers by itself. */
final class ExitCodes {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int REFUSED = 3;

    /** What was begun may have happened or not; look before you repeat it. */
    static final int UNKNOWN = 4;

    private ExitCodes() {}
}
