package dev.catamaran.tool.job;

import java.io.IOException;

/** There is no journal where one was to be read; nothing was made. */
public final class NoJournalException extends IOException {

    NoJournalException(JournalPlace place) {
        super(
                "there is no journal of jobs at "
                        + place
                        + ": no job was ever written there. Name another by --journal or"
                        + " --journal-url");
    }
}
